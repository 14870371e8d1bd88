import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiServer, Request } from '../contract.ts';
import type { Gate } from '../processes.ts';
import { confined, noStreamedLists, staleQuery } from './reads.ts';
import { answerHeaders, requestHeaders } from './headers.ts';
import { isWatch, type Refusal, targetOf } from './kubernetes.ts';
import type { PrometheusProxy } from './prometheus.ts';
import { WatchStream } from './watch.ts';

/** What happens to a request or an answer instead of being passed on. Only an answer can be cut in half. */
export type Instead = Refusal | 'Cut' | 'Silence' | 'Half';

/** One request while it is under way. */
export interface Exchange {
  readonly request: Request;
  /** Resolves when the operator has the answer, or waits no longer. */
  readonly over: Promise<void>;
}

/** What is done to one request. */
export interface Treatment {
  /** When it has arrived. What this returns is done instead of asking the API server. */
  before?(exchange: Exchange): Promise<Instead | undefined> | Instead | undefined;
  /** When the API server has answered. What this returns is done instead of passing on the answer. */
  after?(exchange: Exchange): Promise<Instead | undefined> | Instead | undefined;
  /** When the operator has the answer. */
  answered?(exchange: Exchange): void;
}

export interface ProxyOptions {
  readonly apiServer: ApiServer;
  readonly namespace: string;
  /** Of the operator. */
  readonly token: string;
  readonly prometheus: PrometheusProxy;
  readonly bookmarkEvery: number;
  /** Asked about each request when it has arrived. */
  treat(exchange: Exchange): Treatment;
  /** Told of each event before it is passed on. */
  readonly onEvent: (watch: WatchStream) => void;
}

/** Stands between an operator and the API server. Each process of the operator comes in by a gate of its own. */
export class Proxy {
  /** All requests of the operator, in the order of their arrival. */
  readonly requests: Request[] = [];
  readonly watches = new Set<WatchStream>();
  /** When somebody wanted to connect while all was cut. */
  readonly refusedConnections: number[] = [];
  /** How long each answer is kept waiting, in milliseconds. */
  slowness = 0;
  /** Lists that may be answered from a cache show the world as of this version. */
  staleVersion: string | undefined;
  /** How long a watch that is opened now tells nothing, in milliseconds. */
  newWatchesHeldFor = 0;
  readonly #options: ProxyOptions;
  readonly #servers = new Set<Server>();
  #isCut = false;

  constructor(options: ProxyOptions) {
    this.#options = options;
  }

  async open(number: number): Promise<Gate> {
    const server = createServer((incoming, outgoing) => {
      this.#handle(number, incoming, outgoing).catch(() => outgoing.destroy());
    });
    server.on('connection', (socket) => {
      if (!this.#isCut) return;
      this.refusedConnections.push(performance.now());
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#servers.add(server);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const close = async (): Promise<void> => {
      this.#servers.delete(server);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    };
    return { url, prometheusUrl: `${url}${this.#options.prometheus.prefix}`, close };
  }

  /** Ends all connections, and takes no more until `mend`. */
  cut(): void {
    this.#isCut = true;
    for (const server of this.#servers) server.closeAllConnections();
  }

  mend(): void {
    this.#isCut = false;
  }

  async #handle(number: number, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = incoming;
    const body = method === 'GET' ? undefined : await buffer(incoming);
    const { prometheus } = this.#options;
    if (url.startsWith(prometheus.prefix)) return prometheus.handle(incoming, body, outgoing);
    const { pathname, searchParams } = new URL(url, 'http://proxy');
    const request: Request = {
      process: number,
      at: performance.now(),
      method,
      path: pathname,
      query: searchParams,
      body: parsed(body),
      status: undefined,
      answer: undefined,
      wasForwarded: false,
      wasAnswered: false,
    };
    this.requests.push(request);
    const over = new Promise<void>((resolve) => outgoing.once('close', resolve));
    outgoing.once('finish', () => (request.wasAnswered = true));
    const exchange = { request, over };
    const treatment = this.#options.treat(exchange);
    outgoing.once('finish', () => treatment.answered?.(exchange));
    const instead = await treatment.before?.(exchange);
    if (instead !== undefined) return perform(instead, request, outgoing);
    await this.#forward(exchange, treatment, incoming, body, outgoing);
  }

  async #forward(
    exchange: Exchange,
    treatment: Treatment,
    incoming: IncomingMessage,
    body: Buffer | undefined,
    outgoing: ServerResponse,
  ): Promise<void> {
    const { apiServer, namespace } = this.#options;
    const { request } = exchange;
    const path = confined(request.method, request.path, namespace, apiServer.resources);
    const query = this.staleVersion === undefined ? request.query : staleQuery(request, this.staleVersion);
    if (query === undefined) return perform(noStreamedLists, request, outgoing);
    request.wasForwarded = true;
    const answer = await apiServer.agent.request({
      origin: apiServer.url,
      path: query.size === 0 ? path : `${path}?${query.toString()}`,
      method: request.method as 'GET',
      // Go's client sends no token where it finds no TLS.
      headers: { authorization: `Bearer ${this.#options.token}`, ...requestHeaders(incoming.headers) },
      body: body ?? null,
    });
    const headers = answerHeaders(answer.headers);
    const isStream = isWatch(request.method, request.query) && answer.statusCode === 200;
    const content = isStream ? undefined : Buffer.from(await answer.body.arrayBuffer());
    if (this.slowness > 0) await pause(this.slowness);
    if (content !== undefined && answer.statusCode < 300 && request.method !== 'GET') request.answer = parsed(content);
    request.status = answer.statusCode;
    const instead = await treatment.after?.(exchange);
    if (instead !== undefined && instead !== 'Half') {
      answer.body.destroy();
      return perform(instead, request, outgoing);
    }
    if (outgoing.destroyed) return void answer.body.destroy();
    if (content === undefined) {
      outgoing.writeHead(answer.statusCode, headers);
      return this.#stream(exchange.request, answer.body, outgoing);
    }
    outgoing.writeHead(answer.statusCode, { ...headers, 'content-length': content.length });
    if (instead === undefined) return void outgoing.end(content);
    outgoing.write(content.subarray(0, Math.floor(content.length / 2)), () => outgoing.destroy());
  }

  #stream(request: Request, source: WatchStreamSource, sink: ServerResponse): void {
    sink.flushHeaders();
    const { apiServer, bookmarkEvery, onEvent } = this.#options;
    const target = targetOf(request.path);
    const apiVersion = target?.groupVersion ?? '';
    const plural = target?.plural ?? '';
    const kind = apiServer.resources.get(`${apiVersion}/${plural}`)?.kind;
    const wantsBookmarks = request.query.get('allowWatchBookmarks') === 'true' && kind !== undefined;
    const watch = new WatchStream({
      process: request.process,
      plural,
      source,
      sink,
      resourceVersion: request.query.get('resourceVersion') ?? undefined,
      bookmarks: wantsBookmarks ? { apiVersion, kind, every: bookmarkEvery } : undefined,
      onEvent,
      onClose: (closed) => this.watches.delete(closed),
    });
    this.watches.add(watch);
    if (this.newWatchesHeldFor > 0) watch.hold(this.newWatchesHeldFor);
  }
}

type WatchStreamSource = ConstructorParameters<typeof WatchStream>[0]['source'];

/** Does to the operator what was decided instead of passing on. Silence lasts until the operator has had enough of it. */
function perform(instead: Instead, request: Request, outgoing: ServerResponse): void {
  if (instead === 'Silence') return;
  if (instead === 'Cut' || instead === 'Half') return void outgoing.destroy();
  request.status = instead.status;
  outgoing.writeHead(instead.status, instead.headers);
  outgoing.end(instead.body);
}

function parsed(body: Buffer | undefined): unknown {
  try {
    return body === undefined ? undefined : JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
