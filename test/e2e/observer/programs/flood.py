"""
Floods an address for as many seconds as its second argument says, and prints each second what is open, the most that ever was, and what became of the rest.
Connections that are closed are opened again. Their kinds and numbers are the other arguments:
  heads=4000    connections whose head of 32 KB never ends; every few seconds each sends one more header
  posts=1000    clients that send POSTs of 50 KB, each on a connection of its own
"""

import asyncio
import collections
import json
import resource
import sys
import time
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])
host, port = url.hostname or "", url.port or 80
end = time.monotonic() + float(sys.argv[2])
counts = dict(argument.split("=") for argument in sys.argv[3:])
opened: collections.Counter[str] = collections.Counter()
most: collections.Counter[str] = collections.Counter()
ends: collections.Counter[str] = collections.Counter()
first = b"".join(b"X-First-%d: %s\r\n" % (number, b"x" * 4000) for number in range(8))
body = json.dumps({"inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP64", "data": [0.5]}], "padding": "x" * 50_000}).encode()
post = f"POST {url.path} HTTP/1.1\r\nHost: model\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()


async def head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    writer.write(f"POST {url.path} HTTP/1.1\r\nHost: model\r\n".encode() + first)
    number = 0
    while True:
        writer.write(b"X-Slow-%d: x\r\n" % number)
        await writer.drain()
        number += 1
        try:
            return "closed" if not await asyncio.wait_for(reader.read(4096), 4) else "answered"
        except TimeoutError:
            pass


async def request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> str:
    writer.write(post + body)
    await writer.drain()
    line = await reader.readline()
    return line.split(b" ")[1].decode() if b" " in line else "closed"


async def again(kind: str, deed) -> None:
    while True:
        writer = None
        try:
            reader, writer = await asyncio.open_connection(host, port)
            opened[kind] += 1
            most[kind] = max(most[kind], opened[kind])
            try:
                ends[f"{kind} {await deed(reader, writer)}"] += 1
            finally:
                opened[kind] -= 1
        except OSError as error:
            ends[f"{kind} {type(error).__name__}"] += 1
            await asyncio.sleep(0.5)
        finally:
            if writer is not None:
                writer.close()
        await asyncio.sleep(1 if kind == "heads" else 0)


async def main() -> None:
    deeds = {"heads": head, "posts": request}
    running = [asyncio.create_task(again(kind, deeds[kind])) for kind, count in counts.items() for _ in range(int(count))]
    while time.monotonic() < end:
        await asyncio.sleep(1)
        print(json.dumps({"open": dict(opened), "most": dict(most), "ends": dict(ends)}), flush=True)
    for task in running:
        task.cancel()


resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
asyncio.run(main())
