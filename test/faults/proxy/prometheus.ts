import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Dispatcher } from 'undici';
import type { Measurement } from '../contract.ts';
import { answerHeaders, requestHeaders } from './headers.ts';

/** What Prometheus answered. */
export interface Measured {
  readonly status: number;
  readonly body: string;
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

  constructor(url: string, agent: Dispatcher) {
    this.#url = new URL(url);
    this.#agent = agent;
  }

  async handle(incoming: IncomingMessage, body: Buffer | undefined, outgoing: ServerResponse): Promise<void> {
    const { distortion } = this;
    const answer = await this.#agent.request({
      origin: this.#url.origin,
      path: `${this.#url.pathname.replace(/\/$/, '')}${(incoming.url ?? '').slice(this.prefix.length)}`,
      method: incoming.method as 'GET' | 'POST',
      headers: requestHeaders(incoming.headers),
      body: body ?? null,
    });
    const measured = { status: answer.statusCode, body: await answer.body.text() };
    const distorted = distortion === undefined ? measured : await distortion(measured);
    if (distorted === undefined || outgoing.destroyed) return void outgoing.destroy();
    const expression = new URLSearchParams(body?.toString()).get('query') ?? '';
    this.measurements.push({ at: performance.now(), expression, ...distorted });
    outgoing.writeHead(distorted.status, answerHeaders(answer.headers));
    outgoing.end(distorted.body);
  }
}
