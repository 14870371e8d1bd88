"""
Serves by the Open Inference Protocol and keeps connections alive, as asynchronous servers do. A request that says "bad" fails: as uvicorn
does after an exception that nobody handled, it answers 500 without a word about the connection and closes it. Large requests take two seconds.
"""

import asyncio
import json
import os
import signal

answer = json.dumps({"model_name": "well", "outputs": [{"name": "y", "shape": [1], "datatype": "FP64", "data": [0.5]}]}).encode()


def response(status: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            lengths = [line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
            body = await reader.readexactly(int(lengths[0])) if lengths else b""
            if b'"bad"' in body:
                writer.write(response("500 Internal Server Error", b"{}"))
                await writer.drain()
                break
            await asyncio.sleep(2 if len(body) > 10_000 else 0.02 if body else 0)
            writer.write(response("200 OK", answer))
            await writer.drain()
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(serve, "", int(os.environ["FLYBALL_PORT"]), limit=65536, backlog=4096)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, server.close)
    try:
        await server.serve_forever()
    except asyncio.CancelledError:
        pass


asyncio.run(main())
