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

export type CountRequest = (method: string, code: string, host: string) => void;

/**
 * HTTP to the API server: a few pooled connections for calls, which are few and short, and others for watches, which are long.
 * HTTP/1.1, so that a stalled watch takes no call with it. A pool lives as long as its certificates, so that rotation takes effect and nothing else costs a TLS handshake.
 */
export class Transport {
  readonly #connect: Connect;
  readonly #settings: Settings;
  readonly #count: CountRequest;
  #connection: { readonly value: Promise<Connection>; readonly readAt: number } | undefined;
  #pools: { readonly key: string; readonly calls: Agent; readonly watches: Agent } | undefined;

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
    const signal = AbortSignal.any([AbortSignal.timeout(call.timeout), ...(call.signal ? [call.signal] : [])]);
    const response = await this.#send(call, 'calls', signal, { bodyTimeout: call.timeout });
    return await response.body.json();
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
    timeouts: { readonly headersTimeout?: number; readonly bodyTimeout: number },
  ): Promise<Dispatcher.ResponseData> {
    const connection = await this.#current();
    const url = new URL(connection.server + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    const request = {
      origin: url.origin,
      path: url.pathname + url.search,
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
    const response = await this.#dispatch(this.#poolsFor(connection.tls)[pool], request, url.host);
    if (response.statusCode < 300) return response;
    if (response.statusCode === 401) this.#connection = undefined;
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

  /** The connection, read at most every `credentialsMaxAge` and after each 401. */
  async #current(): Promise<Connection> {
    const now = performance.now();
    if (this.#connection === undefined || now - this.#connection.readAt > this.#settings.credentialsMaxAge) {
      this.#connection = { value: this.#connect(), readAt: now };
    }
    try {
      return await this.#connection.value;
    } catch (error) {
      this.#connection = undefined;
      throw error;
    }
  }

  #poolsFor(tls: TlsOptions): { readonly calls: Agent; readonly watches: Agent } {
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
