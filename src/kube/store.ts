import { type Key, keyOf, type Resource, uidOf } from '../api/resource.ts';
import type { List } from './client.ts';

type Version = string;

/** Deletions are remembered while an older reply may still be on its way; this many are far more than can be in flight. */
const tombstonesKept = 10_000;

/**
 * The objects of one kind. Three sources write it in any order: lists, watch events and replies to own writes. The rules make
 * every order end in the same state, and none go back in time:
 * - the higher resourceVersion wins;
 * - a LIST replaces everything up to its own version;
 * - a deleted UID leaves a tombstone, which only a version after the deletion overcomes (an object that came back into the
 *   watch's label selector);
 * - a consistent LIST that is older than what was known before it was asked for means that etcd was restored from a backup:
 *   it replaces everything, tombstones included.
 */
export class Store {
  readonly #namespaces = new Map<string, Map<string, Resource>>();
  readonly #owned = new Map<string, Set<Resource>>();
  /** By UID: the version of the deletion, or undefined if it is final. */
  readonly #tombstones = new Map<string, Version | undefined>();
  readonly #changed: (old: Resource | undefined, changed: Resource | undefined) => void;
  #newest: Version = '0';

  constructor(changed: (old: Resource | undefined, changed: Resource | undefined) => void) {
    this.#changed = changed;
  }

  get newest(): Version {
    return this.#newest;
  }

  get(key: Key): Resource | undefined {
    return this.#namespaces.get(key.namespace)?.get(key.name);
  }

  list(namespace: string): Resource[] {
    return [...(this.#namespaces.get(namespace)?.values() ?? [])];
  }

  ownedBy(uid: string): Resource[] {
    return [...(this.#owned.get(uid) ?? [])];
  }

  all(): Resource[] {
    return [...this.#namespaces.values()].flatMap((objects) => [...objects.values()]);
  }

  apply(object: Resource): void {
    this.#see(versionOf(object));
    this.#put(object, versionOf(object));
  }

  /** `version` is that of the deletion; undefined if nothing of this UID can come any more. */
  remove(object: Resource, version: Version | undefined): void {
    if (version !== undefined) this.#see(version);
    const cached = this.get(keyOf(object));
    const same = cached !== undefined && uidOf(cached) === uidOf(object);
    if (same && version !== undefined && compareVersions(versionOf(cached), version) > 0) return;
    this.#bury(uidOf(object), version);
    if (same) this.#drop(cached);
  }

  replace(list: List<Resource>, newestBefore: Version): void {
    const restored = compareVersions(list.resourceVersion, newestBefore) < 0;
    if (restored) {
      this.#tombstones.clear();
      this.#newest = list.resourceVersion;
    }
    const listed = new Set(list.items.map(uidOf));
    for (const cached of this.all()) {
      const covered = restored || compareVersions(versionOf(cached), list.resourceVersion) <= 0;
      if (covered && !listed.has(uidOf(cached))) {
        if (!restored) this.#bury(uidOf(cached), list.resourceVersion);
        this.#drop(cached);
      }
    }
    for (const item of list.items) this.#put(item, list.resourceVersion);
    this.#see(list.resourceVersion);
  }

  /** Stores what was true at `version`, unless something newer is known. */
  #put(object: Resource, version: Version): void {
    const cached = this.get(keyOf(object));
    if (this.#isBuried(object, version)) return;
    if (cached !== undefined) {
      if (isSame(cached, object) || compareVersions(versionOf(cached), version) > 0) return;
      if (uidOf(cached) !== uidOf(object)) this.#bury(uidOf(cached), undefined);
    }
    this.#tombstones.delete(uidOf(object));
    this.#set(cached, object);
  }

  #isBuried(object: Resource, version: Version): boolean {
    if (!this.#tombstones.has(uidOf(object))) return false;
    const deletion = this.#tombstones.get(uidOf(object));
    return deletion === undefined || compareVersions(version, deletion) < 0;
  }

  #bury(uid: string, deletion: Version | undefined): void {
    const before = this.#tombstones.get(uid);
    this.#tombstones.delete(uid);
    this.#tombstones.set(uid, deletion === undefined ? undefined : later(before ?? '0', deletion));
    if (this.#tombstones.size <= tombstonesKept) return;
    const oldest = this.#tombstones.keys().next();
    if (!oldest.done) this.#tombstones.delete(oldest.value);
  }

  #set(old: Resource | undefined, object: Resource): void {
    const { namespace, name } = keyOf(object);
    if (old !== undefined) this.#disown(old);
    const objects = this.#namespaces.get(namespace) ?? new Map<string, Resource>();
    this.#namespaces.set(namespace, objects.set(name, object));
    const owner = ownerOf(object);
    if (owner !== undefined) this.#owned.set(owner, (this.#owned.get(owner) ?? new Set()).add(object));
    this.#changed(old, object);
  }

  #drop(object: Resource): void {
    const { namespace, name } = keyOf(object);
    const objects = this.#namespaces.get(namespace);
    objects?.delete(name);
    if (objects?.size === 0) this.#namespaces.delete(namespace);
    this.#disown(object);
    this.#changed(object, undefined);
  }

  #disown(object: Resource): void {
    const owner = ownerOf(object);
    if (owner === undefined) return;
    const siblings = this.#owned.get(owner);
    siblings?.delete(object);
    if (siblings?.size === 0) this.#owned.delete(owner);
  }

  #see(version: Version): void {
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

function ownerOf(object: Resource): string | undefined {
  return object.metadata?.ownerReferences?.find((owner) => owner.controller === true)?.uid;
}
