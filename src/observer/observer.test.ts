import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, RequestListener, RequestOptions, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startObserver } from './index.ts';
import type { Observer, ObserverConfiguration } from './index.ts';

const configuration = {
  namespace: 'team',
  modelDeployment: 'fraud',
  revision: 'ab12cd34',
  signals: [
    { name: 'amount', from: 'Request', pointer: '/inputs/0/data/1', type: 'Number' },
    { name: 'class', from: 'Response', pointer: '/outputs/0/data/0', type: 'Category' },
    { name: 'bare', from: 'Request', pointer: '/bare', type: 'Number' },
  ],
  profile: {
    amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] },
    class: { categories: { '0': '0.9', '1': '0.1' } },
  },
} as const satisfies Omit<ObserverConfiguration, 'upstreamPort'>;

const identity = 'namespace="team",model_deployment="fraud",revision="ab12cd34"';
const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function upstreamOf(listener: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(async () => {
    server.close();
    server.closeAllConnections();
    await pause(0);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function observerOf(upstreamPort: number): Promise<Observer> {
  const observer = await startObserver(
    { ...configuration, upstreamPort },
    { ports: { inference: 0, metrics: 0 }, host: '127.0.0.1' },
  );
  cleanUps.push(() => observer.stop());
  return observer;
}

async function observed(listener: RequestListener): Promise<Observer> {
  return observerOf((await upstreamOf(listener)).port);
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly raw: readonly string[];
  readonly body: Buffer;
}

async function send(port: number, options: RequestOptions & { readonly body?: Buffer | string }): Promise<Answer> {
  const { body, ...rest } = options;
  const outgoing = request({ host: '127.0.0.1', port, agent: false, ...rest });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    raw: answer.rawHeaders,
    body: await bytesOf(answer),
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const json = { 'content-type': 'application/json' };

const predict = (port: number, document: unknown) =>
  send(port, { method: 'POST', path: '/v2/models/fraud/infer', headers: json, body: JSON.stringify(document) });

const oneRow = (amount: unknown) => ({ inputs: [{ name: 'x', shape: [1, 2], datatype: 'FP64', data: [0, amount] }] });

const answering =
  (document: unknown): RequestListener =>
  (message, response) => {
    message.resume();
    response.writeHead(200, json).end(JSON.stringify(document));
  };

async function metricsOf(observer: Observer): Promise<string> {
  await pause(5);
  return (await send(observer.metricsPort, { path: '/metrics' })).body.toString();
}

const signalLine = (signal: string, bin: string, count: number) =>
  `flyball_signal_total{${identity},signal="${signal}",bin="${bin}"} ${count}`;
const skipLine = (signal: string, reason: string, count: number) =>
  `flyball_signal_skipped_total{${identity},signal="${signal}",reason="${reason}"} ${count}`;
const requestLine = (code: number, count: number) => `flyball_requests_total{${identity},code="${code}"} ${count}`;

describe('The observer counts', () => {
  it('all bins and likely codes as 0 from the start, so that no first step is lost', async () => {
    const text = await metricsOf(await observed(answering({})));
    for (let bin = 0; bin < 10; bin += 1) expect(text).toContain(signalLine('amount', String(bin), 0));
    for (const bin of ['0', '1', 'Other']) expect(text).toContain(signalLine('class', bin, 0));
    for (const code of [200, 500, 502, 503]) expect(text).toContain(requestLine(code, 0));
    expect(text).not.toContain('signal="bare"');
  });

  it('the bins of a request and of its answer, the code and the duration', async () => {
    const observer = await observed(answering({ outputs: [{ name: 'y', shape: [1], data: [1] }] }));
    await predict(observer.inferencePort, oneRow(4.5));
    const text = await metricsOf(observer);
    expect(text).toContain(signalLine('amount', '4', 1));
    expect(text).toContain(signalLine('class', '1', 1));
    expect(text).toContain(skipLine('bare', 'NoProfile', 1));
    expect(text).toContain(requestLine(200, 1));
    expect(text).toContain(`flyball_request_duration_seconds_count{${identity}} 1`);
  });

  it('a batch as skipped', async () => {
    const observer = await observed(answering({}));
    await predict(observer.inferencePort, { inputs: [{ name: 'x', shape: [2, 2], data: [0, 1, 0, 2] }] });
    expect(await metricsOf(observer)).toContain(skipLine('amount', 'Batch', 1));
  });

  it.each([
    ['Missing', { headers: json, body: '{}' }],
    ['WrongType', { headers: json, body: JSON.stringify(oneRow('much')) }],
    ['Malformed', { headers: json, body: '{"inputs": [NaN' }],
    ['NotJSON', { headers: { 'content-type': 'application/octet-stream' }, body: 'x' }],
    ['Streamed', { headers: { 'content-type': 'application/x-ndjson' }, body: '{}\n{}' }],
    ['Encoded', { headers: { ...json, 'content-encoding': 'gzip' }, body: 'x' }],
    ['TooLarge', { headers: json, body: JSON.stringify('x'.repeat(64 * 1024)) }],
    ['TooLarge', { headers: { ...json, 'transfer-encoding': 'chunked' }, body: JSON.stringify('x'.repeat(1 << 20)) }],
  ])('what it cannot see as skipped: %s', async (reason, options) => {
    const observer = await observed(answering({}));
    const answer = await send(observer.inferencePort, { method: 'POST', path: '/', ...options });
    expect(answer.status).toBe(200);
    expect(await metricsOf(observer)).toContain(skipLine('amount', reason, 1));
  });

  it('no signal of a request that the server refused', async () => {
    const observer = await observed((message, response) => {
      message.resume();
      response.writeHead(422).end();
    });
    await predict(observer.inferencePort, oneRow(1));
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(422, 1));
    expect(text).toContain(skipLine('amount', 'Failed', 1));
    expect(text).toContain(signalLine('amount', '0', 0));
  });

  it('a probe as a request, but not as a prediction', async () => {
    const observer = await observed(answering({}));
    await send(observer.inferencePort, { path: '/v2/health/ready' });
    const text = await metricsOf(observer);
    expect(text).toContain(requestLine(200, 1));
    expect(text).not.toContain('flyball_signal_skipped_total{');
  });
});

describe('Traffic', () => {
  it('passes with every byte unchanged', async () => {
    const observer = await observed((message, response) => {
      response.writeHead(200, { 'content-type': message.headers['content-type'] ?? '' });
      message.pipe(response);
    });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200_000 }), fc.boolean(), async (bytes, chunked) => {
        const body = Buffer.from(bytes);
        const framing = chunked ? { 'transfer-encoding': 'chunked' } : { 'content-length': body.length };
        const answer = await send(observer.inferencePort, {
          method: 'POST',
          path: '/echo?x=%20y',
          headers: { ...json, ...framing },
          body,
        });
        expect(answer.body.equals(body)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('passes with a megabyte each way and its length', async () => {
    const body = Buffer.alloc(1 << 20, 'ab');
    const observer = await observed((message, response) => {
      void bytesOf(message).then((bytes) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes));
    });
    const answer = await send(observer.inferencePort, { method: 'POST', headers: json, body });
    expect(answer.headers['content-length']).toBe(String(body.length));
    expect(answer.body.equals(body)).toBe(true);
  });

  it('passes with method, path, status, reason and headers as they were, repeated ones too', async () => {
    let seen: IncomingMessage | undefined;
    const observer = await observed((message, response) => {
      seen = message;
      response.sendDate = false;
      response.writeHead(299, 'Quite Fine', [
        'Set-Cookie',
        'a=1',
        'Set-Cookie',
        'b=2',
        'X-CaSe',
        'y',
        'Content-Length',
        '0',
      ]);
      response.end();
    });
    const answer = await send(observer.inferencePort, {
      method: 'PATCH',
      path: '/a/../b//c?q=%2F',
      headers: { Host: 'fraud.team.svc', 'X-Forwarded-For': '10.0.0.1', 'X-UPPER': 'z' },
    });
    expect(seen?.method).toBe('PATCH');
    expect(seen?.url).toBe('/a/../b//c?q=%2F');
    expect(seen?.rawHeaders).toEqual(expect.arrayContaining(['Host', 'fraud.team.svc', 'X-UPPER', 'z']));
    expect(answer.status).toBe(299);
    expect(answer.raw.slice(0, 8)).toEqual([
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'X-CaSe',
      'y',
      'Content-Length',
      '0',
    ]);
    expect(answer.headers.date).toBeUndefined();
  });

  it('streams: the client has the first event before the server has made the second', async () => {
    let second: (() => void) | undefined;
    const observer = await observed((_message, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
      second = () => response.end('data: 2\n\n');
    });
    const outgoing = request({ host: '127.0.0.1', port: observer.inferencePort, agent: false }).end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const [first] = (await once(answer, 'data')) as [Buffer];
    expect(first.toString()).toBe('data: 1\n\n');
    second?.();
    expect((await bytesOf(answer)).toString()).toBe('data: 2\n\n');
  });

  it('answers HEAD without a body but with its length', async () => {
    const observer = await observed((_message, response) => response.writeHead(200, { 'content-length': 7 }).end());
    const answer = await send(observer.inferencePort, { method: 'HEAD' });
    expect(answer.headers['content-length']).toBe('7');
    expect(answer.body.length).toBe(0);
  });

  it('of a client that waits for 100-continue passes', async () => {
    const observer = await observed((message, response) => message.pipe(response));
    const outgoing = request({
      host: '127.0.0.1',
      port: observer.inferencePort,
      agent: false,
      method: 'POST',
      headers: { expect: '100-continue', 'content-length': 4 },
    });
    outgoing.flushHeaders();
    await once(outgoing, 'continue');
    outgoing.end('body');
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect((await bytesOf(answer)).toString()).toBe('body');
  });

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

  it('that no server answers gets 502 and is counted so', async () => {
    const { server, port } = await upstreamOf(() => undefined);
    server.close();
    await once(server, 'close');
    const observer = await observerOf(port);
    expect((await predict(observer.inferencePort, oneRow(1))).status).toBe(502);
    expect((await send(observer.inferencePort, { method: 'POST', body: Buffer.alloc(1 << 20) })).status).toBe(502);
    expect(await metricsOf(observer)).toContain(requestLine(502, 2));
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

  it('of a server that answers before it has read all of the request passes', async () => {
    const observer = await observed((_message, response) => response.writeHead(413).end('too much'));
    const answer = await send(observer.inferencePort, { method: 'POST', body: Buffer.alloc(4096) });
    expect([answer.status, answer.body.toString()]).toEqual([413, 'too much']);
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

  it.each([
    ['both lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde'],
    ['a bare line feed', 'GET / HTTP/1.1\nHost: a\n\n'],
    ['a strange coding', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ])('with %s, which two parties could read differently, is refused', async (_what, text) => {
    let reached = 0;
    const observer = await observed((_message, response) => {
      reached += 1;
      response.end();
    });
    const client = connect(observer.inferencePort, '127.0.0.1');
    client.write(text);
    expect(await textUntil(client, '\r\n\r\n')).toContain('400 Bad Request');
    expect(reached).toBe(0);
    client.destroy();
  });

  it('of a GET with a body in chunks stays framed', async () => {
    const observer = await observed((message, response) => message.pipe(response));
    const client = connect(observer.inferencePort, '127.0.0.1');
    const smuggled = 'GET /admin HTTP/1.1\r\nHost: a\r\n\r\n';
    const size = smuggled.length.toString(16);
    client.write(`GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${size}\r\n${smuggled}\r\n0\r\n\r\n`);
    expect(await textUntil(client, 'GET /admin')).toContain('200 OK');
    expect(await metricsOf(observer)).toContain(requestLine(200, 1));
    client.destroy();
  });
});

describe('The observer', () => {
  it('keeps connections until it drains, then asks every client to connect anew', async () => {
    const observer = await observed(answering({}));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await send(observer.inferencePort, { agent })).headers.connection).toBe('keep-alive');
    const idle = connect(observer.inferencePort, '127.0.0.1');
    idle.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await textUntil(idle, '{}');
    const idleClosed = once(idle, 'close');
    expect((await send(observer.metricsPort, { path: '/drain' })).status).toBe(200);
    await idleClosed;
    const answer = await send(observer.inferencePort, { agent });
    expect([answer.status, answer.headers.connection]).toEqual([200, 'close']);
    agent.destroy();
  });

  it('asks the client of a request in flight to connect anew, too', async () => {
    let finish: (() => void) | undefined;
    const observer = await observed((_message, response) => (finish = () => response.end('late')));
    const pending = send(observer.inferencePort, { agent: new Agent({ keepAlive: true }) });
    await pause(20);
    await send(observer.metricsPort, { path: '/drain' });
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

  it('answers nothing else on its second port', async () => {
    const observer = await observed(answering({}));
    expect((await send(observer.metricsPort, { path: '/' })).status).toBe(404);
    expect((await send(observer.metricsPort, { path: '/drain', method: 'POST' })).status).toBe(405);
  });
});

async function textUntil(socket: Socket, end: string): Promise<string> {
  let text = '';
  while (!text.includes(end)) {
    const [data] = (await once(socket, 'data')) as [Buffer];
    text += data.toString();
  }
  return text;
}
