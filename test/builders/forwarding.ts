import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** The API server's side of a forwarded port, which speaks v4.channel.k8s.io as kubelets do. */
export class Forwarding {
  readonly requests: { readonly url: string; readonly headers: IncomingMessage['headers'] }[] = [];
  /** How long each message with bytes was. */
  readonly lengths: number[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();

  /** @param target the port here to which bytes go; words for a port on which nothing listens. */
  constructor(target: number | string) {
    this.#server = createServer((_request, response) => void response.writeHead(403).end());
    if (target === '') return;
    this.#server.on('upgrade', (request, socket: Duplex) => {
      this.requests.push({ url: request.url ?? '', headers: request.headers });
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      accept(request, socket);
      for (const channel of [0, 1]) socket.write(frame(Buffer.from([channel, 0xc4, 0x22])));
      if (typeof target === 'string') socket.write(frame(Buffer.from(`\u0001${target}`)));
      else pass(socket, target, this.lengths);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** RFC 6455, 4.2.2. */
function accept({ headers }: IncomingMessage, socket: Duplex): void {
  const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const answer = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}`,
    `Sec-WebSocket-Protocol: ${headers['sec-websocket-protocol']}`,
  ];
  socket.write(`${answer.join('\r\n')}\r\n\r\n`);
}

function pass(socket: Duplex, port: number, lengths: number[]): void {
  const server = connect(port, '127.0.0.1');
  server.on('data', (bytes: Buffer) => {
    for (let at = 0; at < bytes.length; at += 100) {
      socket.write(frame(Buffer.concat([Buffer.from([0]), bytes.subarray(at, at + 100)])));
    }
  });
  server.on('close', () => socket.end(frame(Buffer.alloc(0), 8)));
  server.on('error', () => undefined);
  let rest = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    rest = Buffer.concat([rest, bytes]);
    for (let next = unframed(rest); next !== undefined; next = unframed(rest)) {
      rest = Buffer.from(next.rest);
      if (next.kind !== 2) continue;
      lengths.push(next.payload.length - 1);
      server.write(next.payload.subarray(1));
    }
  });
  socket.on('close', () => server.destroy());
}

/** A frame of a server, which is not masked; RFC 6455, 5.2. */
function frame(payload: Buffer, kind = 2): Buffer {
  const head = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([0x80 | kind, ...head]), payload]);
}

/** The first frame of a client, which is masked. */
function unframed(bytes: Buffer) {
  const short = (bytes[1] ?? 0) & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start + 4) return undefined;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const mask = bytes.subarray(start, start + 4);
  const end = start + 4 + length;
  if (bytes.length < end) return undefined;
  const payload = bytes.subarray(start + 4, end).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { kind: (bytes[0] ?? 0) & 0x0f, payload: Buffer.from(payload), rest: bytes.subarray(end) };
}
