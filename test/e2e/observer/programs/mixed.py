"""
Sends 1,000 good requests and one bad one among each ten, by 20 clients that keep their connections. Prints what became of each kind.
A client opens its connection anew when it was closed between two requests, as every client does.
"""

import asyncio
import collections
import json
import sys
import urllib.parse

url = urllib.parse.urlsplit(sys.argv[1])
address = url.hostname or "", url.port or 80
good, every, clients = 1000, 10, 20
ends: collections.Counter[str] = collections.Counter()
kinds = iter([kind for number in range(good) for kind in (["good", "bad"] if number % (every - 1) == 0 else ["good"])])


def post(kind: str) -> bytes:
    body = json.dumps({"kind": kind, "inputs": [{"name": "x", "shape": [1, 1], "datatype": "FP64", "data": [0.5]}]}).encode()
    head = f"POST {url.path} HTTP/1.1\r\nHost: {url.hostname}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def answer(reader: asyncio.StreamReader) -> tuple[str, bool]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
    headers = dict(line.split(": ", 1) for line in head[1:] if line)
    await reader.readexactly(int(headers["content-length"]))
    return head[0].split(" ")[1], headers.get("connection") != "close"


async def client() -> None:
    connection = None
    for kind in kinds:
        if connection is None or connection[0].at_eof():
            connection = await asyncio.open_connection(*address)
        reader, writer = connection
        writer.write(post(kind))
        try:
            status, stays = await answer(reader)
        except (OSError, asyncio.IncompleteReadError) as error:
            status, stays = type(error).__name__, False
        ends[f"{kind} {status}"] += 1
        if not stays:
            writer.close()
            connection = None


async def main() -> None:
    await asyncio.gather(*(client() for _ in range(clients)))
    print(json.dumps(dict(ends)), flush=True)


asyncio.run(main())
