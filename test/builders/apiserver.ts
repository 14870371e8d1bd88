import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Kind, Resource } from '../../src/api/resource.ts';
import { Client } from '../../src/kube/client.ts';
import type { Log } from '../../src/kube/log.ts';
import { type JsonObject, isObject } from '../../src/kube/mergepatch.ts';
import { type CountRequest, Transport } from '../../src/kube/transport.ts';
import { defaultSettings, type Settings } from '../../src/settings.ts';
import { apiPath, isBelow, isSelected, pathOf } from './apipaths.ts';

/** A kind that the tests use. */
export const widgets: Kind = { apiVersion: 'test.dev/v1', kind: 'Widget', plural: 'widgets' };

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: JsonObject;
}

/** Answers a request in place of the server's own behaviour; false leaves it to the server. */
export type Intercept = (request: ReceivedRequest, response: ServerResponse) => boolean;

type Stored = Resource & { metadata: Record<string, unknown> };

interface Change {
  readonly type: string;
  readonly version: number;
  readonly path: string;
  readonly object: Stored;
}

/** As much of an API server as the runtime's tests need, in memory: versions, UIDs, conflicts, preconditions and watches. */
export class FakeApiServer {
  readonly requests: ReceivedRequest[] = [];
  intercept: Intercept = () => false;
  /** Kinds that the server does not have (404) or forbids to list and watch (403), by plural; see `serve`. */
  readonly #unserved = new Map<string, 'Absent' | 'Forbidden'>();
  /** What it says at /version. */
  version: JsonObject = { major: '1', minor: '36' };
  /** What containers have written, by `pod/container`; what one has written before it was started again, by `pod/container/previous`. */
  readonly logs = new Map<string, string>();
  /** Watches from before this version are answered with 410 Gone. */
  compactedAt = 0;
  #version = 100;
  readonly #objects = new Map<string, Stored>();
  #history: Change[] = [];
  readonly #watches = new Set<{
    readonly path: string;
    readonly isChosen: (object: Resource) => boolean;
    readonly response: ServerResponse;
  }>();
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A client of this server. */
  client(settings: Partial<Settings> = {}, fence?: () => void, count?: CountRequest): Client {
    const all = { ...defaultSettings, ...settings };
    const transport = new Transport(() => Promise.resolve({ server: this.url, headers: {}, tls: {} }), all, count);
    return new Client(transport, all, fence);
  }

  /** What was asked for, as "GET list", "GET watch 105" or "POST". */
  get story(): string[] {
    return this.requests.map(({ method, query }) => {
      if (method !== 'GET') return method;
      return query.get('watch') ? `watch ${query.get('resourceVersion')}` : 'GET';
    });
  }

  put(path: string, object: object): Stored {
    const before = this.#objects.get(path);
    this.#version += 1;
    const given = (object as { metadata?: object }).metadata;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const namespace = /namespaces\/([^/]+)/.exec(path)?.[1];
    const uid = before?.metadata['uid'] ?? `uid-${this.#version}`;
    const metadata = { name, namespace, uid, ...given, resourceVersion: String(this.#version) };
    const stored = { ...(object as Resource), metadata } as Stored;
    this.#objects.set(path, stored);
    this.#publish({ type: before ? 'MODIFIED' : 'ADDED', version: this.#version, path, object: stored });
    return stored;
  }

  /** Puts objects where their names say. */
  load(objects: readonly Resource[]): void {
    for (const object of objects) this.put(pathOf(object), object);
  }

  delete(path: string): void {
    const object = this.#objects.get(path);
    if (object === undefined) return;
    this.#objects.delete(path);
    this.#version += 1;
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#version) } };
    this.#publish({ type: 'DELETED', version: this.#version, path, object: last });
  }

  get(path: string): Stored | undefined {
    return this.#objects.get(path);
  }

  /** Sends a frame, such as a bookmark or an ERROR, on all open watches. */
  sendFrame(frame: object): void {
    for (const { response } of this.#watches) response.write(`${JSON.stringify(frame)}\n`);
  }

  /** Ends all watches, as the API server does when their time is over, or by cutting the connection. */
  endWatches(how: 'ended' | 'cut'): void {
    for (const { response } of this.#watches) void (how === 'ended' ? response.end() : response.destroy());
    this.#watches.clear();
  }

  /** Whether a kind is served from now on. Its watches end, as they do with a CRD or a right that goes. */
  serve({ plural }: Kind, how: 'Served' | 'Absent' | 'Forbidden'): void {
    if (how === 'Served') this.#unserved.delete(plural);
    else this.#unserved.set(plural, how);
    for (const watch of this.#watches) {
      if (!watch.path.endsWith(`/${plural}`)) continue;
      watch.response.end();
      this.#watches.delete(watch);
    }
  }

  /** Goes back to an empty etcd whose versions are lower than all that was seen. */
  restoreEmpty(): void {
    this.#objects.clear();
    this.logs.clear();
    this.#history = [];
    this.#version = 10;
  }

  #publish(change: Change): void {
    this.#history.push(change);
    for (const { path, isChosen, response } of this.#watches) {
      if (isBelow(change.path, path) && isChosen(change.object)) response.write(frameOf(change));
    }
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '', this.url);
    const text = (await incoming.toArray()).join('');
    // What is meant for a server behind this one may be anything.
    const isJSON = /json|yaml/.test(incoming.headers['content-type'] ?? '');
    const body: unknown = text !== '' && isJSON ? JSON.parse(text) : {};
    const request = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: isObject(body) ? body : {},
    };
    this.requests.push(request);
    if (this.intercept(request, response)) return;
    if (request.path === '/version') return reply(response, 200, this.version);
    const { plural = '', name, subresource } = apiPath(request.path) ?? {};
    const unserved = name === undefined ? this.#unserved.get(plural) : undefined;
    if (unserved !== undefined) return refuse(unserved, plural, response);
    if (request.query.get('watch')) return this.#watch(request, response);
    if (request.method === 'GET' && name === undefined) return this.#list(request, response);
    if (subresource === 'log') return this.#log(request, name ?? '', response);
    this.#object(request, response);
  }

  #log({ query }: ReceivedRequest, pod: string, response: ServerResponse): void {
    const container = query.get('container') ?? 'main';
    const written = this.logs.get(
      [pod, container, ...(query.get('previous') === 'true' ? ['previous'] : [])].join('/'),
    );
    if (written === undefined) return replyStatus(response, 400, 'BadRequest');
    const lines = written.split(/(?<=\n)/);
    const tail = Number(query.get('tailLines') ?? lines.length);
    response
      .writeHead(200, { 'content-type': 'text/plain' })
      .end(lines.slice(Math.max(0, lines.length - tail)).join(''));
  }

  #list({ path, query }: ReceivedRequest, response: ServerResponse): void {
    const below = [...this.#objects].filter(([other]) => isBelow(other, path)).map(([, object]) => object);
    const all = below.filter(chosenBy(query));
    const from = Number(query.get('continue') ?? 0);
    const end = from + Number(query.get('limit') ?? all.length);
    const metadata = { resourceVersion: String(this.#version), ...(end < all.length ? { continue: String(end) } : {}) };
    reply(response, 200, { metadata, items: all.slice(from, end) });
  }

  #watch({ path, query }: ReceivedRequest, response: ServerResponse): void {
    const since = Number(query.get('resourceVersion'));
    if (since < this.compactedAt) return replyStatus(response, 410, 'Expired');
    const isChosen = chosenBy(query);
    response.writeHead(200).flushHeaders();
    for (const change of this.#history) {
      if (change.version > since && isBelow(change.path, path) && isChosen(change.object)) {
        response.write(frameOf(change));
      }
    }
    this.#watches.add({ path, isChosen, response });
  }

  #object({ method, path, body, headers }: ReceivedRequest, response: ServerResponse): void {
    // Of an object's metadata alone the API server knows this version.
    if (/;v=(?!v1$)/.test(headers.accept ?? '')) return replyStatus(response, 406, 'NotAcceptable');
    const metadata = isObject(body['metadata']) ? body['metadata'] : {};
    const target = method === 'POST' ? `${path}/${String(metadata['name'])}` : path.replace(/\/status$/, '');
    const found = this.#objects.get(target);
    if (method === 'POST') {
      if (found) return replyStatus(response, 409, 'AlreadyExists');
      return reply(response, 201, this.put(target, body));
    }
    if (found === undefined) return replyStatus(response, 404, 'NotFound');
    if (method === 'GET') return reply(response, 200, found);
    const precondition = isObject(body['preconditions']) ? body['preconditions'] : {};
    const differs = (wanted: JsonObject, field: string) =>
      wanted[field] !== undefined && wanted[field] !== found.metadata[field];
    if (differs(metadata, 'resourceVersion') || differs(precondition, 'uid')) {
      return replyStatus(response, 409, 'Conflict');
    }
    if (differs(metadata, 'uid')) return replyStatus(response, 422, 'Invalid');
    if (method === 'PATCH') return reply(response, 200, this.put(target, merged(found, body) as object));
    this.delete(target);
    reply(response, 200, { kind: 'Status', status: 'Success' });
  }
}

export function reply(response: ServerResponse, code: number, body: object): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export function replyStatus(response: ServerResponse, code: number, reason: string, details: object = {}): void {
  reply(response, code, { kind: 'Status', code, reason, message: `the server says ${reason}`, details });
}

/** As a real server does: a path that it does not know gets no Status. */
function refuse(cause: 'Absent' | 'Forbidden', plural: string, response: ServerResponse): void {
  if (cause === 'Absent') return void response.writeHead(404).end('404 page not found\n');
  const message = `${plural} is forbidden: User "system:serviceaccount:a:b" cannot list resource "${plural}" at the cluster scope`;
  reply(response, 403, { kind: 'Status', code: 403, reason: 'Forbidden', message });
}

/** RFC 7386. */
export function merged(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merged(result[name], value);
  }
  return result;
}

/** Keeps what was logged. */
export class KeptLog implements Log {
  readonly lines: string[] = [];
  readonly #add = (level: string) => (message: string, fields?: object) =>
    this.lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
  readonly debug = this.#add('debug');
  readonly info = this.#add('info');
  readonly warn = this.#add('warn');
  readonly error = this.#add('error');
  child(): Log {
    return this;
  }
}

/** Waits until a condition holds. @throws after five seconds. */
export async function until(condition: () => boolean, what = condition.toString()): Promise<void> {
  const end = performance.now() + 5_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function chosenBy(query: URLSearchParams): (object: Resource) => boolean {
  return (object) => isSelected(object, query.get('labelSelector') ?? '', query.get('fieldSelector') ?? '');
}

function frameOf({ type, object }: Change): string {
  return `${JSON.stringify({ type, object })}\n`;
}
