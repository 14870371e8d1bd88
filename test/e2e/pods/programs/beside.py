"""A sidecar: answers whoever asks in its pod, until it is ended."""

import http.server


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"beside")

    def log_message(self, *_: object) -> None:
        pass


http.server.HTTPServer(("127.0.0.1", 7070), Handler).serve_forever()
