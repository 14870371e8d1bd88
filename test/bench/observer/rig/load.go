package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"
)

// What a load has come to; times are in milliseconds.
type report struct {
	Requests int     `json:"requests"`
	Failures int64   `json:"failures"`
	Seconds  float64 `json:"seconds"`
	P50      float64 `json:"p50"`
	P99      float64 `json:"p99"`
}

type asker struct {
	client   *fasthttp.HostClient
	url      string
	bodies   [][]byte
	failures atomic.Int64
}

// load asks at a fixed rate, whatever the answers do, or with --rate 0 one request after the other on each connection.
func load(args []string) {
	flags := flag.NewFlagSet("load", flag.ExitOnError)
	target := flags.String("url", "http://127.0.0.1:8080/v2/models/fraud/infer", "what is asked")
	file := flags.String("bodies", "", "a file with one body per line")
	rate := flags.Int("rate", 0, "requests per second; 0: as many as are answered")
	connections := flags.Int("connections", 32, "how many connections are opened")
	span := flags.Duration("for", time.Second, "how long")
	_ = flags.Parse(args)

	content, err := os.ReadFile(*file)
	if err != nil {
		fail(err)
	}
	parsed, err := url.Parse(*target)
	if err != nil {
		fail(err)
	}
	a := &asker{
		client: &fasthttp.HostClient{
			Addr:                parsed.Host,
			MaxConns:            4 * *connections,
			ConnPoolStrategy:    fasthttp.FIFO,
			MaxIdleConnDuration: time.Minute,
			MaxConnWaitTimeout:  10 * time.Second,
			ReadTimeout:         10 * time.Second,
			Name:                "python-requests/2.32.3",
			RetryIfErr:          func(*fasthttp.Request, int, error) (bool, bool) { return false, false },
		},
		url:    *target,
		bodies: bytes.Split(bytes.TrimSpace(content), []byte("\n")),
	}
	begun := time.Now()
	var took []time.Duration
	if *rate > 0 {
		took = a.paced(*rate, *span)
	} else {
		took = a.saturating(*connections, *span)
	}
	slices.Sort(took)
	result := report{
		Requests: len(took),
		Failures: a.failures.Load(),
		Seconds:  time.Since(begun).Seconds(),
		P50:      percentile(took, 0.5),
		P99:      percentile(took, 0.99),
	}
	if err := json.NewEncoder(os.Stdout).Encode(result); err != nil {
		fail(err)
	}
}

// paced times each request from when it was due, so that one that had to wait for others is not taken for a fast one.
func (a *asker) paced(rate int, span time.Duration) []time.Duration {
	// Go's own timers may be a millisecond late, as its poller counts in those.
	runtime.LockOSThread()
	gap := time.Second / time.Duration(rate)
	took := make([]time.Duration, int(span/gap))
	var all sync.WaitGroup
	begun := time.Now()
	for index := range took {
		due := begun.Add(gap * time.Duration(index))
		if left := time.Until(due); left > 0 {
			moment := syscall.NsecToTimespec(left.Nanoseconds())
			_ = syscall.Nanosleep(&moment, nil)
		}
		all.Go(func() {
			a.ask(index)
			took[index] = time.Since(due)
		})
	}
	all.Wait()
	return took
}

func (a *asker) saturating(connections int, span time.Duration) []time.Duration {
	times := make([][]time.Duration, connections)
	until := time.Now().Add(span)
	var all sync.WaitGroup
	for connection := range times {
		all.Go(func() {
			for index := connection; time.Now().Before(until); index += connections {
				begun := time.Now()
				a.ask(index)
				times[connection] = append(times[connection], time.Since(begun))
			}
		})
	}
	all.Wait()
	return slices.Concat(times...)
}

// ask sends what a usual client sends, and takes what is no prediction for a failure.
func (a *asker) ask(index int) {
	request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(request)
	defer fasthttp.ReleaseResponse(response)
	request.SetRequestURI(a.url)
	request.Header.SetMethod(fasthttp.MethodPost)
	request.Header.SetContentType("application/json")
	request.Header.Set("Accept", "*/*")
	request.Header.Set("Accept-Encoding", "gzip, deflate")
	request.Header.Set("X-Request-Id", fmt.Sprintf("%016x", index))
	request.Header.Set("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	request.SetBodyRaw(a.bodies[index%len(a.bodies)])
	err := a.client.Do(request, response)
	if err != nil || response.StatusCode() != fasthttp.StatusOK || !bytes.Contains(response.Body(), []byte(`"outputs"`)) {
		if a.failures.Add(1) == 1 {
			fmt.Fprintf(os.Stderr, "the first failure: %v, status %d\n", err, response.StatusCode())
		}
	}
}

// percentile is the smallest that at least this share does not exceed, in milliseconds.
func percentile(sorted []time.Duration, share float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	index := max(0, int(float64(len(sorted))*share+0.999999)-1)
	return float64(sorted[min(index, len(sorted)-1)].Nanoseconds()) / 1e6
}
