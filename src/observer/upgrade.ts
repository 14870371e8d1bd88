import { STATUS_CODES, request as ask } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Duplex } from 'node:stream';
import { flightOf } from './flight.ts';
import { endToEnd } from './headers.ts';
import type { ObserverMetrics } from './metrics.ts';

export interface UpgradeRelay {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What the client has sent behind the head already. */
  readonly head: Buffer;
  readonly upstream: RequestOptions;
  readonly metrics: ObserverMetrics;
  /** False: there are too many. */
  readonly isWelcome: boolean;
}

/**
 * Passes a WebSocket through: once both sides have agreed, bytes flow unread. Counted by its first answer, for which it waits like
 * any request, and never timed. Its connection to the server is its own, so that no other client's request follows on it if the server refuses to switch.
 */
export function relayUpgrade({ request, socket, head, upstream, metrics, isWelcome }: UpgradeRelay): void {
  socket.on('error', () => socket.destroy());
  const refused = announcesBody(request) ? 400 : isWelcome ? undefined : 503;
  if (refused !== undefined) {
    metrics.ended(refused);
    return refuse(socket, refused);
  }
  const onward = ask({
    ...upstream,
    agent: false,
    method: request.method,
    path: request.url,
    headers: [...endToEnd(request.rawHeaders), 'Connection', 'Upgrade', 'Upgrade', 'websocket'],
  });
  const flight = flightOf(request, () => onward.writableNeedDrain);
  metrics.inFlight.add(flight);
  const counted = (code: number) => {
    if (metrics.inFlight.delete(flight)) metrics.ended(code);
  };
  // Only what is read can come to its end, by which it is seen that the client leaves. Who sends early waits.
  let early = head;
  const keep = (piece: Buffer) => {
    early = Buffer.concat([early, piece]);
    socket.pause();
  };
  const leave = () => socket.destroy();
  const answered = () => socket.off('data', keep).off('end', leave);
  socket.on('data', keep).on('end', leave);
  socket.on('close', () => {
    const wait = flight.wait();
    if (metrics.inFlight.delete(flight) && wait !== undefined) metrics.cancelled(wait);
    onward.destroy();
  });
  onward.on('upgrade', (answer, server, serverHead) => {
    counted(101);
    answered();
    socket.write(headOf(answer, answer.rawHeaders), 'latin1');
    if (serverHead.length > 0) socket.write(serverHead);
    if (early.length > 0) server.write(early);
    server.on('error', () => socket.destroy());
    server.on('close', () => socket.destroy());
    socket.on('close', () => server.destroy());
    server.pipe(socket);
    socket.pipe(server);
  });
  onward.on('response', (answer) => {
    counted(answer.statusCode ?? 502);
    answered();
    socket.write(headOf(answer, [...endToEnd(answer.rawHeaders), 'Connection', 'close']), 'latin1');
    answer.on('error', () => socket.destroy());
    socket.resume();
    answer.pipe(socket);
  });
  onward.on('error', () => {
    if (socket.destroyed) return;
    counted(502);
    refuse(socket, 502);
  });
  onward.end();
}

/** The server would wait for a body that is never passed on, or take what comes next on the connection for it. */
function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Answers in the server's stead, and lets what the client still sends run out, so that the end of it is seen. */
function refuse(socket: Duplex, code: 400 | 502 | 503): void {
  socket.resume();
  const again = code === 503 ? 'Retry-After: 1\r\n' : '';
  socket.end(`HTTP/1.1 ${code} ${STATUS_CODES[code]}\r\n${again}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Safe to write as it is: the parser has let no line break into a field or the reason phrase. */
function headOf(answer: IncomingMessage, raw: readonly string[]): string {
  const fields = Array.from({ length: raw.length / 2 }, (_, index) => `${raw[2 * index]}: ${raw[2 * index + 1]}\r\n`);
  return `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n${fields.join('')}\r\n`;
}
