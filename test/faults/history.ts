import { setTimeout as pause } from 'node:timers/promises';
import { keyOf, type Kind, type Resource, uidOf } from '../../src/api/resource.ts';
import { type Administrator, pathOf } from './administrator.ts';

/** One state of an object, as the API server told it. */
export interface Change {
  /** On the monotonic clock of the rig, in milliseconds. */
  readonly at: number;
  readonly type: 'Added' | 'Modified' | 'Deleted';
  readonly plural: string;
  readonly object: Resource;
}

/** What happened in one namespace, whoever did it, and what is there now. */
export class History {
  /** In the order in which they were told: of one kind also in that in which they happened. Grows. */
  readonly changes: Change[] = [];
  readonly #now = new Map<string, Map<string, Resource>>();
  readonly #listeners = new Set<(change: Change) => void>();

  record(change: Change): void {
    this.changes.push(change);
    const objects = this.#now.get(change.plural) ?? new Map<string, Resource>();
    this.#now.set(change.plural, objects);
    const { name } = keyOf(change.object);
    if (change.type === 'Deleted') objects.delete(name);
    else objects.set(name, change.object);
    for (const listener of this.#listeners) listener(change);
  }

  list<R extends Resource>({ plural }: Kind<R>): readonly R[] {
    return [...(this.#now.get(plural)?.values() ?? [])] as unknown as readonly R[];
  }

  get<R extends Resource>({ plural }: Kind<R>, name: string): R | undefined {
    return this.#now.get(plural)?.get(name) as R | undefined;
  }

  /** What is there, as if it had just appeared. */
  present(): readonly Change[] {
    const at = performance.now();
    const told = [...this.#now].flatMap(([plural, objects]) =>
      [...objects.values()].map((object) => ({ plural, object })),
    );
    return told.map(({ plural, object }) => ({ at, type: 'Added', plural, object }));
  }

  /** Calls at each change from now on, until what it returns is called. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits until something holds, asking at each change; whether it did within the time. */
  until(holds: () => boolean, limitMs: number): Promise<boolean> {
    if (holds()) return Promise.resolve(true);
    return new Promise((resolve) => {
      const finish = (held: boolean) => {
        clearTimeout(timer);
        stop();
        resolve(held);
      };
      const timer = setTimeout(() => finish(holds()), limitMs);
      const stop = this.listen(() => {
        if (holds()) finish(true);
      });
    });
  }
}

/** One watch for each kind over the whole cluster, shared by all plans. */
export class Histories {
  readonly #administrator: Administrator;
  readonly #namespaces = new Map<string, History>();
  readonly #stop = new AbortController();
  /** By kind: what ends its watch, so that it is listed anew. */
  readonly #interrupts = new Map<string, AbortController>();
  /** By kind: how often it was listed anew. */
  readonly #lists = new Map<string, number>();

  private constructor(administrator: Administrator) {
    this.#administrator = administrator;
  }

  /** Resolves once all kinds are watched. */
  static async start(administrator: Administrator, kinds: readonly Kind[]): Promise<Histories> {
    const histories = new Histories(administrator);
    await Promise.all(kinds.map((kind) => histories.#follow(kind)));
    return histories;
  }

  /** The history of a namespace from now on. */
  open(namespace: string): History {
    const history = new History();
    this.#namespaces.set(namespace, history);
    return history;
  }

  close(namespace: string): void {
    this.#namespaces.delete(namespace);
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Resolves once all kinds were listed anew: what is known from before the cluster went back in time is not there any more. */
  async listAgain(): Promise<void> {
    const before = new Map(this.#lists);
    const isMissing = (plural: string) => (this.#lists.get(plural) ?? 0) === (before.get(plural) ?? 0);
    for (const interrupt of this.#interrupts.values()) interrupt.abort();
    while (!this.#stop.signal.aborted && [...this.#interrupts.keys()].some(isMissing)) await pause(20);
  }

  async #follow(kind: Kind): Promise<void> {
    const first = await this.#administrator.list(pathOf(kind));
    void this.#goOn(kind, first.metadata.resourceVersion);
  }

  /** A watch that ends begins anew after a list, whose differences to what is known are told as changes. */
  async #goOn(kind: Kind, from: string): Promise<void> {
    const { signal } = this.#stop;
    let version: string | undefined = from;
    while (!signal.aborted) {
      try {
        version ??= await this.#listKindAgain(kind);
        const interrupt = new AbortController();
        this.#interrupts.set(kind.plural, interrupt);
        const either = AbortSignal.any([signal, interrupt.signal]);
        for await (const { type, object } of this.#administrator.watch(pathOf(kind), version, either)) {
          if (type === 'ERROR') break;
          if (type !== 'BOOKMARK') this.#tell(kind, changeTypes[type], object);
        }
      } catch {
        await pause(100);
      }
      version = undefined;
    }
  }

  async #listKindAgain(kind: Kind): Promise<string> {
    const { metadata, items } = await this.#administrator.list(pathOf(kind));
    const found = new Map(items.map((item) => [`${keyOf(item).namespace}/${keyOf(item).name}`, item]));
    for (const [namespace, history] of this.#namespaces) {
      for (const known of history.list(kind)) {
        const object = found.get(`${namespace}/${keyOf(known).name}`);
        if (object === undefined || uidOf(object) !== uidOf(known)) this.#tell(kind, 'Deleted', known);
      }
    }
    for (const item of items) {
      const known = this.#namespaces.get(keyOf(item).namespace)?.get(kind, keyOf(item).name);
      if (known?.metadata?.resourceVersion === item.metadata?.resourceVersion) continue;
      this.#tell(kind, known === undefined ? 'Added' : 'Modified', item);
    }
    this.#lists.set(kind.plural, (this.#lists.get(kind.plural) ?? 0) + 1);
    return metadata.resourceVersion;
  }

  #tell({ apiVersion, kind, plural }: Kind, type: Change['type'], object: Resource): void {
    const history = this.#namespaces.get(keyOf(object).namespace);
    if (history === undefined) return;
    const { managedFields: _, ...metadata } = { managedFields: undefined, ...object.metadata };
    history.record({ at: performance.now(), type, plural, object: { ...object, apiVersion, kind, metadata } });
  }
}

const changeTypes = { ADDED: 'Added', MODIFIED: 'Modified', DELETED: 'Deleted' } as const;
