"""
Reads one long stream after the other, and prints each second what became of those that have ended: whole, or what cut them.

  streams.py openai URL     completions of a language model, each of 3,900 tokens, of which a slot of the server has 4,096
  streams.py bento URL      answers of BentoML that have a word each second, for a minute
"""

import collections
import json
import sys
import threading
import time

import httpx

kind, base = sys.argv[1:]
completion = {"prompt": "a", "max_tokens": 3900, "temperature": 0, "stream": True}
path, body, last, readers = {
    "openai": ("/v1/completions", completion, "data: [DONE]", 1),
    "bento": ("/count", {"seconds": 60}, "59", 2),
}[kind]
ends: collections.Counter[str] = collections.Counter()
begun = 0


def read() -> str:
    global begun
    lines: list[str] = []
    try:
        with httpx.stream("POST", f"{base}{path}", json=body, timeout=60) as answer:
            for line in filter(None, answer.iter_lines()):
                begun += not lines
                lines.append(line)
    except httpx.HTTPError as error:
        return f"cut after {len(lines)} lines: {type(error).__name__}"
    return "whole" if lines and lines[-1] == last else f"ended after {len(lines)} lines with {lines[-1:]}"


def follow() -> None:
    while True:
        ends[read()] += 1


for _ in range(readers):
    threading.Thread(target=follow, daemon=True).start()
while True:
    time.sleep(1)
    print(json.dumps({"begun": begun, **ends}), flush=True)
