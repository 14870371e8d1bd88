"""A private registry on this node: images made of what is in its own pod, one for each user that an image may have, for who knows the password."""

import base64
import hashlib
import http.server
import io
import json
import pathlib
import tarfile

USERS = {"team/private": "65532", "team/root": "", "team/named": "python"}
PASSWORD = "Basic " + base64.b64encode(b"team:hush").decode()
TYPES = "application/vnd.oci.image."


def digest_of(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def layer() -> bytes:
    """Python and what it loads, from this pod."""
    content = io.BytesIO()
    skipped = ("/usr/lib/python3", "/usr/lib/x86_64-linux-gnu/perl", "/usr/local")
    with tarfile.open(fileobj=content, mode="w") as tar:
        for folder in ("/usr/bin", "/usr/lib", "/lib64", "/lib", "/bin", "/etc"):
            path = pathlib.Path(folder)
            if not path.exists():
                continue
            keep = lambda info: None if ("/" + info.name).startswith(skipped) and not ("/" + info.name).startswith("/usr/lib/python3.") else info
            tar.add(folder, folder.lstrip("/"), filter=keep)
    return content.getvalue()


blobs: dict[str, bytes] = {}
manifests: dict[str, bytes] = {}
files = layer()
blobs[digest_of(files)] = files
for name, user in USERS.items():
    config = json.dumps({
        "architecture": "amd64",
        "os": "linux",
        "config": {"User": user, "Env": ["PATH=/usr/bin:/bin"], "Cmd": ["/usr/bin/python3"]},
        "rootfs": {"type": "layers", "diff_ids": [digest_of(files)]},
    }).encode()
    blobs[digest_of(config)] = config
    manifests[name] = json.dumps({
        "schemaVersion": 2,
        "mediaType": TYPES + "manifest.v1+json",
        "config": {"mediaType": TYPES + "config.v1+json", "digest": digest_of(config), "size": len(config)},
        "layers": [{"mediaType": TYPES + "layer.v1.tar", "digest": digest_of(files), "size": len(files)}],
    }).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A client that tries TLS first falls back if what it gets to read begins like HTTP.
    default_request_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        if self.headers.get("Authorization") != PASSWORD:
            self.answer(401, b"", {"WWW-Authenticate": 'Basic realm="team"'})
            return
        name, _, reference = self.path.removeprefix("/v2/").rpartition("/")
        name, _, what = name.rpartition("/")
        if self.path == "/v2/":
            self.answer(200, b"{}", {})
        elif what == "manifests" and name in manifests:
            manifest = manifests[name]
            self.answer(200, manifest, {"Content-Type": TYPES + "manifest.v1+json", "Docker-Content-Digest": digest_of(manifest)})
        elif what == "blobs" and reference in blobs:
            self.answer(200, blobs[reference], {"Content-Type": "application/octet-stream"})
        else:
            self.answer(404, b"{}", {})

    def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", 5000), Handler).serve_forever()
