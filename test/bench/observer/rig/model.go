package main

import (
	"flag"
	"fmt"
	"hash/crc32"

	"github.com/valyala/fasthttp"
)

// model answers each request of the Open Inference Protocol with a class and a score that follow from its body.
func model(args []string) {
	flags := flag.NewFlagSet("model", flag.ExitOnError)
	listen := flags.String("listen", "127.0.0.1:8080", "where to answer")
	_ = flags.Parse(args)
	server := &fasthttp.Server{Handler: answer, NoDefaultServerHeader: true, Name: "model", NoDefaultDate: true}
	fail(server.ListenAndServe(*listen))
}

func answer(exchange *fasthttp.RequestCtx) {
	if !exchange.IsPost() {
		exchange.SetStatusCode(fasthttp.StatusOK)
		return
	}
	sum := crc32.ChecksumIEEE(exchange.PostBody())
	class := "legitimate"
	if sum%8 == 0 {
		class = "fraud"
	}
	exchange.SetContentType("application/json")
	fmt.Fprintf(exchange, `{"model_name":"fraud","model_version":"1","id":"%08x","outputs":[`+
		`{"name":"class","shape":[1],"datatype":"BYTES","data":["%s"]},`+
		`{"name":"score","shape":[1],"datatype":"FP64","data":[%.6f]}]}`, sum, class, float64(sum%1000)/1000)
}
