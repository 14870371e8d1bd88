import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from '../api/resource.ts';
import { compareVersions, Store } from './store.ts';

type Seen = readonly [old: Resource | undefined, changed: Resource | undefined];

function object(name: string, uid: string, version: number, more: object = {}): Resource {
  return {
    apiVersion: 'test.dev/v1',
    kind: 'Widget',
    metadata: { namespace: 'here', name, uid, resourceVersion: String(version), ...more },
  };
}

function newStore() {
  const seen: Seen[] = [];
  return { store: new Store((old, changed) => seen.push([old, changed])), seen };
}

const versionOf = (store: Store, name = 'a') =>
  store.get({ namespace: 'here', name })?.metadata?.resourceVersion ?? 'absent';

const list = (version: number, ...items: Resource[]) => ({ items, resourceVersion: String(version) });

describe('A store', () => {
  it('keeps the newer of two versions, in whatever order they come', () => {
    const { store } = newStore();
    store.apply(object('a', '1', 12));
    store.follow('MODIFIED', object('a', '1', 9));
    expect(versionOf(store)).toBe('12');
  });

  it('does not bring back what was deleted when an older reply comes late', () => {
    const { store } = newStore();
    store.follow('ADDED', object('a', '1', 10));
    store.follow('DELETED', object('a', '1', 12));
    store.apply(object('a', '1', 11));
    expect(versionOf(store)).toBe('absent');
  });

  it('does not take in a late reply about an object that a list did not have any more', () => {
    const { store } = newStore();
    store.replace(list(12), '0');
    store.apply(object('a', '1', 11));
    expect(versionOf(store)).toBe('absent');
  });

  it('takes an object back that left the label selector and returned', () => {
    const { store } = newStore();
    store.follow('ADDED', object('a', '1', 10));
    store.follow('DELETED', object('a', '1', 12));
    store.follow('ADDED', object('a', '1', 13));
    expect(versionOf(store)).toBe('13');
  });

  it('keeps the object that was made anew under a deleted name', () => {
    const { store } = newStore();
    store.follow('ADDED', object('a', '1', 10));
    store.apply(object('a', '2', 14));
    store.follow('MODIFIED', object('a', '1', 11));
    store.follow('DELETED', object('a', '1', 12));
    expect(store.get({ namespace: 'here', name: 'a' })?.metadata?.uid).toBe('2');
  });

  it('does not bring back what another object of its name has replaced', () => {
    const { store } = newStore();
    store.apply(object('a', '1', 10));
    store.apply(object('a', '2', 13));
    store.bury(object('a', '2', 13));
    store.follow('MODIFIED', object('a', '1', 11));
    expect(versionOf(store)).toBe('absent');
    store.follow('DELETED', object('a', '1', 12));
    store.follow('ADDED', object('a', '3', 15));
    expect(versionOf(store)).toBe('15');
  });

  it('hides what an own delete removed until the watch knows of it', () => {
    const { store } = newStore();
    store.follow('ADDED', object('a', '1', 10));
    store.bury(object('a', '1', 10));
    store.follow('MODIFIED', object('a', '1', 11));
    store.replace(list(11, object('a', '1', 11)), '11');
    expect(versionOf(store)).toBe('absent');
    store.follow('DELETED', object('a', '1', 12));
    store.follow('ADDED', object('a', '2', 13));
    expect(versionOf(store)).toBe('13');
  });

  it('replaces by a list all that is not newer than the list', () => {
    const { store } = newStore();
    store.apply(object('gone', '1', 10));
    store.apply(object('ours', '2', 21));
    store.replace(list(20, object('listed', '3', 15)), '10');
    expect(['gone', 'ours', 'listed'].map((name) => versionOf(store, name))).toEqual(['absent', '21', '15']);
  });

  it('does not take an own write during the list for a restored etcd', () => {
    const { store } = newStore();
    const newestBefore = store.newest;
    store.apply(object('ours', '1', 21));
    store.replace(list(20), newestBefore);
    expect(versionOf(store, 'ours')).toBe('21');
  });

  it('believes a consistent list that is older than itself, since etcd was restored, and forgets its deletions', () => {
    const { store } = newStore();
    store.apply(object('a', '1', 50));
    store.apply(object('b', '2', 60));
    store.bury(object('b', '2', 60));
    store.replace(list(30, object('a', '1', 20), object('b', '2', 25)), store.newest);
    expect([versionOf(store, 'a'), versionOf(store, 'b'), store.newest]).toEqual(['20', '25', '30']);
  });

  it('tells subscribers what changed and nothing else', () => {
    const { store, seen } = newStore();
    const [first, second] = [object('a', '1', 10), object('a', '1', 11)];
    store.apply(first);
    store.follow('ADDED', object('a', '1', 10));
    store.replace(list(10, object('a', '1', 10)), '10');
    store.follow('MODIFIED', second);
    store.apply(object('a', '1', 11));
    store.follow('DELETED', object('a', '1', 12));
    expect(seen).toEqual([
      [undefined, first],
      [first, second],
      [second, undefined],
    ]);
  });

  it('finds objects by the UID of their controlling owner', () => {
    const { store } = newStore();
    const owned = (version: number, uid: string, controller: boolean) =>
      object('a', '1', version, { ownerReferences: [{ apiVersion: 'v1', kind: 'X', name: 'x', uid, controller }] });
    store.apply(owned(10, 'owner', true));
    expect(store.ownedBy('owner')).toHaveLength(1);
    store.apply(owned(11, 'other', true));
    expect([store.ownedBy('owner').length, store.ownedBy('other').length]).toEqual([0, 1]);
    store.apply(owned(12, 'other', false));
    expect(store.ownedBy('other')).toEqual([]);
  });

  it('finds objects by what they refer to, as they are now', () => {
    const store = new Store(
      () => undefined,
      ({ metadata }) => Object.keys(metadata?.labels ?? {}),
    );
    const naming = (version: number, ...labels: string[]) =>
      object('a', '1', version, { labels: Object.fromEntries(labels.map((label) => [label, ''])) });
    const found = () => ['x', 'y', 'z'].filter((name) => store.referring(name).length > 0);
    store.apply(naming(10, 'x', 'y'));
    expect(found()).toEqual(['x', 'y']);
    store.follow('MODIFIED', naming(11, 'y', 'z'));
    expect(found()).toEqual(['y', 'z']);
    store.follow('DELETED', naming(12, 'y', 'z'));
    expect(found()).toEqual([]);
  });

  it('orders versions as numbers', () => {
    expect(compareVersions('9', '10')).toBeLessThan(0);
    expect(compareVersions('90071992547409930', '90071992547409929')).toBeGreaterThan(0);
  });
});

/** One write of a simulated etcd: the object after it, or none after a delete. */
type Write = { readonly name: string; readonly uid: string; readonly deleted: boolean };

const names = ['a', 'b', 'c'];
const steps = fc.array(
  fc.record({
    name: fc.constantFrom(...names),
    action: fc.constantFrom('write', 'write', 'delete', 'own delete', 'watch', 'list', 'reply'),
  }),
  { maxLength: 60 },
);

interface Asked {
  readonly items: readonly Resource[];
  readonly version: number;
  readonly newestBefore: string;
}

/** Plays writes against a store that hears of them by a watch, by lists that take their time, and by late replies. */
class World {
  readonly store = new Store(() => undefined);
  readonly #history: Write[] = [];
  readonly #live = new Map<string, string>();
  readonly #replies: number[] = [];
  #watched = 0;
  #asked: Asked | undefined;

  play(action: string, name: string): void {
    if (action === 'write') this.#write(name, false);
    if (action.endsWith('delete') && this.#live.has(name)) this.#delete(name, action === 'own delete');
    if (action === 'watch' && this.#asked === undefined) this.#deliver();
    if (action === 'list') this.#list();
    if (action === 'reply') this.#reply();
  }

  finish(): void {
    if (this.#asked !== undefined) this.#list();
    while (this.#watched < this.#history.length) this.#deliver();
    while (this.#replies.length > 0) this.#reply();
  }

  want(): string[] {
    return [...this.#live].map(([name, uid]) => `${name} ${uid} ${this.#lastWrite(uid)}`).toSorted();
  }

  have(): string[] {
    return this.store
      .all()
      .map(({ metadata }) => `${metadata?.name} ${metadata?.uid} ${metadata?.resourceVersion}`)
      .toSorted();
  }

  /** The reflector does not watch while it lists: the first call sends the request, the second brings the answer. */
  #list(): void {
    if (this.#asked === undefined) {
      const items = [...this.#live].map(([name, uid]) => object(name, uid, this.#lastWrite(uid)));
      this.#asked = { items, version: this.#history.length, newestBefore: this.store.newest };
    } else {
      this.store.replace(list(this.#asked.version, ...this.#asked.items), this.#asked.newestBefore);
      this.#watched = this.#asked.version;
      this.#asked = undefined;
    }
  }

  #write(name: string, deleted: boolean): void {
    const uid = this.#live.get(name) ?? `${name}-${this.#history.length}`;
    this.#history.push({ name, uid, deleted });
    if (deleted) this.#live.delete(name);
    else this.#live.set(name, uid);
    if (!deleted) this.#replies.push(this.#history.length);
  }

  #delete(name: string, isOwn: boolean): void {
    const uid = this.#live.get(name);
    this.#write(name, true);
    const cached = this.store.get({ namespace: 'here', name });
    if (isOwn && cached !== undefined && cached.metadata?.uid === uid) this.store.bury(cached);
  }

  #deliver(): void {
    const write = this.#history[this.#watched];
    if (write === undefined) return;
    this.#watched += 1;
    this.store.follow(write.deleted ? 'DELETED' : 'MODIFIED', object(write.name, write.uid, this.#watched));
  }

  /** The reply to the last write that was not answered yet, so that older ones come late. */
  #reply(): void {
    const version = this.#replies.pop();
    const write = version === undefined ? undefined : this.#history[version - 1];
    if (version !== undefined && write !== undefined) this.store.apply(object(write.name, write.uid, version));
  }

  #lastWrite(uid: string): number {
    return this.#history.findLastIndex((write) => write.uid === uid) + 1;
  }
}

describe('Any interleaving of lists, watches, replies to own writes and own deletes', () => {
  it('ends with what the API server has', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = new World();
        for (const { action, name } of all) world.play(action, name);
        world.finish();
        expect(world.have()).toEqual(world.want());
      }),
      { numRuns: 2_000 },
    );
  });

  it('never shows an older state after a newer one, nor an object after its end', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const world = new World();
        const newest = new Map<string, number>();
        for (const { action, name } of all) {
          world.play(action, name);
          const shown = world.store.all();
          for (const { metadata } of shown) {
            const version = Number(metadata?.resourceVersion);
            expect(version).toBeGreaterThanOrEqual(newest.get(metadata?.uid ?? '') ?? 0);
            newest.set(metadata?.uid ?? '', version);
          }
          const uids = new Set(shown.map(({ metadata }) => metadata?.uid));
          for (const uid of newest.keys()) if (!uids.has(uid)) newest.set(uid, Infinity);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
