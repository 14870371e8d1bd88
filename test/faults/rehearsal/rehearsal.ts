import { Agent } from 'undici';
import { connectApiServer } from '../apiserver.ts';
import type { ApiServer } from '../contract.ts';
import { Interference } from '../interference.ts';
import { parsePlan } from '../plans.ts';
import type { Gate } from '../processes.ts';
import { PlayedServer, type Received } from './server.ts';
import { Watch } from './watch.ts';

/** What the operator got. */
export interface Got {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

export const jobs = '/apis/batch/v1/namespaces/plan/jobs';
export const services = '/api/v1/namespaces/plan/services';
export const leases = '/apis/coordination.k8s.io/v1/namespaces/plan/leases';

/** A stage for tests of faults: a played API server, the proxy before it, and an operator that is the test. */
export class Rehearsal {
  /** What was done to the operator's processes: "SIGKILL 1", "start", "clock 5000". */
  readonly deeds: string[] = [];
  readonly interference: Interference;
  readonly apiServer: ApiServer;
  readonly #server: PlayedServer;
  readonly #agent = new Agent();
  #gate: Gate | undefined;

  private constructor(server: PlayedServer, apiServer: ApiServer, leaseDuration: number) {
    this.#server = server;
    this.apiServer = apiServer;
    const options = { apiServer, prometheusUrl: apiServer.url, namespace: 'plan', token: 'token', bookmarkEvery: 30 };
    const times = { leaseDuration, writeTimeout: 40 };
    this.interference = new Interference(
      { ...options, ...times },
      {
        running: [1],
        start: () => Promise.resolve(void this.deeds.push('start')),
        signal: (number, signal) => void this.deeds.push(`${signal} ${number}`),
        shiftClock: (milliseconds) => void this.deeds.push(`clock ${milliseconds}`),
        markUp: () => undefined,
      },
    );
  }

  /** @param leaseDuration In milliseconds; the lengths of faults are parts of it. */
  static async start(leaseDuration = 80): Promise<Rehearsal> {
    const server = new PlayedServer();
    const url = await server.start();
    const rehearsal = new Rehearsal(server, await connectApiServer({ url, token: 'admin' }), leaseDuration);
    rehearsal.#gate = await rehearsal.interference.proxy.open(1);
    return rehearsal;
  }

  /** Begins to count; `faults` is what stands after the scenario in a plan. */
  begin(faults: string): void {
    this.#server.received.length = 0;
    this.interference.begin(parsePlan(`test/${faults}`).injections);
  }

  /** What reached the API server since `begin`. */
  get received(): readonly Received[] {
    return this.#server.received;
  }

  /** Its methods and paths. */
  get arrived(): readonly string[] {
    return this.received.map(({ method, url }) => `${method} ${url}`);
  }

  /** The API server will answer this, such as to "GET /api/v1/nodes". */
  answer(request: string, value: object): void {
    this.#server.answers.set(request, value);
  }

  /** The API server tells all watches of a path of a change. */
  emit(type: string, name: string, path: string = jobs): void {
    this.#server.emit(type, name, path);
  }

  /** A request of the operator. Rejects if the connection breaks, or after some milliseconds: many, since the machine may be busy. */
  async send(method: string, path: string, body?: object, patience = 4_000): Promise<Got> {
    const answer = await this.#agent.request({
      origin: this.#gate?.url ?? '',
      path,
      method: method as 'GET',
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    const retryAfter = answer.headers['retry-after'];
    return {
      status: answer.statusCode,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
      body: await answer.body.text(),
    };
  }

  create(name: string, patience?: number): Promise<Got> {
    return this.send('POST', jobs, { metadata: { name } }, patience);
  }

  /** Opens a watch of the operator. */
  async watch(path: string = jobs): Promise<Watch> {
    const query = 'watch=true&allowWatchBookmarks=true&resourceVersion=7';
    const origin = this.#gate?.url ?? '';
    const answer = await this.#agent.request({ origin, path: `${path}?${query}`, method: 'GET' });
    return new Watch(answer.statusCode, answer.body);
  }

  /** Asks Prometheus. */
  async measure(): Promise<Got> {
    const answer = await fetch(`${this.#gate?.prometheusUrl}/api/v1/query`, { method: 'POST', body: 'query=up' });
    return { status: answer.status, retryAfter: null, body: await answer.text() };
  }

  /** Asks Prometheus and leaves after so many bytes of the answer. */
  async measureUpTo(bytes: number): Promise<void> {
    const url = `${this.#gate?.prometheusUrl}/api/v1/query`;
    const { body } = await this.#agent.request({
      origin: new URL(url).origin,
      path: new URL(url).pathname,
      method: 'POST',
    });
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > bytes) break;
    }
  }

  async stop(): Promise<void> {
    this.interference.stop();
    await this.#agent.destroy();
    await this.#gate?.close();
    await this.apiServer.close();
    await this.#server.stop();
  }
}
