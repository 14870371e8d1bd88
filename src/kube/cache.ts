import { type Key, type Kind, keyOf, type Resource, uidOf } from '../api/resource.ts';
import type { Reader } from '../controller.ts';
import type { List, WatchEvent } from './client.ts';
import { Store } from './store.ts';

/** Called after an object was added (no `old`), changed, or removed (no `new`). */
export type Subscriber = (old: Resource | undefined, changed: Resource | undefined) => void;

/** What the watches have seen and the own writes were answered with, by kind. */
export class Cache implements Reader {
  readonly #stores = new Map<string, Store>();
  readonly #subscribers = new Map<string, Subscriber[]>();
  readonly #getLive: Reader['live'];

  constructor(live: Reader['live']) {
    this.#getLive = live;
  }

  /** Makes room for a kind. Reading a kind that was never added is a mistake of the program and throws. */
  add(kind: Kind): void {
    const id = idOf(kind);
    if (this.#stores.has(id)) return;
    const changed: Subscriber = (old, now) => this.#subscribers.get(id)?.forEach((notify) => notify(old, now));
    this.#stores.set(id, new Store(changed, (object) => referencesOf(kind, object)));
  }

  subscribe(kind: Kind, subscriber: Subscriber): void {
    const id = idOf(kind);
    this.#subscribers.set(id, [...(this.#subscribers.get(id) ?? []), subscriber]);
  }

  get<R extends Resource>(kind: Kind<R>, key: Key): R | undefined {
    const cached = this.#store(kind).get(key);
    return cached === undefined ? undefined : typed<R>(cached);
  }

  ownedBy<R extends Resource>(kind: Kind<R>, ownerUID: string): readonly R[] {
    return this.#store(kind)
      .ownedBy(ownerUID)
      .map(typed<R>);
  }

  referring<R extends Resource>(kind: Kind<R>, to: Kind, key: Key): readonly R[] {
    return this.#store(kind)
      .referring(referenceTo(to, key))
      .map(typed<R>);
  }

  live<R extends Resource>(kind: Kind<R>, key: Key): Promise<R | undefined> {
    return this.#getLive(kind, key);
  }

  /** The keys of all objects of a kind, in all namespaces. */
  keys(kind: Kind): Key[] {
    return this.#store(kind).all().map(keyOf);
  }

  /** The reply to an own write; ignored if the cache knows better. */
  applied(kind: Kind, object: Resource): void {
    this.#stores.get(idOf(kind))?.apply(object);
  }

  /** The reply to an own delete that left nothing. */
  gone(kind: Kind, key: Key, uid: string): void {
    const store = this.#stores.get(idOf(kind));
    const cached = store?.get(key);
    if (cached !== undefined && uidOf(cached) === uid) store?.bury(cached);
  }

  /** A frame of the watch. DELETED: the object is gone, or its labels do not match any more. */
  observe(kind: Kind, event: Exclude<WatchEvent, { type: 'ERROR' }>): void {
    this.#store(kind).observe(event.type, event.object);
  }

  /** The newest version seen of a kind; taken before a LIST is sent and given to `replace` with its answer. */
  newest(kind: Kind): string {
    return this.#store(kind).newest;
  }

  /** A consistent LIST that was sent when `newestBefore` was the newest version known here. */
  replace(kind: Kind, list: List<Resource>, newestBefore: string): void {
    this.#store(kind).replace(list, newestBefore);
  }

  #store(kind: Kind): Store {
    const store = this.#stores.get(idOf(kind));
    if (store === undefined) throw new Error(`${kind.plural} are read but not watched`);
    return store;
  }
}

/** A store holds what came from the API server for its kind, so its objects have that kind's shape. */
function typed<R extends Resource>(object: Resource): R {
  return object as R;
}

function referencesOf(kind: Kind, object: Resource): string[] {
  const { namespace } = keyOf(object);
  return (kind.references?.(object) ?? []).map((to) => referenceTo(to.kind, { namespace, name: to.name }));
}

function referenceTo(kind: Kind, { namespace, name }: Key): string {
  return `${idOf(kind)}/${namespace}/${name}`;
}

function idOf(kind: Kind): string {
  return `${kind.apiVersion}/${kind.plural}`;
}
