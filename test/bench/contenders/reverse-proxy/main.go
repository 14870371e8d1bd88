// A reverse proxy as one writes it in Go: the standard library's, with the counter and the histogram of Prometheus' client. It passes on,
// counts by code and times, and looks into no body. KServe's agent is the same proxy with a drain in front of it.
package main

import (
	"flag"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:8900", "where clients ask")
	metrics := flag.String("metrics", "127.0.0.1:8901", "where Prometheus asks")
	upstream := flag.String("upstream", "http://127.0.0.1:8080", "the server behind it")
	flag.Parse()
	target, err := url.Parse(*upstream)
	if err != nil {
		log.Fatal(err)
	}

	requests := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "proxy_requests_total", Help: "Requests by status code."}, []string{"code"})
	durations := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "proxy_request_duration_seconds",
		Help:    "Time from the head of a request to the last byte of its answer.",
		Buckets: prometheus.ExponentialBuckets(0.001, 1.4, 36),
	}, nil)
	registry := prometheus.NewRegistry()
	registry.MustRegister(requests, durations)

	proxy := &httputil.ReverseProxy{
		Rewrite: func(request *httputil.ProxyRequest) {
			request.SetURL(target)
			request.Out.Host = request.In.Host
		},
		Transport:     &http.Transport{MaxIdleConns: 1000, MaxIdleConnsPerHost: 1000, IdleConnTimeout: time.Second, DisableCompression: true},
		BufferPool:    &buffers{},
		FlushInterval: -1,
	}
	counted := promhttp.InstrumentHandlerCounter(requests, promhttp.InstrumentHandlerDuration(durations, proxy))
	go func() {
		log.Fatal(http.ListenAndServe(*metrics, promhttp.HandlerFor(registry, promhttp.HandlerOpts{})))
	}()
	log.Fatal(http.ListenAndServe(*listen, counted))
}

type buffers struct{ pool sync.Pool }

func (b *buffers) Get() []byte {
	if buffer, ok := b.pool.Get().(*[]byte); ok {
		return *buffer
	}
	return make([]byte, 32*1024)
}

func (b *buffers) Put(buffer []byte) { b.pool.Put(&buffer) }
