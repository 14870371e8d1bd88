import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage, RequestListener, RequestOptions } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Observer } from './index.ts';
import { identity, metricsOf, observed, requestLine, send } from '../../test/builders/observer.ts';

const cancelledLine = (begun: boolean, le: string, count: number) =>
  `flyball_request_cancelled_seconds_bucket{le="${le}",${identity},begun="${begun}"} ${count}`;
const inFlightLine = (begun: boolean, le: string, count: number) =>
  `flyball_requests_in_flight_seconds{${identity},begun="${begun}",le="${le}"} ${count}`;

/** A client that has sent its request, or half of it, and reads what comes until it leaves. */
async function client(observer: Observer, options: RequestOptions & { readonly half?: true } = {}) {
  const { half, ...rest } = options;
  const outgoing = request({ host: '127.0.0.1', port: observer.inferencePort, agent: false, method: 'POST', ...rest });
  outgoing.on('error', () => undefined);
  outgoing.on('response', (answer) => answer.on('error', () => undefined).resume());
  if (half) outgoing.write('half');
  else outgoing.end('{}');
  await pause(80);
  return outgoing;
}

const hanging: RequestListener = (message) => void message.resume();

describe('A client that leaves', () => {
  it('before its answer has begun is counted with its age', async () => {
    const observer = await observed(hanging);
    (await client(observer)).destroy();
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(499, 1));
    expect(text).toContain(cancelledLine(false, '0.005', 0));
    expect(text).toContain(cancelledLine(false, '+Inf', 1));
    expect(text).toContain(cancelledLine(true, '+Inf', 0));
  });

  it('after the head of its answer, but before a byte of its body, has not been answered', async () => {
    const observer = await observed((message, response) => {
      message.resume();
      response.writeHead(200).flushHeaders();
    });
    (await client(observer)).destroy();
    expect(await metricsOf(observer)).toContain(cancelledLine(false, '+Inf', 1));
  });

  it('within its answer is told apart', async () => {
    const observer = await observed((message, response) => {
      message.resume();
      response.write('begun');
      setInterval(() => response.write('more'), 5).unref();
    });
    (await client(observer)).destroy();
    await pause(20);
    const text = await metricsOf(observer);
    expect(text).toContain(cancelledLine(true, '+Inf', 1));
    expect(text).toContain(cancelledLine(false, '+Inf', 0));
    expect(text).toContain(requestLine(499, 1));
  });

  it('ends what the server does for it, also before the first word', async () => {
    let left: (() => void) | undefined;
    const serverSawIt = new Promise<void>((resolve) => (left = resolve));
    const observer = await observed((message, response) => {
      message.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
      response.on('close', () => left?.());
    });
    (await client(observer)).destroy();
    await serverSawIt;
  });

  it('while it sends its request has not waited for the server', async () => {
    const observer = await observed(hanging);
    (await client(observer, { half: true })).destroy();
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(499, 1));
    expect(text).toContain(cancelledLine(false, '+Inf', 0));
  });

  it('after it was told of an error has met that error', async () => {
    const observer = await observed((message, response) => {
      message.resume();
      response.writeHead(507).write('disk ');
      setInterval(() => response.write('full '), 5).unref();
    });
    (await client(observer)).destroy();
    await pause(20);
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(507, 1));
    expect(text).toContain(requestLine(499, 0));
  });
});

describe('A request in flight', () => {
  it('is told with its age while it waits, and no more when it has ended', async () => {
    const observer = await observed(hanging);
    expect(await metricsOf(observer)).toContain(inFlightLine(false, '+Inf', 0));
    const outgoing = await client(observer);
    const text = await metricsOf(observer);
    expect(text).toContain(inFlightLine(false, '0.005', 0));
    expect(text).toContain(inFlightLine(false, '120', 1));
    expect(text).toContain(inFlightLine(false, '+Inf', 1));
    outgoing.destroy();
    await pause(10);
    expect(await metricsOf(observer)).toContain(inFlightLine(false, '+Inf', 0));
  });

  it('whose answer has begun is told apart, and one that is still being sent is left out', async () => {
    const observer = await observed((message, response) => {
      message.resume();
      response.write('begun');
    });
    const begun = await client(observer);
    const other = await observed(hanging);
    const sending = await client(other, { half: true });
    const text = await metricsOf(observer);
    expect(text).toContain(inFlightLine(true, '+Inf', 1));
    expect(text).toContain(inFlightLine(false, '+Inf', 0));
    expect(await metricsOf(other)).toContain(inFlightLine(false, '+Inf', 0));
    begun.destroy();
    sending.destroy();
  });

  it('that the server does not read waits for the server', async () => {
    let unread: IncomingMessage | undefined;
    const observer = await observed((message) => void (unread = message.pause()));
    const outgoing = await client(observer, { half: true });
    outgoing.write(Buffer.alloc(32 * 1024 * 1024));
    await pause(100);
    expect(await metricsOf(observer)).toContain(inFlightLine(false, '+Inf', 1));
    outgoing.destroy();
    unread?.destroy();
  });
});

describe('A stream', () => {
  /** Sends three events, and ends its answer so many milliseconds after the last. */
  const stream =
    (end: number | undefined): RequestListener =>
    (message, response) => {
      message.resume();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of ['one', 'two', '[DONE]']) response.write(`data: ${event}\n\n`);
      if (end !== undefined) setTimeout(() => response.end(), end);
    };

  /** Reads a stream to its last event and closes the connection at once, as many clients do. */
  async function read(observer: Observer): Promise<void> {
    const outgoing = request({ host: '127.0.0.1', port: observer.inferencePort, agent: false });
    outgoing.on('error', () => undefined).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    answer.on('error', () => undefined);
    let text = '';
    for await (const piece of answer) {
      text += String(piece);
      if (text.includes('[DONE]')) break;
    }
  }

  it.each([0, 5, 50])('that is read to its last event is finished if it ends %d ms later', async (end) => {
    const observer = await observed(stream(end));
    await Promise.all(Array.from({ length: 40 }, () => read(observer)));
    await pause(end + 100);
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(200, 40));
    expect(text).toContain(requestLine(499, 0));
    expect(text).toContain(`flyball_request_duration_seconds_count{${identity}} 40`);
  });

  it('that goes on is cancelled, and ends at the server with the next event', async () => {
    let left: (() => void) | undefined;
    const serverSawIt = new Promise<void>((resolve) => (left = resolve));
    const observer = await observed((message, response) => {
      message.resume();
      response.write('data: [DONE]\n\n');
      setTimeout(() => response.write('data: more\n\n'), 30);
      response.on('close', () => left?.());
    });
    await read(observer);
    await serverSawIt;
    expect(await metricsOf(observer)).toContain(requestLine(499, 1));
  });

  it('that never ends is cancelled after a second', async () => {
    const observer = await observed(stream(undefined));
    await read(observer);
    await pause(1_100);
    const text = await metricsOf(observer);
    expect(text).toContain(cancelledLine(true, '+Inf', 1));
    expect(text).toContain(cancelledLine(true, '0.5', 1));
  });

  it('of which the client did not take all is cancelled', async () => {
    const observer = await observed((message, response) => {
      message.resume();
      response.end(Buffer.alloc(32 * 1024 * 1024));
    });
    const outgoing = request({ host: '127.0.0.1', port: observer.inferencePort, agent: false });
    outgoing.on('error', () => undefined).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    answer.on('error', () => undefined);
    await pause(50);
    outgoing.destroy();
    await pause(50);
    expect(await metricsOf(observer)).toContain(cancelledLine(true, '+Inf', 1));
  });

  it('is passed on unchanged, also to a slow client', async () => {
    const whole = Buffer.alloc(4 * 1024 * 1024, 'flyball');
    const observer = await observed((message, response) => {
      message.resume();
      response.end(whole);
    });
    const { body } = await send(observer.inferencePort, {});
    expect(body.equals(whole)).toBe(true);
  });
});

it('The errors that a check counts, and the times, are there at 0 from the start', async () => {
  const text = await metricsOf(await observed(hanging));
  for (const code of [499, 507, 511]) expect(text).toContain(requestLine(code, 0));
  expect(text).toContain(`flyball_request_duration_seconds_count{${identity}} 0`);
  for (const begun of [false, true]) expect(text).toContain(cancelledLine(begun, '+Inf', 0));
  expect(text).toMatch(new RegExp(`flyball_observer_start_time_seconds\\{${identity}\\} \\d{10}\\n`));
});
