import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { bytesOf, cleanUps, metricsOf, observerOf, requestLine, send } from '../../test/builders/observer.ts';

/** What the server does with a request: it answers with a code, if any, and may close the connection so many milliseconds later, without a word. */
interface Deed {
  readonly code?: number;
  readonly closes?: number;
}

/** A server that is asked in single pieces, as of this test, and an observer before it. `asked` has the requests, by connection. */
async function kept(deed: (text: string, asked: readonly string[]) => Deed) {
  const asked: string[][] = [];
  const server = createServer((socket: Socket) => {
    const own: string[] = [];
    asked.push(own);
    socket.on('error', () => undefined);
    socket.on('data', (piece) => {
      own.push(piece.toString());
      const { code, closes } = deed(piece.toString(), own);
      if (code !== undefined) socket.write(`HTTP/1.1 ${code} So\r\nContent-Length: 2\r\n\r\n{}`);
      if (closes === 0) socket.end();
      else if (closes !== undefined) setTimeout(() => socket.end(), closes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => void (await once(server.close(), 'close')));
  return { observer: await observerOf((server.address() as AddressInfo).port), asked };
}

describe('A connection that the server keeps', () => {
  it('is used again', async () => {
    const { observer, asked } = await kept(() => ({ code: 200 }));
    for (const body of ['a', 'b']) await send(observer.inferencePort, { method: 'POST', body });
    expect(asked).toHaveLength(1);
  });

  it('is not used again after an error of the server, which may be about to close it', async () => {
    const { observer, asked } = await kept((text) => (text.endsWith('bad') ? { code: 500 } : { code: 200 }));
    for (const body of ['a', 'bad', 'b']) await send(observer.inferencePort, { method: 'POST', body });
    expect(asked.map(({ length }) => length)).toEqual([2, 1]);
  });

  it('and closes after each error loses nobody else a request', async () => {
    const { observer } = await kept((text) => (text.endsWith('bad') ? { code: 500, closes: 0 } : { code: 200 }));
    const agent = new Agent({ keepAlive: true, maxSockets: 20 });
    const codes = new Map<number, number>();
    const ask = async (body: string) => {
      const { status } = await send(observer.inferencePort, { method: 'POST', agent, body });
      codes.set(status, (codes.get(status) ?? 0) + 1);
    };
    await Promise.all(Array.from({ length: 1100 }, (_, index) => ask(index % 11 === 0 ? 'bad' : 'good')));
    expect(Object.fromEntries(codes)).toEqual({ 200: 1000, 500: 100 });
    agent.destroy();
  });
});

describe('When the server hangs up instead of answering on a connection that was kept', () => {
  const hangingUp = () => kept((_text, asked) => (asked.length === 1 ? { code: 200 } : { closes: 0 }));

  it.each(['GET', 'HEAD', 'OPTIONS'])('%s is sent again on a connection of its own', async (method) => {
    const { observer, asked } = await hangingUp();
    await send(observer.inferencePort, { method: 'POST', body: 'first' });
    expect((await send(observer.inferencePort, { method })).status).toBe(200);
    expect(asked.map(({ length }) => length)).toEqual([2, 1]);
    expect(await metricsOf(observer)).toContain(requestLine(502, 0));
  });

  it.each([
    ['a POST', { method: 'POST', body: 'second' }],
    ['a POST without a body', { method: 'POST' }],
    ['a PUT', { method: 'PUT', body: 'second' }],
    ['a GET with a body', { method: 'GET', headers: { 'content-length': 6 }, body: 'second' }],
  ])('%s is not sent again, since the server may have read it', async (_what, options) => {
    const { observer, asked } = await hangingUp();
    await send(observer.inferencePort, { method: 'POST', body: 'first' });
    expect((await send(observer.inferencePort, options)).status).toBe(502);
    expect(asked.flat()).toHaveLength(2);
  });

  it('a POST of which the server had nothing yet is sent on another connection', async () => {
    const { observer, asked } = await kept(() => ({ code: 200, closes: 50 }));
    const slow = async () => {
      const outgoing = request({
        host: '127.0.0.1',
        port: observer.inferencePort,
        method: 'POST',
        agent: false,
        headers: { 'content-length': 4 },
      });
      outgoing.flushHeaders();
      await pause(150);
      outgoing.end('body');
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      return [answer.statusCode, (await bytesOf(answer)).toString()];
    };
    await send(observer.inferencePort, { method: 'POST', body: 'first' });
    expect(await slow()).toEqual([200, '{}']);
    expect(asked.flat()).toHaveLength(2);
  });

  it('a GET is sent again once', async () => {
    const { observer, asked } = await kept((text) => (text.includes('first') ? { code: 200 } : { closes: 0 }));
    await send(observer.inferencePort, { method: 'POST', body: 'first' });
    expect((await send(observer.inferencePort, {})).status).toBe(502);
    expect(asked.flat()).toHaveLength(3);
  });
});
