"""Looks at what its pod was given, as a program does that is not told how: writes it as JSON to its first argument, or serves it."""

import http.server
import json
import os
import pathlib
import sys
import time
import urllib.request

TOKEN = pathlib.Path("/var/run/secrets/kubernetes.io/serviceaccount/token")


def text(path: str) -> str:
    try:
        return pathlib.Path(path).read_text().strip()
    except OSError as error:
        return f"{type(error).__name__}"


def is_writable(folder: str) -> bool:
    try:
        probe = pathlib.Path(folder, "probe")
        probe.write_text("written")
        probe.unlink()
        return True
    except OSError:
        return False


def sidecar_says() -> str:
    """A sidecar has been started when a program begins, but may not listen yet."""
    end = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen("http://127.0.0.1:7070/", timeout=10).read().decode()
        except OSError as error:
            if time.monotonic() > end:
                return f"{type(error).__name__}"
            time.sleep(0.5)


def look() -> dict[str, object]:
    shared = os.statvfs("/dev/shm")
    return {
        "user": {"id": os.getuid(), "group": os.getgid(), "is_of_group_3000": int(3000 in os.getgroups())},
        "folder": {"is_app": int(os.getcwd() == "/app")},
        "shm": {"mebibytes": shared.f_blocks * shared.f_frsize / 2**20},
        "from_config_map": int(os.environ.get("MODE") == "careful"),
        "from_secret": int(os.environ.get("API_TOKEN") == "hush"),
        "files": {
            "config": int(text("/config/words.txt") == "from a ConfigMap"),
            "secret": int(text("/secret/token") == "hush"),
            "image": int(pathlib.Path("/tools/usr/bin/python3").exists()),
            "init": int(text("/prepared/words") == "prepared"),
        },
        "writable": {"scratch": int(is_writable("/scratch")), "claim": int(is_writable("/keep")), "ephemeral": int(is_writable("/fast"))},
        "sidecar": int(sidecar_says() == "beside"),
        "token": int(TOKEN.exists()),
    }


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        content = json.dumps(look() if self.path == "/seen" else {}).encode()
        self.send_response(200 if self.path in ("/seen", "/healthy") else 404)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


if len(sys.argv) > 1:
    with open(sys.argv[1], "w") as file:
        json.dump(look(), file)
else:
    http.server.ThreadingHTTPServer(("", int(os.environ["FLYBALL_PORT"])), Handler).serve_forever()
