import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What came to the API server. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
}

/** What this API server says that it serves. */
const discovery: Readonly<Record<string, object>> = {
  '/apis': { groups: [{ versions: [{ groupVersion: 'batch/v1' }] }] },
  '/apis/batch/v1': { groupVersion: 'batch/v1', resources: [{ name: 'jobs', kind: 'Job', namespaced: true }] },
  '/api/v1': {
    groupVersion: 'v1',
    resources: [
      { name: 'services', kind: 'Service', namespaced: true },
      { name: 'nodes', kind: 'Node', namespaced: false },
    ],
  },
};

/** What Prometheus measures here. */
export const vector = {
  status: 'success',
  data: { resultType: 'vector', result: [{ metric: {}, value: [1, '0.5'] }] },
};

/** Plays an API server that does nothing but answer, and Prometheus. */
export class PlayedServer {
  /** Requests about resources. */
  readonly received: Received[] = [];
  /** Answers by method and path; without one, that an object named "made" is there at version 42. */
  readonly answers = new Map<string, object>();
  readonly #server: Server;
  readonly #streams: { readonly path: string; readonly sink: ServerResponse }[] = [];
  #version = 100;

  constructor() {
    this.#server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing));
  }

  /** Returns its URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Tells all watches of a path of a change. */
  emit(type: string, name: string, path: string): void {
    this.#version += 1;
    const metadata = { name, uid: `uid-${name}`, resourceVersion: String(this.#version) };
    const frame = `${JSON.stringify({ type, object: { metadata } })}\n`;
    for (const stream of this.#streams) if (stream.path === path) stream.sink.write(frame);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = '', url = '' } = incoming;
    const body = await text(incoming);
    const answer = (value: unknown, status = 200): void => {
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const known = discovery[url];
    if (known !== undefined) return answer(known);
    if (url === '/api/v1/query') return answer(vector);
    this.received.push({ method, url, body: body === '' ? undefined : (JSON.parse(body) as unknown) });
    if (url.includes('watch=true')) {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      return void this.#streams.push({ path: url.replace(/\?.*/, ''), sink: outgoing });
    }
    const made = { metadata: { name: 'made', resourceVersion: '42' } };
    answer(this.answers.get(`${method} ${url}`) ?? made, method === 'POST' ? 201 : 200);
  }
}
