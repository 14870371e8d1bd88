import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Dispatcher } from 'undici';
import type { Measurement } from '../contract.ts';
import { answerHeaders, requestHeaders } from './headers.ts';

/** What Prometheus answered. */
export interface Measured {
  readonly status: number;
  readonly body: string;
  /** The body is told over and over until it has this many bytes. */
  readonly bytes?: number;
}

/** What becomes of an answer of Prometheus; undefined cuts the connection. */
export type Distortion = (measured: Measured) => Promise<Measured | undefined> | Measured | undefined;

/** Stands between an operator and Prometheus. */
export class PrometheusProxy {
  readonly prefix = '/prometheus';
  readonly measurements: Measurement[] = [];
  /** Undefined passes answers on as they are. */
  distortion: Distortion | undefined;
  readonly #url: URL;
  readonly #agent: Dispatcher;
  readonly #onQuery: () => void;

  /** `onQuery` is told of each query before it is treated. */
  constructor(url: string, agent: Dispatcher, onQuery: () => void) {
    this.#url = new URL(url);
    this.#agent = agent;
    this.#onQuery = onQuery;
  }

  async handle(incoming: IncomingMessage, body: Buffer | undefined, outgoing: ServerResponse): Promise<void> {
    this.#onQuery();
    const { distortion } = this;
    const answer = await this.#agent.request({
      origin: this.#url.origin,
      path: `${this.#url.pathname.replace(/\/$/, '')}${(incoming.url ?? '').slice(this.prefix.length)}`,
      method: incoming.method as 'GET' | 'POST',
      headers: requestHeaders(incoming.headers),
      body: body ?? null,
    });
    const measured = { status: answer.statusCode, body: await answer.body.text() };
    const distorted: Measured | undefined = distortion === undefined ? measured : await distortion(measured);
    if (distorted === undefined || outgoing.destroyed) return void outgoing.destroy();
    const expression = new URLSearchParams(body?.toString()).get('query') ?? '';
    const { status, body: told, bytes } = distorted;
    const headers = answerHeaders(answer.headers);
    if (bytes === undefined) {
      this.measurements.push({ at: performance.now(), expression, status, body: told });
      outgoing.writeHead(status, headers);
      return void outgoing.end(told);
    }
    const taken = await flood(outgoing, status, headers, Buffer.from(told), bytes);
    this.measurements.push({ at: performance.now(), expression, status, body: told, taken });
  }
}

/** Returns how many bytes were taken before the other side had enough. */
async function flood(
  outgoing: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | string[]>>,
  chunk: Buffer,
  bytes: number,
): Promise<number> {
  outgoing.writeHead(status, headers);
  const closed = new Promise((resolve) => outgoing.once('close', resolve));
  let taken = 0;
  while (taken < bytes && !outgoing.destroyed) {
    if (!outgoing.write(chunk)) await Promise.race([new Promise((resolve) => outgoing.once('drain', resolve)), closed]);
    taken += chunk.length;
  }
  outgoing.end();
  return taken;
}
