"""
Asks a model again and again, by clients that wait for an answer for as many seconds as the third argument says, else for two. Each
second it prints what became of all requests so far: how many each server answered, and how many ended otherwise. Counts from the first
answer on.
"""

import collections
import http.client
import json
import sys
import threading
import time
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])
body = sys.argv[2].encode()
clients = 4
patience = float(sys.argv[3]) if len(sys.argv) > 3 else 2
ends: collections.Counter[str] = collections.Counter()
begun = threading.Event()


def ask() -> str:
    connection = http.client.HTTPConnection(url.hostname or "", url.port or 80, timeout=patience)
    try:
        connection.request("POST", url.path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        return f"answered by {json.loads(content)['model_name']}" if response.status == 200 else f"status {response.status}"
    except TimeoutError:
        return "timed out"
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()


def client() -> None:
    while True:
        end = ask()
        if end.startswith("answered"):
            begun.set()
        if begun.is_set():
            ends[end] += 1
        time.sleep(0.2)


for _ in range(clients):
    threading.Thread(target=client, daemon=True).start()
while True:
    time.sleep(1)
    print(json.dumps(dict(ends)), flush=True)
