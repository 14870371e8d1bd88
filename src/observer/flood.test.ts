/** Floods with real sockets. The numbers are a small part of those of a pod, whose memory test/e2e/observer looks at. */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  answering,
  cleanUps,
  metricsOf,
  observed,
  observerOf,
  oneRow,
  predict,
  requestLine,
  send,
  textUntil,
  upstreamOf,
} from '../../test/builders/observer.ts';
import type { Limits } from './limits.ts';

const limits: Limits = { connections: 60, heads: 24, requests: 24, slow: 12, tunnels: 4 };
const attackers = 100;

const open = (sockets: readonly Socket[]) =>
  sockets.filter(({ readableEnded, destroyed }) => !readableEnded && !destroyed).length;

/** Clients that send a piece each and then no more. Resolves when no more of them are left than want to be. */
async function flood(port: number, piece: string, want: number, count = attackers): Promise<void> {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
  cleanUps.push(async () => sockets.forEach((socket) => socket.destroy()));
  for (const socket of sockets) {
    socket.on('error', () => undefined).resume();
    if (piece !== '') socket.write(piece);
  }
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  while (open(sockets) > want) await pause(10);
}

const post = (length: number, body = '') => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n${body}`;

/** Answers a request that has come as a whole. */
const reading: RequestListener = (message, response) => void message.resume().on('end', () => response.end('{}'));

describe('While it is flooded', () => {
  it.each([
    ['connections that say nothing', '', 24],
    ['heads that do not end', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: ', 24],
    ['bodies that do not end', post(100_000, 'x'.repeat(20_000)), 24],
    ['connections that idle after a request', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 60],
  ])('by %s, the model answers others', async (_what, piece, want) => {
    const observer = await observed(reading, limits);
    await flood(observer.inferencePort, piece, want);
    for (let asked = 0; asked < 10; asked++)
      expect((await predict(observer.inferencePort, oneRow(1))).status).toBe(200);
    expect(await metricsOf(observer)).toContain(requestLine(503, 0));
  });

  it('by heads that do not end, no request in flight and no idle connection of others is lost', async () => {
    let finish: (() => void) | undefined;
    const observer = await observed((message, response) => {
      if (message.url === '/slow') finish = () => response.end('late');
      else response.end('soon');
    }, limits);
    const slow = send(observer.inferencePort, { path: '/slow' });
    const idle = connect(observer.inferencePort, '127.0.0.1');
    idle.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await textUntil(idle, 'soon');
    await flood(observer.inferencePort, 'GET / HTTP/1.1\r\nHost: a\r\nX-A: ', 24);
    finish?.();
    expect((await slow).body.toString()).toBe('late');
    idle.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await textUntil(idle, 'soon');
    idle.destroy();
  });

  it('by clients that take nothing of large answers, the model answers others', async () => {
    const large = Buffer.alloc(32 * 1024 * 1024);
    const few = { ...limits, requests: 8, slow: 4 };
    const observer = await observed((message, response) => {
      response.end(message.url === '/large' ? large : 'small');
    }, few);
    const sockets = Array.from({ length: 12 }, () => connect(observer.inferencePort, '127.0.0.1').pause());
    cleanUps.push(async () => sockets.forEach((socket) => socket.destroy()));
    for (const socket of sockets) socket.on('error', () => undefined).write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');
    // Until the system's own buffers are full, they take something.
    while ((await send(observer.inferencePort, {})).status !== 200) await pause(20);
    for (let asked = 0; asked < 10; asked++) expect((await send(observer.inferencePort, {})).status).toBe(200);
  });

  it('by requests that the server does not answer, the others are told to come again, which checks see', async () => {
    let asked = 0;
    const observer = await observed(() => (asked += 1), limits);
    await flood(observer.inferencePort, post(2, '{}'), 24, 24);
    while (asked < 24) await pause(10);
    const answer = await send(observer.inferencePort, { method: 'POST', body: '{}' });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(await metricsOf(observer)).toContain(requestLine(503, 1));
  });

  it('by WebSockets that stay, the model answers others', async () => {
    const { server, port } = await upstreamOf(answering({}));
    server.on('upgrade', (_request, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.on('error', () => undefined);
      cleanUps.push(async () => void socket.destroy());
    });
    const observer = await observerOf(port, limits);
    const upgrade = 'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';
    await flood(observer.inferencePort, upgrade, 4);
    expect((await predict(observer.inferencePort, oneRow(1))).status).toBe(200);
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(101, 4));
    expect(text).not.toContain(requestLine(503, 0));
  });

  it.each([
    ['connections that say nothing', ''],
    ['heads that do not end', 'GET / HTTP/1.1\r\nHost: a\r\nX-A: '],
    ['connections that idle', 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['who asks for its metrics', 'GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('on its second port by %s, its metrics and its health can be read', async (_what, piece) => {
    const observer = await observed(answering({}));
    await flood(observer.metricsPort, piece, 256, 300);
    expect((await send(observer.metricsPort, { path: '/healthz' })).status).toBe(200);
    expect(await metricsOf(observer)).toContain(requestLine(200, 0));
  });
});

describe('A client', () => {
  it('that sends its next requests before it has an answer gets them answered in turn', async () => {
    const running: string[] = [];
    let most = 0;
    const observer = await observed((message, response) => {
      running.push(message.url ?? '');
      most = Math.max(most, running.length);
      setTimeout(() => {
        running.shift();
        response.end(`<${message.url}>`);
      }, 5);
    });
    const client = connect(observer.inferencePort, '127.0.0.1');
    client.write([1, 2, 3, 4, 5].map((number) => `GET /${number} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''));
    const text = await textUntil(client, '</5>');
    expect(text.match(/<\/\d>/g)).toEqual(['</1>', '</2>', '</3>', '</4>', '</5>']);
    expect(most).toBe(1);
    expect(await metricsOf(observer)).toContain(requestLine(200, 5));
    client.destroy();
  });

  it('that sends very many of them is cut off, and the server sees but one', async () => {
    let asked = 0;
    const observer = await observed(() => (asked += 1));
    const client = connect(observer.inferencePort, '127.0.0.1');
    client.on('error', () => undefined).resume();
    client.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(200));
    await once(client, 'close');
    expect(asked).toBeLessThanOrEqual(1);
  });

  it('with more header fields than are passed on is told so, and nothing is passed on', async () => {
    let asked = 0;
    const observer = await observed((_message, response) => {
      asked += 1;
      response.end();
    });
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 'b']));
    // The client itself names the host and the connection.
    expect((await send(observer.inferencePort, { headers: fields(254) })).status).toBe(200);
    expect((await send(observer.inferencePort, { headers: fields(255) })).status).toBe(431);
    expect((await send(observer.inferencePort, { headers: fields(1000) })).status).toBe(431);
    expect(asked).toBe(1);
  });

  it('with a longer head than any is told so', async () => {
    const observer = await observed(answering({}));
    const headers = { long: 'x'.repeat(33 * 1024) };
    expect((await send(observer.inferencePort, { headers })).status).toBe(431);
  });
});
