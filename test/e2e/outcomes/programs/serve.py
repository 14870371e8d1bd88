"""Serves by the Open Inference Protocol, as its argument says: well; hangs, whose predictions never end; blinks, which is ready for a moment."""

import http.server
import json
import os
import signal
import sys
import threading
import time

manner = sys.argv[1]
asked = 0


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        global asked
        asked += 1
        # The startup probe and the first readiness probe are answered well.
        self.answer(503 if manner == "blinks" and asked > 2 else 200, {})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if manner == "hangs":
            time.sleep(3600)
        self.answer(200, {"model_name": manner, "outputs": []})

    def answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


server = http.server.ThreadingHTTPServer(("", int(os.environ["FLYBALL_PORT"])), Handler)
server.daemon_threads = True
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever()
