import { type Kind, keyOf, type Resource, uidOf } from '../../src/api/resource.ts';
import { pathOf } from './administrator.ts';
import type { ApiServer, Forged } from './contract.ts';

/**
 * A person with rights in the namespace, but not the operator's: no policy stands in the way, so that the operator has to tell by itself
 * what it has not made. What cannot be carried out, since the API server is away or refuses it, is left alone.
 */
export class Forger implements Forged {
  readonly made = new Map<string, Resource>();
  readonly changed = new Map<string, Resource>();
  readonly written = new Set<string>();
  readonly #apiServer: Pick<ApiServer, 'administer'>;
  readonly #namespace: string;

  constructor(apiServer: Pick<ApiServer, 'administer'>, namespace: string) {
    this.#apiServer = apiServer;
    this.#namespace = namespace;
  }

  async create(kind: Kind, object: Resource): Promise<void> {
    const made = await this.#done('POST', pathOf(kind, this.#namespace), object);
    if (made !== undefined) this.made.set(uidOf(made), made);
  }

  /** Creates what the operator would have made, and cannot know from what it did make: it may bring it to what it declares. */
  async usurp(kind: Kind, object: Resource): Promise<void> {
    const made = await this.#done('POST', pathOf(kind, this.#namespace), object);
    if (made !== undefined) this.changed.set(uidOf(made), made);
  }

  /** By a merge patch, of what the operator has made. */
  async change(kind: Kind, object: Resource, patch: object): Promise<void> {
    const changed = await this.#done('PATCH', `${pathOf(kind, this.#namespace)}/${keyOf(object).name}`, patch);
    if (changed !== undefined) this.changed.set(uidOf(changed), changed);
  }

  /** What there is of a kind. */
  async list<R extends Resource>(kind: Kind<R>): Promise<readonly R[]> {
    const { items = [] } = ((await this.#ask('GET', pathOf(kind, this.#namespace))) ?? {}) as { items?: readonly R[] };
    return items;
  }

  async #done(method: string, path: string, body: object): Promise<Resource | undefined> {
    const answer = (await this.#ask(method, path, body)) as Resource | undefined;
    const version = answer?.metadata?.resourceVersion;
    if (version !== undefined) this.written.add(version);
    return answer;
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const unreachable = { status: 0, body: undefined };
    const reply = await this.#apiServer.administer(method, path, body).catch(() => unreachable);
    return reply.status >= 200 && reply.status < 300 ? reply.body : undefined;
  }
}
