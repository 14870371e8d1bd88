import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { answering, identity, metricsOf, observed, requestLine, send } from '../../test/builders/observer.ts';

const begunLine = (count: number) => `flyball_request_first_byte_seconds_count{${identity}} ${count}`;
const endedLine = (count: number) => `flyball_request_duration_seconds_count{${identity}} ${count}`;

/** A server that begins to answer, and goes on when the test says so. */
function steered() {
  let response: ServerResponse | undefined;
  const listener: RequestListener = (message, own) => {
    message.resume();
    response = own;
    own.write('first');
  };
  return { listener, end: () => response?.end('last'), breakOff: () => response?.destroy() };
}

/** A client whose answer has begun. */
async function reading(port: number): Promise<IncomingMessage> {
  const outgoing = request({ host: '127.0.0.1', port, agent: false, method: 'POST' });
  outgoing.on('error', () => undefined).end('{}');
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  answer.on('error', () => undefined);
  await once(answer, 'data');
  return answer;
}

describe('The time to the first byte', () => {
  it('is there at 0 from the start', async () => {
    expect(await metricsOf(await observed(answering({})))).toContain(begunLine(0));
  });

  it('is counted when the byte comes, and once, whatever comes after', async () => {
    const { listener, end } = steered();
    const observer = await observed(listener);
    const answer = await reading(observer.inferencePort);
    const text = await metricsOf(observer);
    expect(text).toContain(begunLine(1));
    expect(text).toContain(endedLine(0));
    end();
    await once(answer.resume(), 'end');
    const after = await metricsOf(observer);
    expect(after).toContain(begunLine(1));
    expect(after).toContain(endedLine(1));
  });

  it('stays counted where the client leaves within the answer, or the server breaks it off', async () => {
    const left = steered();
    const observer = await observed(left.listener);
    (await reading(observer.inferencePort)).destroy();
    left.breakOff();
    await pause(20);
    expect(await metricsOf(observer)).toContain(begunLine(1));
    const broken = steered();
    const other = await observed(broken.listener);
    const answer = await reading(other.inferencePort);
    broken.breakOff();
    await new Promise((resolve) => answer.resume().on('close', resolve));
    const text = await metricsOf(other);
    expect(text).toContain(begunLine(1));
    expect(text).toContain(endedLine(0));
    expect(text).toContain(requestLine(502, 1));
  });

  it.each([
    ['HEAD', 200],
    ['POST', 204],
    ['GET', 304],
    ['POST', 500],
  ])('of %s with %d is counted like its end, with a body or without', async (method, code) => {
    const observer = await observed((message, response) => {
      message.resume();
      response.writeHead(code).end(code === 500 ? 'error' : undefined);
    });
    expect((await send(observer.inferencePort, { method })).status).toBe(code);
    const text = await metricsOf(observer);
    expect(text).toContain(begunLine(1));
    expect(text).toContain(endedLine(1));
  });

  it('is not that of a head alone, nor of what the observer says in the place of the server', async () => {
    const heads = await observed((message, response) => {
      message.resume();
      response.flushHeaders();
    });
    const outgoing = request({ host: '127.0.0.1', port: heads.inferencePort, agent: false }).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect(await metricsOf(heads)).toContain(begunLine(0));
    answer.destroy();
    await pause(20);
    expect(await metricsOf(heads)).toContain(begunLine(0));
    const silent = await observed((message) => void message.socket.destroy());
    expect((await send(silent.inferencePort, {})).status).toBe(502);
    expect(await metricsOf(silent)).toContain(begunLine(0));
  });

  it('is counted in one place alone: a client that left before the first byte is given up', async () => {
    let late: ServerResponse | undefined;
    const observer = await observed((message, response) => {
      message.resume();
      late = response;
    });
    const outgoing = request({ host: '127.0.0.1', port: observer.inferencePort, agent: false, method: 'POST' });
    outgoing.on('error', () => undefined).end('{}');
    while (late === undefined) await pause(5);
    outgoing.destroy();
    late.end('late');
    await pause(20);
    const text = await metricsOf(observer);
    const counted = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
    const begun = counted(/^flyball_request_first_byte_seconds_count\{.*\} (\d+)$/m);
    const givenUp = counted(/^flyball_request_cancelled_seconds_count\{.*begun="false"\} (\d+)$/m);
    expect(begun + givenUp).toBe(1);
  });
});
