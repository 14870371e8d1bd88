/** An observer in front of a server of the test, and a client that sees every byte. All ends with its test. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { IncomingMessage, RequestListener, RequestOptions, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach } from '@jest/globals';
import { defined } from '../../src/api/defined.ts';
import { startObserver } from '../../src/observer/index.ts';
import type { Observer, ObserverConfiguration } from '../../src/observer/index.ts';
import type { Limits } from '../../src/observer/limits.ts';

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

export const identity = 'namespace="team",model_deployment="fraud",revision="ab12cd34"';

/** What ends after the test, the newest last. A test that ends something itself takes it off. */
export const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A server of the test on a port of its own. */
export async function upstreamOf(listener: RequestListener): Promise<{ server: Server; port: number }> {
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

/** An observer in front of the server at a port of this machine. */
export async function observerOf(upstreamPort: number, limits?: Limits, protocol?: string): Promise<Observer> {
  const observer = await startObserver(
    { ...configuration, upstreamPort, ...defined({ protocol }) },
    { ports: { inference: 0, metrics: 0 }, host: '127.0.0.1', ...defined({ limits }) },
  );
  cleanUps.push(() => observer.stop());
  return observer;
}

/** An observer in front of a server that answers so. */
export async function observed(listener: RequestListener, limits?: Limits, protocol?: string): Promise<Observer> {
  return observerOf((await upstreamOf(listener)).port, limits, protocol);
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly raw: readonly string[];
  readonly body: Buffer;
}

/** One request on a connection of its own, and its whole answer. */
export async function send(
  port: number,
  options: RequestOptions & { readonly body?: Buffer | string },
): Promise<Answer> {
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

export async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export const json = { 'content-type': 'application/json' };

export const predict = (port: number, document: unknown) =>
  send(port, { method: 'POST', path: '/v2/models/fraud/infer', headers: json, body: JSON.stringify(document) });

/** A prediction request of one row whose signal `amount` has this value. */
export const oneRow = (amount: unknown) => ({
  inputs: [{ name: 'x', shape: [1, 2], datatype: 'FP64', data: [0, amount] }],
});

/** A server that reads the request and answers with a JSON document. */
export const answering =
  (document: unknown): RequestListener =>
  (message, response) => {
    message.resume();
    response.writeHead(200, json).end(JSON.stringify(document));
  };

/** What the observer exports once it has counted the last request. */
export async function metricsOf(observer: Observer): Promise<string> {
  await pause(5);
  return (await send(observer.metricsPort, { path: '/metrics' })).body.toString();
}

export const signalLine = (signal: string, bin: string, count: number) =>
  `flyball_signal_total{${identity},signal="${signal}",bin="${bin}"} ${count}`;
export const skipLine = (signal: string, reason: string, count: number) =>
  `flyball_signal_skipped_total{${identity},signal="${signal}",reason="${reason}"} ${count}`;
export const requestLine = (code: number, count: number) =>
  `flyball_requests_total{${identity},code="${code}"} ${count}`;

/** What a socket brings, up to the piece in which `end` occurs. */
export async function textUntil(socket: Socket, end: string): Promise<string> {
  let text = '';
  while (!text.includes(end)) {
    const [data] = (await once(socket, 'data')) as [Buffer];
    text += data.toString();
  }
  return text;
}
