import { setTimeout as pause } from 'node:timers/promises';
import { createInterface } from 'node:readline';
import { Agent } from 'undici';
import { request } from 'undici';
import type { Kind, Resource } from '../../src/api/resource.ts';
import type { Environment } from '../integration/environment.ts';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Resource;
}

export interface ObjectList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Resource[];
}

/** Whoever may do everything, directly at the API server, by connections that last. */
export class Administrator {
  readonly #environment: Environment;
  readonly #agent: Agent;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#agent = new Agent({ connect: { ca: environment.ca }, connections: 32, bodyTimeout: 0 });
  }

  async send(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Reply> {
    const { statusCode, body: answer } = await request(`${this.#environment.url}${path}`, {
      method,
      dispatcher: this.#agent,
      headers: { ...this.#headers(), 'content-type': contentTypes[method] },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    return { status: statusCode, body: await answer.json() };
  }

  /** As `send`, again and again while the API server is away or busy. A repeated POST may find what it made itself. */
  async insist(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Reply> {
    const end = performance.now() + 90_000;
    for (;;) {
      const reply = await this.send(method, path, body).catch((error: unknown) => ({ status: 0, body: String(error) }));
      const isDone = reply.status !== 0 && reply.status !== 429 && reply.status < 500;
      if (isDone || performance.now() > end) return reply;
      await pause(200);
    }
  }

  async list(path: string): Promise<ObjectList> {
    const { status, body } = await this.send('GET', path);
    if (status !== 200) throw new Error(`${path} is not listed: ${JSON.stringify(body)}`);
    return body as ObjectList;
  }

  /** What happens from a version on, until the API server ends it. */
  async *watch(path: string, resourceVersion: string, signal: AbortSignal): AsyncGenerator<WatchEvent> {
    const query = new URLSearchParams({ watch: 'true', allowWatchBookmarks: 'true', resourceVersion });
    const { statusCode, body } = await request(`${this.#environment.url}${path}?${query.toString()}`, {
      dispatcher: this.#agent,
      headers: this.#headers(),
      signal,
    });
    if (statusCode !== 200) throw new Error(`${path} is not watched: ${await body.text()}`);
    for await (const line of createInterface({ input: body })) yield JSON.parse(line) as WatchEvent;
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #headers() {
    return { authorization: `Bearer ${this.#environment.tokens.admin}`, accept: 'application/json' };
  }
}

const contentTypes = {
  GET: 'application/json',
  POST: 'application/json',
  PATCH: 'application/merge-patch+json',
  DELETE: 'application/json',
};

/** The path of a kind's objects, of all namespaces or of one. */
export function pathOf({ apiVersion, plural }: Kind, namespace?: string): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${root}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}`;
}
