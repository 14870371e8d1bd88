import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  answering,
  identity,
  metricsOf,
  observed,
  observerOf,
  requestLine,
  send,
  textUntil,
  upstreamOf,
} from '../../test/builders/observer.ts';

describe('Traffic', () => {
  it('that offers h2c, as some clients do in every request, is answered in HTTP/1.1', async () => {
    const observer = await observed(answering({ fine: true }));
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' };
    const answer = await send(observer.inferencePort, { method: 'POST', headers, body: 'x' });
    expect(answer.body.toString()).toBe('{"fine":true}');
  });

  it('of a WebSocket flows both ways', async () => {
    const { server, port } = await upstreamOf(() => undefined);
    server.on('upgrade', (_request, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello');
      socket.on('data', (data) => socket.write(`echo ${data.toString()}`));
      socket.on('end', () => socket.end());
    });
    const observer = await observerOf(port);
    const client = connect(observer.inferencePort, '127.0.0.1');
    client.write('GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    expect(await textUntil(client, 'hello')).toContain('101 Switching Protocols');
    client.write('ping');
    expect(await textUntil(client, 'echo ping')).toContain('echo ping');
    expect(await metricsOf(observer)).toContain(requestLine(101, 1));
    client.destroy();
  });

  it('of a WebSocket that gets no answer waits for it, and is counted with its age when its client leaves', async () => {
    const { server, port } = await upstreamOf(() => undefined);
    const sockets: Socket[] = [];
    server.on('upgrade', (_request, socket: Socket) => sockets.push(socket));
    const observer = await observerOf(port);
    const client = connect(observer.inferencePort, '127.0.0.1');
    client.write('GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    await pause(50);
    const inFlight = `flyball_requests_in_flight_seconds{${identity},begun="false",le="+Inf"}`;
    expect(await metricsOf(observer)).toContain(`${inFlight} 1`);
    client.destroy();
    await pause(50);
    for (const socket of sockets) socket.destroy();
    const text = await metricsOf(observer);
    expect(text).toContain(`${inFlight} 0`);
    expect(text).toContain(requestLine(499, 1));
    expect(text).toContain(`flyball_request_cancelled_seconds_bucket{le="+Inf",${identity},begun="false"} 1`);
  });

  it.each([
    ['Content-Length: 60', 'GET /admin HTTP/1.1'],
    ['Transfer-Encoding: chunked', '0'],
  ])('to change the protocol that announces a body (%s) is refused', async (field, body) => {
    let reached = 0;
    const { server, port } = await upstreamOf(() => (reached += 1));
    server.on('upgrade', () => (reached += 1));
    const observer = await observerOf(port);
    const client = connect(observer.inferencePort, '127.0.0.1');
    client.write(
      `POST / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n${field}\r\n\r\n${body}\r\n`,
    );
    expect(await textUntil(client, '\r\n\r\n')).toContain('400 Bad Request');
    expect(reached).toBe(0);
    expect(await metricsOf(observer)).toContain(requestLine(400, 1));
    client.destroy();
  });

  it('to change the protocol shares its connection to the server with no other request', async () => {
    const connections: unknown[] = [];
    const observer = await observed(({ socket }, response) => {
      connections.push(socket);
      response.end('not here');
    });
    const headers = { connection: 'Upgrade', upgrade: 'websocket' };
    for (const options of [{ headers }, {}]) {
      expect((await send(observer.inferencePort, options)).body.toString()).toBe('not here');
    }
    expect(new Set(connections).size).toBe(2);
  });
});
