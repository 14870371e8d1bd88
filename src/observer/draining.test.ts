import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { answering, cleanUps, observed, send, textUntil } from '../../test/builders/observer.ts';

describe('The observer', () => {
  it('keeps connections until it drains, then asks every client to connect anew, and closes who asks nothing', async () => {
    const observer = await observed(answering({}));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await send(observer.inferencePort, { agent })).headers.connection).toBe('keep-alive');
    const idle = connect(observer.inferencePort, '127.0.0.1');
    idle.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await textUntil(idle, '{}');
    const idleClosed = once(idle, 'close');
    observer.drain();
    await idleClosed;
    const answer = await send(observer.inferencePort, { agent });
    expect([answer.status, answer.headers.connection]).toEqual([200, 'close']);
    agent.destroy();
  });

  it('loses no request of clients that ask all the time when it is to drain', async () => {
    const observer = await observed(answering({}));
    const agent = new Agent({ keepAlive: true, maxSockets: 10 });
    const codes = Array.from({ length: 1000 }, async (_, index) => {
      const { status } = await send(observer.inferencePort, { method: 'POST', agent, body: '{}' });
      if (index === 300) observer.drain();
      return status;
    });
    expect(new Set(await Promise.all(codes))).toEqual(new Set([200]));
    agent.destroy();
  });

  it('asks the client of a request in flight to connect anew, too', async () => {
    let finish: (() => void) | undefined;
    const observer = await observed((_message, response) => (finish = () => response.end('late')));
    const pending = send(observer.inferencePort, { agent: new Agent({ keepAlive: true }) });
    await pause(20);
    observer.drain();
    finish?.();
    const answer = await pending;
    expect([answer.body.toString(), answer.headers.connection]).toEqual(['late', 'close']);
  });

  it('finishes the requests in flight before it stops', async () => {
    const observer = await observed((_message, response) => void setTimeout(() => response.end('late'), 50));
    const pending = send(observer.inferencePort, { agent: new Agent({ keepAlive: true }) });
    await pause(20);
    const stopped = observer.stop();
    cleanUps.pop();
    expect((await pending).body.toString()).toBe('late');
    await stopped;
    await expect(send(observer.inferencePort, {})).rejects.toThrow('ECONNREFUSED');
  });

  it('lets a stream go on that began before, for as long as the server sends, and stops only after its end', async () => {
    const streams: ServerResponse[] = [];
    const observer = await observed((_message, response) => {
      streams.push(response);
      response.write('begins');
    });
    const answer = await new Promise<IncomingMessage>((resolve) => get({ port: observer.inferencePort }, resolve));
    const received = text(answer);
    observer.drain();
    let isStopped = false;
    const stopped = observer.stop().then(() => (isStopped = true));
    cleanUps.pop();
    for (let event = 0; event < 5; event += 1) {
      await pause(20);
      streams[0]?.write(`, ${event}`);
    }
    expect(isStopped).toBe(false);
    streams[0]?.end(', ends');
    expect(await received).toBe('begins, 0, 1, 2, 3, 4, ends');
    await stopped;
  });

  it('answers nothing else on its second port, and nobody drains it by that', async () => {
    const observer = await observed(answering({}));
    expect((await send(observer.metricsPort, { path: '/' })).status).toBe(404);
    expect((await send(observer.metricsPort, { path: '/drain' })).status).toBe(404);
    expect((await send(observer.metricsPort, { path: '/metrics', method: 'POST' })).status).toBe(405);
    const agent = new Agent({ keepAlive: true });
    expect((await send(observer.inferencePort, { agent })).headers.connection).toBe('keep-alive');
    agent.destroy();
  });
});
