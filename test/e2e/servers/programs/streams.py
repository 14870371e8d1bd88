"""
Reads streams that take about as many seconds as the first argument says, and prints how each ended: whole, or what cut it. Says "begun" once
all of them have.

  streams.py SECONDS openai URL     a completion of a language model, of as many tokens as come in that time, at most 3,900
  streams.py SECONDS bento URL      an answer of BentoML that has a word each second
"""

import json
import sys
import threading
import time

import httpx

seconds, kind, base = float(sys.argv[1]), sys.argv[2], sys.argv[3]
number = 1 if kind == "openai" else 2
begun = threading.Barrier(number + 1)
ends: list[str] = []


def tokens(count: int) -> tuple[str, dict[str, object]]:
    return f"{base}/v1/completions", {"prompt": "a", "max_tokens": count, "temperature": 0, "stream": True}


def read(path: str, body: dict[str, object], last: str, on_first=lambda: None) -> str:
    lines = []
    try:
        with httpx.stream("POST", path, json=body, timeout=60) as answer:
            for line in filter(None, answer.iter_lines()):
                if not lines:
                    on_first()
                lines.append(line)
    except httpx.HTTPError as error:
        return f"cut after {len(lines)} lines: {type(error).__name__}"
    return "whole" if lines and lines[-1] == last else f"ended after {len(lines)} lines with {lines[-1:]}"


def plan() -> tuple[str, dict[str, object], str]:
    if kind == "bento":
        return f"{base}/count", {"seconds": int(seconds)}, str(int(seconds) - 1)
    started, trial = time.monotonic(), 200
    read(*tokens(trial), "data: [DONE]")
    # A slot of the server has 4,096.
    count = min(3900, int(trial * seconds / (time.monotonic() - started)))
    return *tokens(count), "data: [DONE]"


def follow(plan: tuple[str, dict[str, object], str]) -> None:
    started = time.monotonic()
    end = read(*plan, on_first=begun.wait)
    ends.append(f"{end}, {time.monotonic() - started:.0f} s")


planned = plan()
threads = [threading.Thread(target=follow, args=(planned,)) for _ in range(number)]
for thread in threads:
    thread.start()
begun.wait(timeout=120)
print("begun", flush=True)
for thread in threads:
    thread.join()
print(json.dumps(ends), flush=True)
