import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher } from 'undici';
import type { Settings } from '../settings.ts';
import type { Connect, Connection, TlsOptions } from './connection.ts';
import { KubernetesError } from './errors.ts';
import { type Limits, send } from './send.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Call extends Limits {
  readonly method: Method;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  /** In which form the answer is wanted, such as metadata alone; JSON as it is by default. */
  readonly accept?: string;
}

/** How requests are sent until the credentials are read again. */
interface Access {
  readonly connection: Connection;
  readonly server: URL;
  readonly pools: Pools;
}

interface Pools {
  readonly key: string;
  readonly calls: Dispatcher;
  readonly watches: Dispatcher;
}

/** What makes connections: straight to the API server, or by a proxy. */
export type AgentOf = (options: Agent.Options) => Dispatcher;

/** Without a proxy. */
export const straight: AgentOf = (options) => new Agent(options);

export type CountRequest = (method: string, code: string, host: string) => void;

/**
 * HTTP to the API server: a few pooled connections for calls, which are few and short, and others for watches, which are long.
 * HTTP/1.1, so that a stalled watch takes no call with it. A pool lives as long as its certificates, so that rotation takes effect
 * and nothing else costs a TLS handshake.
 */
export class Transport {
  readonly #connect: Connect;
  readonly #settings: Settings;
  readonly #count: CountRequest;
  readonly #agentOf: AgentOf;
  #access: { readonly value: Promise<Access>; readonly readAt: number } | undefined;
  #pools: Pools | undefined;

  constructor(connect: Connect, settings: Settings, count: CountRequest = () => undefined, agentOf = straight) {
    this.#connect = connect;
    this.#agentOf = agentOf;
    this.#settings = settings;
    this.#count = count;
  }

  /**
   * Sends one request and reads the JSON it is answered with.
   * @throws KubernetesError if the answer is not 2xx; another Error if there is none in time.
   */
  async call(call: Call): Promise<unknown> {
    const access = await this.#current();
    const sending = send(access.pools.calls, requestOf(call, access), call);
    const { status, headers, text } = await this.#counted(sending, (answer) => answer.status, call, access);
    if (status >= 300) throw this.#refusal(status, headers, text);
    return JSON.parse(text);
  }

  /**
   * Opens a stream and resolves when the API server has accepted it. Its chunks end when the API server ends it.
   * @throws as `call`; the stream throws if it breaks, is silent for `watchStall`, or `signal` aborts.
   */
  async stream(call: Call, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const access = await this.#current();
    const timeouts = { headersTimeout: call.timeout, bodyTimeout: this.#settings.watchStall };
    const sending = access.pools.watches.request({ ...requestOf(call, access), ...timeouts, signal });
    const { statusCode, headers, body } = await this.#counted(sending, (answer) => answer.statusCode, call, access);
    if (statusCode >= 300) throw this.#refusal(statusCode, headers, await body.text());
    return body;
  }

  /** Ends all connections, whatever is in flight. */
  async close(): Promise<void> {
    await Promise.all([this.#pools?.calls.destroy(), this.#pools?.watches.destroy()]);
  }

  async #counted<A>(sending: Promise<A>, codeOf: (answer: A) => number, call: Call, access: Access): Promise<A> {
    try {
      const answer = await sending;
      this.#count(call.method, String(codeOf(answer)), access.server.host);
      return answer;
    } catch (error) {
      this.#count(call.method, '<error>', access.server.host);
      throw error;
    }
  }

  #refusal(code: number, headers: IncomingHttpHeaders, text: string): KubernetesError {
    if (code === 401) this.#access = undefined;
    return KubernetesError.fromStatus(statusOf(code, text), code, headers['retry-after']);
  }

  /** Credentials are read at most every `credentialsMaxAge` and after each 401. */
  async #current(): Promise<Access> {
    const now = performance.now();
    if (this.#access === undefined || now - this.#access.readAt > this.#settings.credentialsMaxAge) {
      this.#access = { value: this.#read(), readAt: now };
    }
    try {
      return await this.#access.value;
    } catch (error) {
      this.#access = undefined;
      throw error;
    }
  }

  async #read(): Promise<Access> {
    const connection = await this.#connect();
    return { connection, server: new URL(connection.server), pools: this.#poolsFor(connection.tls) };
  }

  #poolsFor(tls: TlsOptions): Pools {
    const key = JSON.stringify(tls);
    if (this.#pools?.key !== key) {
      void this.#pools?.calls.close();
      void this.#pools?.watches.close();
      const options = { connect: { ...tls, timeout: this.#settings.writeTimeout }, allowH2: false };
      this.#pools = {
        key,
        calls: this.#agentOf({ ...options, connections: 32, keepAliveTimeout: 60_000 }),
        watches: this.#agentOf(options),
      };
    }
    return this.#pools;
  }
}

function queryText(query: Call['query'] = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, value);
  return given.size === 0 ? '' : `?${given.toString()}`;
}

function requestOf(call: Call, { connection, server }: Access) {
  return {
    origin: server.origin,
    path: (server.pathname === '/' ? '' : server.pathname) + call.path + queryText(call.query),
    method: call.method,
    headers: {
      accept: call.accept ?? 'application/json',
      'user-agent': 'flyball',
      ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
      ...connection.headers,
    },
    body: call.body === undefined ? null : JSON.stringify(call.body),
  };
}

/** The Status that the API server answers with instead of what was asked for; something else, such as a proxy, has none. */
function statusOf(code: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { message: `the API server answered with status ${code}: ${text.trim().slice(0, 200)}` };
  }
}
