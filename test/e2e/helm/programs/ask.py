"""
Asks a model as fast as its clients take turns, half of them over connections that they keep, half over a new one each time. Each second
it prints what became of all requests so far: how many each revision answered, and how many ended otherwise. Counts from the first
answer on, and asks by address, so that it is the Service that is tested and not the cluster's DNS.
"""

import collections
import http.client
import json
import socket
import sys
import threading
import time
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])
address = socket.gethostbyname(url.hostname or "")
answered: collections.Counter[str] = collections.Counter()
failed: collections.Counter[str] = collections.Counter()
begun = threading.Event()


def connect() -> http.client.HTTPConnection:
    return http.client.HTTPConnection(address, url.port or 80, timeout=10)


def ask(connection: http.client.HTTPConnection) -> None:
    try:
        connection.request("POST", url.path, b"{}", {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        if response.status == 200:
            begun.set()
            answered[json.loads(content)["model_name"]] += 1
        elif begun.is_set():
            failed[f"status {response.status}"] += 1
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        if begun.is_set():
            failed[type(error).__name__] += 1


def client(keeps: bool) -> None:
    connection = connect()
    while True:
        ask(connection)
        if not keeps:
            connection.close()
        time.sleep(0.1)


for number in range(6):
    threading.Thread(target=client, args=(number % 2 == 0,), daemon=True).start()
while True:
    time.sleep(1)
    print(json.dumps({"answered": dict(answered), "failed": dict(failed)}), flush=True)
