"""Asks a server twice a second, over a new connection each time, and says for how long nobody answered."""

import json
import sys
import time
import urllib.request

url = sys.argv[1]
answered = 0
failed = 0
slowest = 0.0
outages: list[float] = []
last = time.monotonic()
fails = False


def ask() -> bool:
    request = urllib.request.Request(url, b"{}", {"Content-Type": "application/json", "Connection": "close"})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            response.read()
            return True
    except OSError:
        return False


while True:
    began = time.monotonic()
    if ask():
        answered += 1
        now = time.monotonic()
        if fails:
            outages.append(round(now - last, 1))
        fails, last = False, now
    else:
        failed += 1
        fails = True
        slowest = max(slowest, time.monotonic() - began)
    print(json.dumps({"answered": answered, "failed": failed, "slowest": round(slowest, 3), "outages": outages}), flush=True)
    time.sleep(max(0.0, began + 0.5 - time.monotonic()))
