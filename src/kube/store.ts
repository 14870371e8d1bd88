import { type Key, keyOf, type Resource, uidOf } from '../api/resource.ts';
import type { List } from './client.ts';
import { Index } from './objectindex.ts';

type Version = string;

/**
 * The objects of one kind. Three sources write it in any order: lists, watch events and replies to own writes. The rules make
 * every order end in the same state, and none go back in time:
 * - the higher resourceVersion wins;
 * - a LIST replaces everything up to its own version;
 * - what the list and the watch have told is complete up to a version; a reply that is not newer tells nothing new, so that a
 *   late one cannot bring back what was deleted meanwhile;
 * - a UID that the API server said is gone leaves a tombstone until the watch or a LIST knows of the deletion too;
 * - a consistent LIST that is older than what was known before it was asked for means that etcd was restored from a backup:
 *   it replaces everything, tombstones included.
 */
export class Store {
  readonly #namespaces = new Map<string, Map<string, Resource>>();
  readonly #owned = new Index(ownersOf);
  readonly #referring: Index;
  /** By UID: the last version before the deletion. */
  readonly #tombstones = new Map<string, Version>();
  readonly #changed: (old: Resource | undefined, changed: Resource | undefined) => void;
  /** Up to here lists and watches have told everything. */
  #complete: Version = '0';
  /** The highest version seen, own writes included. */
  #newest: Version = '0';

  constructor(
    changed: (old: Resource | undefined, changed: Resource | undefined) => void,
    referencesOf: (object: Resource) => readonly string[] = () => [],
  ) {
    this.#changed = changed;
    this.#referring = new Index(referencesOf);
  }

  get newest(): Version {
    return this.#newest;
  }

  get(key: Key): Resource | undefined {
    return this.#namespaces.get(key.namespace)?.get(key.name);
  }

  ownedBy(uid: string): Resource[] {
    return this.#owned.find(uid);
  }

  referring(reference: string): Resource[] {
    return this.#referring.find(reference);
  }

  all(): Resource[] {
    return [...this.#namespaces.values()].flatMap((objects) => [...objects.values()]);
  }

  /** The reply to an own write. */
  apply(object: Resource): void {
    const version = versionOf(object);
    this.#newest = later(this.#newest, version);
    if (compareVersions(version, this.#complete) > 0) this.#put(object, version);
  }

  /** The API server said that it is gone: this UID never comes back. */
  bury(object: Resource): void {
    this.#tombstones.set(uidOf(object), versionOf(object));
    this.#drop(object);
  }

  /** An ADDED, MODIFIED or DELETED frame; or a BOOKMARK, of which only the version counts. Frames come in order. */
  follow(type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK', object: Resource): void {
    const version = versionOf(object);
    this.#completeTo(version);
    if (type === 'DELETED') this.#remove(object, version);
    else if (type !== 'BOOKMARK') this.#put(object, version);
  }

  /** The kind is gone, and with it all that was known of its objects. */
  clear(): void {
    for (const cached of this.all()) this.#drop(cached);
  }

  /** A consistent LIST that was sent when `newestBefore` was the newest version known here. */
  replace(list: List<Resource>, newestBefore: Version): void {
    const restored = compareVersions(list.resourceVersion, newestBefore) < 0;
    const listed = new Set(list.items.map(uidOf));
    for (const [uid, last] of this.#tombstones) {
      const knowsDeletion = !listed.has(uid) && compareVersions(list.resourceVersion, last) >= 0;
      if (restored || knowsDeletion) this.#tombstones.delete(uid);
    }
    if (restored) this.#newest = this.#complete = list.resourceVersion;
    for (const cached of this.all()) {
      const covered = restored || compareVersions(versionOf(cached), list.resourceVersion) <= 0;
      if (covered && !listed.has(uidOf(cached))) this.#drop(cached);
    }
    for (const item of list.items) this.#put(item, restored ? undefined : list.resourceVersion);
    this.#completeTo(list.resourceVersion);
  }

  /** Stores what was true at `version`, unless something newer is known; without a version in any case. */
  #put(object: Resource, version: Version | undefined): void {
    const cached = this.get(keyOf(object));
    if (this.#tombstones.has(uidOf(object))) return;
    if (cached !== undefined) {
      const isNewer = version !== undefined && compareVersions(versionOf(cached), version) > 0;
      if (isNewer || isSame(cached, object)) return;
    }
    this.#set(cached, object);
  }

  #remove(object: Resource, version: Version): void {
    this.#tombstones.delete(uidOf(object));
    const cached = this.get(keyOf(object));
    if (cached === undefined || uidOf(cached) !== uidOf(object)) return;
    if (compareVersions(versionOf(cached), version) <= 0) this.#drop(cached);
  }

  #set(old: Resource | undefined, object: Resource): void {
    const { namespace, name } = keyOf(object);
    if (old !== undefined) this.#unindex(old);
    // Its name is another's: it is gone, though a watch that is behind may still tell of it.
    if (old !== undefined && uidOf(old) !== uidOf(object)) this.#tombstones.set(uidOf(old), versionOf(old));
    const objects = this.#namespaces.get(namespace) ?? new Map<string, Resource>();
    this.#namespaces.set(namespace, objects.set(name, object));
    this.#owned.add(object);
    this.#referring.add(object);
    this.#changed(old, object);
  }

  #drop(object: Resource): void {
    const { namespace, name } = keyOf(object);
    const objects = this.#namespaces.get(namespace);
    objects?.delete(name);
    if (objects?.size === 0) this.#namespaces.delete(namespace);
    this.#unindex(object);
    this.#changed(object, undefined);
  }

  #unindex(object: Resource): void {
    this.#owned.remove(object);
    this.#referring.remove(object);
  }

  #completeTo(version: Version): void {
    this.#complete = later(this.#complete, version);
    this.#newest = later(this.#newest, version);
  }
}

/** Orders resourceVersions, which are decimal integers of any length (KEP-5504). */
export function compareVersions(a: Version, b: Version): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

function later(a: Version, b: Version): Version {
  return compareVersions(a, b) >= 0 ? a : b;
}

function isSame(a: Resource, b: Resource): boolean {
  return uidOf(a) === uidOf(b) && versionOf(a) === versionOf(b);
}

function versionOf(object: Resource): Version {
  return object.metadata?.resourceVersion ?? '0';
}

function ownersOf(object: Resource): string[] {
  const owner = object.metadata?.ownerReferences?.find(({ controller }) => controller === true);
  return owner === undefined ? [] : [owner.uid];
}
