"""
llama.cpp's own HTTP server, as the Python package xllamacpp brings it, by the arguments of llama.cpp's image. On SIGTERM it finishes what is in
flight, and then ends: the package knows nothing of signals.
"""

import argparse
import json
import signal
import threading
import time
import urllib.request

import xllamacpp

arguments = argparse.ArgumentParser()
arguments.add_argument("--model", required=True)
arguments.add_argument("--alias", required=True)
arguments.add_argument("--host", default="127.0.0.1")
arguments.add_argument("--port", type=int, default=8080)
arguments.add_argument("--ctx-size", type=int, default=0)
arguments.add_argument("--parallel", type=int, default=1)
arguments.add_argument("--threads", type=int, default=1)
arguments.add_argument("--threads-http", type=int, default=-1)
options = arguments.parse_args()

parameters = xllamacpp.CommonParams()
parameters.model.path = options.model
parameters.model_alias = {options.alias}
parameters.hostnames = [options.host]
parameters.port = options.port
parameters.n_ctx = options.ctx_size
parameters.n_parallel = options.parallel
parameters.n_threads_http = options.threads_http
parameters.cpuparams.n_threads = options.threads
parameters.cpuparams_batch.n_threads = options.threads
parameters.endpoint_slots = True

asked_to_end = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: asked_to_end.set())
server = xllamacpp.Server(parameters)


def is_busy() -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{options.port}/slots", timeout=10) as answer:
        return any(slot["is_processing"] for slot in json.load(answer))


asked_to_end.wait()
# What comes at the last moment has its answer, too.
time.sleep(2)
while is_busy():
    time.sleep(0.5)
