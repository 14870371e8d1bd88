import { STATUS_CODES, request as ask } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import { endToEnd } from './headers.ts';
import type { ObserverMetrics } from './metrics.ts';

export interface UpgradeRelay {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What the client has sent behind the head already. */
  readonly head: Buffer;
  readonly upstream: RequestOptions;
  readonly metrics: ObserverMetrics;
}

/**
 * Passes a WebSocket through: once both sides have agreed, bytes flow unread. Counted by its first answer, never timed. Its
 * connection to the server is its own, so that no other client's request follows on it if the server refuses to switch.
 */
export function relayUpgrade({ request, socket, head, upstream, metrics }: UpgradeRelay): void {
  socket.on('error', () => socket.destroy());
  if (announcesBody(request)) {
    metrics.ended(400);
    return refuse(socket, 400);
  }
  const onward = ask({
    ...upstream,
    agent: false,
    method: request.method,
    path: request.url,
    headers: [...endToEnd(request.rawHeaders), 'Connection', 'Upgrade', 'Upgrade', 'websocket'],
  });
  socket.on('close', () => onward.destroy());
  onward.on('upgrade', (answer, server, serverHead) => {
    metrics.ended(101);
    socket.write(headOf(answer, answer.rawHeaders), 'latin1');
    if (serverHead.length > 0) socket.write(serverHead);
    if (head.length > 0) server.write(head);
    server.on('error', () => socket.destroy());
    server.on('close', () => socket.destroy());
    socket.on('close', () => server.destroy());
    server.pipe(socket);
    socket.pipe(server);
  });
  onward.on('response', (answer) => {
    metrics.ended(answer.statusCode ?? 502);
    socket.write(headOf(answer, [...endToEnd(answer.rawHeaders), 'Connection', 'close']), 'latin1');
    answer.on('error', () => socket.destroy());
    socket.resume();
    answer.pipe(socket);
  });
  onward.on('error', () => {
    if (socket.destroyed) return;
    metrics.ended(502);
    refuse(socket, 502);
  });
  onward.end();
}

/** The server would wait for a body that is never passed on, or take what comes next on the connection for it. */
function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Answers in the server's stead, and lets what the client still sends run out, so that the end of it is seen. */
function refuse(socket: Duplex, code: 400 | 502): void {
  socket.resume();
  socket.end(`HTTP/1.1 ${code} ${STATUS_CODES[code]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Safe to write as it is: the parser has let no line break into a field or the reason phrase. */
function headOf(answer: IncomingMessage, raw: readonly string[]): string {
  const fields = Array.from({ length: raw.length / 2 }, (_, index) => `${raw[2 * index]}: ${raw[2 * index + 1]}\r\n`);
  return `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${fields.join('')}\r\n`;
}
