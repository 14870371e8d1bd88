"""Asks a model on one connection, has the pod's observer drained, as anybody may try, and asks again. Prints what came of each."""

import http.client
import json
import sys
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])
pod = sys.argv[2]
model = http.client.HTTPConnection(url.hostname or "", url.port or 80, timeout=30)


def asked() -> str:
    try:
        model.request("POST", url.path, b"{}", {"Content-Type": "application/json"})
        response = model.getresponse()
        response.read()
        return f"{response.status}{', and the connection ends' if response.will_close else ''}"
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__


def drained(port: int, method: str) -> str:
    connection = http.client.HTTPConnection(pod, port, timeout=30)
    try:
        connection.request(method, "/drain")
        return str(connection.getresponse().status)
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__


before = asked()
drains = {f"{method} {port}": drained(port, method) for port in (8900, 8901) for method in ("GET", "POST")}
print(json.dumps({"before": before, "drains": drains, "after": [asked(), asked()]}), flush=True)
