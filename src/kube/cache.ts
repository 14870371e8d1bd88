import type { UnservedKind } from '../api/refusal.ts';
import { idOf, type Key, type Kind, keyOf, type Resource, uidOf } from '../api/resource.ts';
import type { ServerVersion } from '../api/serverversion.ts';
import type { Reader } from '../controller.ts';
import type { List, WatchEvent } from './client.ts';
import { Store } from './store.ts';

/** Called after an object was added (no `old`), changed, or removed (no `new`). */
export type Subscriber = (old: Resource | undefined, changed: Resource | undefined) => void;

/** What the watches have seen and the own writes were answered with, by kind, of all namespaces or of one. */
export class Cache implements Reader {
  /** The only namespace of which it holds anything; undefined if all are watched. */
  readonly namespace: string | undefined;
  readonly #stores = new Map<string, Store>();
  readonly #subscribers = new Map<string, Subscriber[]>();
  readonly #unserved = new Map<string, UnservedKind>();
  readonly #servedSubscribers: ((kind: Kind) => void)[] = [];
  readonly #versionSubscribers: (() => void)[] = [];
  readonly #getLive: Reader['live'];
  #serverVersion: ServerVersion | undefined;

  constructor(live: Reader['live'], namespace?: string) {
    this.#getLive = live;
    this.namespace = namespace;
  }

  /** Makes room for a kind. Reading a kind that was never added is a mistake of the program and throws. */
  add(kind: Kind): void {
    const id = kindID(kind);
    if (this.#stores.has(id)) return;
    const changed: Subscriber = (old, now) => this.#subscribers.get(id)?.forEach((notify) => notify(old, now));
    this.#stores.set(id, new Store(changed, (object) => referencesOf(kind, object)));
  }

  subscribe(kind: Kind, subscriber: Subscriber): void {
    const id = kindID(kind);
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

  isServed(kind: Kind): boolean {
    return this.unserved(kind) === undefined;
  }

  /** Why objects of a kind cannot be seen; undefined if they can, or if that is not certain. */
  unserved(kind: Kind): UnservedKind | undefined {
    this.#store(kind);
    return this.#unserved.get(kindID(kind));
  }

  /** What was cached and is found to be gone, or to be another object of that name, leaves the cache: the watch may be behind. */
  async live<R extends Resource>(kind: Kind<R>, key: Key): Promise<R | undefined> {
    // That of before the GET: what comes meanwhile is newer than its answer.
    const known = this.#store(kind).get(key);
    const object = await this.#getLive(kind, key);
    if (known !== undefined && (object === undefined || uidOf(object) !== uidOf(known))) {
      this.gone(kind, key, uidOf(known));
    }
    return object;
  }

  /** The keys of all objects of a kind. */
  keys(kind: Kind): Key[] {
    return this.#store(kind).all().map(keyOf);
  }

  /** The reply to an own write; ignored if the cache knows better. */
  applied(kind: Kind, object: Resource): void {
    this.#stores.get(kindID(kind))?.apply(object);
  }

  /** The API server said that the object with this UID is gone, by whatever answer. */
  gone(kind: Kind, key: Key, uid: string): void {
    const store = this.#stores.get(kindID(kind));
    const cached = store?.get(key);
    if (cached !== undefined && uidOf(cached) === uid) store?.bury(cached);
  }

  /** A frame of the watch. DELETED: the object is gone, or its labels do not match any more. */
  follow(kind: Kind, event: Exclude<WatchEvent, { type: 'ERROR' }>): void {
    this.#store(kind).follow(event.type, event.object);
  }

  /** The newest version seen of a kind; taken before a LIST is sent and given to `replace` with its answer. */
  newest(kind: Kind): string {
    return this.#store(kind).newest;
  }

  /** A consistent LIST that was sent when `newestBefore` was the newest version known here. */
  replace(kind: Kind, list: List<Resource>, newestBefore: string): void {
    this.#store(kind).replace(list, newestBefore);
  }

  /** Whether there is a kind that cannot be seen. */
  get hidesAny(): boolean {
    return this.#unserved.size > 0;
  }

  /** Called with a kind that was served and is not any more, or the other way round. */
  subscribeServed(subscriber: (kind: Kind) => void): void {
    this.#servedSubscribers.push(subscriber);
  }

  /**
   * A kind cannot be seen. Of one that is absent the objects are gone; those of one that is forbidden exist all the same. Returns
   * whether that is news.
   */
  hide(unserved: UnservedKind): boolean {
    const { kind, cause } = unserved;
    const before = this.#unserved.get(kindID(kind));
    if (before?.cause === cause && before.message === unserved.message) return false;
    this.#unserved.set(kindID(kind), unserved);
    if (cause === 'Absent') this.#store(kind).clear();
    for (const notify of this.#servedSubscribers) notify(kind);
    return true;
  }

  /** A kind can be seen. Returns whether that is news. */
  show(kind: Kind): boolean {
    if (!this.#unserved.delete(kindID(kind))) return false;
    for (const notify of this.#servedSubscribers) notify(kind);
    return true;
  }

  get serverVersion(): ServerVersion | undefined {
    return this.#serverVersion;
  }

  /** Called when the API server turns out to be of another version than was known. */
  subscribeVersion(subscriber: () => void): void {
    this.#versionSubscribers.push(subscriber);
  }

  /** Which Kubernetes the API server is. Returns whether that is news. */
  learn(version: ServerVersion): boolean {
    const known = this.#serverVersion;
    if (known?.major === version.major && known.minor === version.minor) return false;
    this.#serverVersion = version;
    for (const notify of this.#versionSubscribers) notify();
    return true;
  }

  #store(kind: Kind): Store {
    const store = this.#stores.get(kindID(kind));
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

function referenceTo(kind: Kind, key: Key): string {
  return `${kindID(kind)}/${idOf(key)}`;
}

const ids = new WeakMap<Kind, string>();

/** Tells kinds apart. Remembered, since each pass needs it some thirty times. */
export function kindID(kind: Kind): string {
  const known = ids.get(kind);
  if (known !== undefined) return known;
  const id = `${kind.apiVersion}/${kind.plural}`;
  ids.set(kind, id);
  return id;
}
