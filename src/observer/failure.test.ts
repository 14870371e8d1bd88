import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import {
  identity,
  metricsOf,
  observed,
  observerOf,
  oneRow,
  predict,
  requestLine,
  send,
  upstreamOf,
} from '../../test/builders/observer.ts';

describe('Traffic', () => {
  it('that no server answers gets 502 and is counted so', async () => {
    const { server, port } = await upstreamOf(() => undefined);
    server.close();
    await once(server, 'close');
    const observer = await observerOf(port);
    expect((await predict(observer.inferencePort, oneRow(1))).status).toBe(502);
    expect((await send(observer.inferencePort, { method: 'POST', body: Buffer.alloc(1 << 20) })).status).toBe(502);
    expect(await metricsOf(observer)).toContain(requestLine(502, 2));
  });

  it('to a server that takes the connection and closes it is counted as 502, and no quick answer', async () => {
    const observer = await observed((message) => message.socket.destroy());
    expect((await predict(observer.inferencePort, oneRow(1))).status).toBe(502);
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(502, 1));
    expect(text).toContain(`flyball_request_duration_seconds_count{${identity}} 0`);
  });

  it('that the server breaks off midway ends for the client too, and is counted as 502', async () => {
    const observer = await observed((_message, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('half');
      setTimeout(() => response.destroy(), 10);
    });
    await expect(send(observer.inferencePort, {})).rejects.toThrow();
    expect(await metricsOf(observer)).toContain(requestLine(502, 1));
  });

  it('with a reason phrase that must not be sent is a 502, and the observer lives on', async () => {
    const observer = await observed((message) => {
      message.socket.end('HTTP/1.1 200 b\u0001d\r\nContent-Length: 0\r\n\r\n');
    });
    expect((await send(observer.inferencePort, {})).status).toBe(502);
    expect((await send(observer.metricsPort, { path: '/healthz' })).status).toBe(200);
  });

  it('of a client that leaves ends at the server too, and is counted as 499', async () => {
    let left: (() => void) | undefined;
    const serverSawIt = new Promise<void>((resolve) => (left = resolve));
    const observer = await observed((message, response) => {
      message.resume();
      response.on('close', () => left?.());
    });
    const outgoing = request({ host: '127.0.0.1', port: observer.inferencePort, agent: false, method: 'POST' });
    outgoing.on('error', () => undefined);
    outgoing.write('half');
    await pause(20);
    outgoing.destroy();
    await serverSawIt;
    expect(await metricsOf(observer)).toContain(requestLine(499, 1));
  });
});
