"""
Sends requests at a fixed rate, whatever becomes of those before, each on a connection of its own that is closed afterwards. Each second it prints how many it sent, how
many were answered, and what became of the others. It counts from the first answer on.

  load.py URL BODY RATE     BODY may have "%x", which stands for a number from 0 to 1
"""

import asyncio
import collections
import json
import random
import sys

import httpx

url, body, rate = sys.argv[1], sys.argv[2], float(sys.argv[3])
ends: collections.Counter[str] = collections.Counter()
sent = 0


client = httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_keepalive_connections=0))


async def ask() -> bool:
    try:
        content = body.replace("%x", str(round(random.random(), 6)))
        answer = await client.post(url, content=content, headers={"Content-Type": "application/json"})
        end = "answered" if answer.status_code == 200 else f"status {answer.status_code}"
    except httpx.HTTPError as error:
        end = f"{type(error).__name__}: {error.__cause__ or error!r}"
    ends[end] += 1
    return end == "answered"


async def tell() -> None:
    while True:
        await asyncio.sleep(1)
        print(json.dumps({"sent": sent, **ends}), flush=True)


async def main() -> None:
    global sent
    while not await ask():
        await asyncio.sleep(1)
    ends.clear()
    asyncio.create_task(tell())
    loop = asyncio.get_running_loop()
    due = loop.time()
    tasks: set[asyncio.Task[bool]] = set()
    while True:
        sent += 1
        task = asyncio.create_task(ask())
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        due += 1 / rate
        await asyncio.sleep(due - loop.time())


asyncio.run(main())
