"""
Asks a language model for streams by OpenAI's client, and prints how long it waited for the first words, how much of that the server says that it read the
prompt, and how many tokens it was told of, beside what the observer of that pod counted meanwhile.

  times.py POD REQUESTS
"""

import json
import re
import sys
import time
import urllib.request

import openai

pod, number = sys.argv[1], int(sys.argv[2])
client = openai.OpenAI(base_url=f"http://{pod}:8900/v1", api_key="none", max_retries=0)


def counted() -> dict[str, float]:
    """The metrics without their labels, and tokens by their kind."""
    with urllib.request.urlopen(f"http://{pod}:8901/metrics", timeout=30) as answer:
        lines = re.findall(r"^(flyball_\w+)\{(.*)\} (\S+)$", answer.read().decode(), re.MULTILINE)
    sums: dict[str, float] = {}
    for name, labels, value in lines:
        kind = re.search(r'type="(\w+)"', labels)
        key = f"{name} {kind[1]}" if kind and "tokens" in name else name
        sums[key] = sums.get(key, 0) + float(value)
    return sums


def ask(index: int) -> tuple[float, float, int, int]:
    # Each prompt begins otherwise, so that nothing of it is remembered.
    prompt = chr(ord("a") + index % 26) * 3500
    sent, first, last = time.monotonic(), None, None
    stream = client.completions.create(
        model="model", prompt=prompt, max_tokens=8, temperature=0, stream=True, stream_options={"include_usage": True}
    )
    for chunk in stream:
        first = first or time.monotonic()
        last = chunk
    return first - sent, last.timings["prompt_ms"] / 1000, last.usage.prompt_tokens, last.usage.completion_tokens


ask(number)
before = counted()
asked = [ask(index) for index in range(number)]
time.sleep(1)
after = counted()
name = "flyball_request_first_byte_seconds"
grown = {key: value - before.get(key, 0) for key, value in after.items()}
print(
    json.dumps(
        {
            "client": {
                "seconds": sum(seconds for seconds, _, _, _ in asked),
                "input": sum(tokens for _, _, tokens, _ in asked),
                "output": sum(tokens for _, _, _, tokens in asked),
            },
            "server": {"seconds": sum(seconds for _, seconds, _, _ in asked)},
            "observer": {
                "seconds": grown.get(f"{name}_sum", 0),
                "requests": grown.get(f"{name}_count", 0),
                **{key.split(" ")[1]: value for key, value in grown.items() if key.startswith("flyball_tokens_total ")},
            },
        }
    )
)
