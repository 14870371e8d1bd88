import { Agent, type Dispatcher } from 'undici';
import type { Settings } from '../settings.ts';
import type { Connect, Connection, TlsOptions } from './connection.ts';
import { KubernetesError } from './errors.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Call {
  readonly method: Method;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly timeout: number;
  /** Ends the call before its time. */
  readonly signal?: AbortSignal | undefined;
  /** Runs last before the request is handed to the socket; throws if it must not be sent any more. */
  readonly fence?: () => void;
}

/** How requests are sent until the credentials are read again. */
interface Access {
  readonly connection: Connection;
  readonly server: URL;
  readonly pools: Pools;
}

interface Pools {
  readonly key: string;
  readonly calls: Agent;
  readonly watches: Agent;
}

/** No answer came in the time that the call had. What became of a write is not known. */
class TimedOut extends Error {
  override readonly name = 'TimeoutError';
  readonly code = 'ETIMEDOUT';

  constructor({ method, path, timeout }: Call) {
    super(`no answer to ${method} ${path} within ${timeout} ms`);
  }
}

export type CountRequest = (method: string, code: string, host: string) => void;

/**
 * HTTP to the API server: a few pooled connections for calls, which are few and short, and others for watches, which are long.
 * HTTP/1.1, so that a stalled watch takes no call with it. A pool lives as long as its certificates, so that rotation takes effect and nothing else costs a TLS handshake.
 */
export class Transport {
  readonly #connect: Connect;
  readonly #settings: Settings;
  readonly #count: CountRequest;
  #access: { readonly value: Promise<Access>; readonly readAt: number } | undefined;
  #pools: Pools | undefined;

  constructor(connect: Connect, settings: Settings, count: CountRequest = () => undefined) {
    this.#connect = connect;
    this.#settings = settings;
    this.#count = count;
  }

  /**
   * Sends one request and reads the JSON it is answered with.
   * @throws KubernetesError if the answer is not 2xx; an Error of undici if there is none in time.
   */
  async call(call: Call): Promise<unknown> {
    call.signal?.throwIfAborted();
    const ending = new AbortController();
    const abort = () => ending.abort(call.signal?.reason);
    // Not AbortSignal.timeout: that one cannot be taken back, so each call that was answered would still be aborted later.
    const timer = setTimeout(() => ending.abort(new TimedOut(call)), call.timeout);
    call.signal?.addEventListener('abort', abort);
    try {
      const response = await this.#send(call, 'calls', ending.signal);
      return await response.body.json();
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', abort);
    }
  }

  /**
   * Opens a stream and resolves when the API server has accepted it. Its chunks end when the API server ends it.
   * @throws as `call`; the stream throws if it breaks, is silent for `watchStall`, or `signal` aborts.
   */
  async stream(call: Call, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const timeouts = { headersTimeout: call.timeout, bodyTimeout: this.#settings.watchStall };
    const response = await this.#send(call, 'watches', signal, timeouts);
    return response.body;
  }

  /** Ends all connections, whatever is in flight. */
  async close(): Promise<void> {
    await Promise.all([this.#pools?.calls.destroy(), this.#pools?.watches.destroy()]);
  }

  async #send(
    call: Call,
    pool: 'calls' | 'watches',
    signal: AbortSignal,
    timeouts: { readonly headersTimeout?: number; readonly bodyTimeout?: number } = {},
  ): Promise<Dispatcher.ResponseData> {
    const { connection, server, pools } = await this.#current();
    const request = {
      origin: server.origin,
      path: (server.pathname === '/' ? '' : server.pathname) + call.path + queryText(call.query),
      method: call.method,
      headers: {
        accept: 'application/json',
        'user-agent': 'flyball',
        ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
        ...connection.headers,
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal,
      ...timeouts,
    };
    call.fence?.();
    const response = await this.#dispatch(pools[pool], request, server.host);
    if (response.statusCode < 300) return response;
    if (response.statusCode === 401) this.#access = undefined;
    throw await refusal(response);
  }

  async #dispatch(pool: Agent, request: Dispatcher.RequestOptions, host: string): Promise<Dispatcher.ResponseData> {
    try {
      const response = await pool.request(request);
      this.#count(request.method, String(response.statusCode), host);
      return response;
    } catch (error) {
      this.#count(request.method, '<error>', host);
      throw error;
    }
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
        calls: new Agent({ ...options, connections: 32, keepAliveTimeout: 60_000 }),
        watches: new Agent(options),
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

async function refusal(response: Dispatcher.ResponseData): Promise<KubernetesError> {
  const text = await response.body.text();
  const header = response.headers['retry-after'];
  let status: unknown;
  try {
    status = JSON.parse(text);
  } catch {
    status = { message: `the API server answered with status ${response.statusCode}: ${text.slice(0, 200)}` };
  }
  return KubernetesError.fromStatus(status, response.statusCode, typeof header === 'string' ? header : undefined);
}
