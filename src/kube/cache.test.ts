import { describe, expect, it } from '@jest/globals';
import type { Kind, Resource } from '../api/resource.ts';
import type { Reader } from '../controller.ts';
import { Cache } from './cache.ts';

interface Leaf extends Resource {
  readonly twigs: readonly string[];
}

const twigs: Kind = { apiVersion: 'test.dev/v1', kind: 'Twig', plural: 'twigs' };
const boughs: Kind = { apiVersion: 'test.dev/v1', kind: 'Bough', plural: 'boughs' };
const leaves: Kind<Leaf> = {
  apiVersion: 'test.dev/v1',
  kind: 'Leaf',
  plural: 'leaves',
  references: (leaf) => leaf.twigs.map((name) => ({ kind: twigs, name })),
};

function leaf(name: string, namespace: string, ...named: string[]): Leaf {
  const metadata = { name, namespace, uid: `${namespace}/${name}`, resourceVersion: '1' };
  return { apiVersion: 'test.dev/v1', kind: 'Leaf', metadata, twigs: named };
}

describe('A cache', () => {
  const cache = new Cache(() => Promise.resolve(undefined));
  cache.add(leaves);
  cache.applied(leaves, leaf('one', 'north', 'long', 'short'));
  cache.applied(leaves, leaf('other', 'north', 'long'));
  cache.applied(leaves, leaf('one', 'south', 'long'));

  it.each([
    ['that several name', twigs, 'north', 'long', ['one', 'other']],
    ['of another namespace', twigs, 'south', 'long', ['one']],
    ['that nobody names', twigs, 'south', 'short', []],
    ['of another kind with that name', boughs, 'north', 'long', []],
  ])('finds those that refer to an object %s', (_, kind, namespace, name, want) => {
    expect(cache.referring(leaves, kind, { namespace, name }).map(({ metadata }) => metadata?.name)).toEqual(want);
  });

  it('does not let a kind be read that nobody watches', () => {
    expect(() => cache.referring(twigs, leaves, { namespace: 'north', name: 'one' })).toThrow('not watched');
  });
});

describe('A GET of what is cached', () => {
  const key = { namespace: 'north', name: 'one' };
  const cached = leaf('one', 'north');

  function cacheWith(answer: () => Leaf | undefined): Cache {
    const cache = new Cache((() => Promise.resolve(answer())) as Reader['live']);
    cache.add(leaves);
    cache.applied(leaves, cached);
    return cache;
  }

  it.each([
    ['nothing', undefined],
    ['another object of its name', { ...cached, metadata: { ...cached.metadata, uid: 'other' } }],
  ])('that finds %s removes it, and no late frame brings it back', async (_, answer) => {
    const cache = cacheWith(() => answer);
    expect(await cache.live(leaves, key)).toBe(answer);
    expect(cache.get(leaves, key)).toBeUndefined();
    cache.follow(leaves, {
      type: 'MODIFIED',
      object: { ...cached, metadata: { ...cached.metadata, resourceVersion: '2' } },
    });
    expect(cache.get(leaves, key)).toBeUndefined();
  });

  it('that finds it changes nothing', async () => {
    const cache = cacheWith(() => cached);
    await cache.live(leaves, key);
    expect(cache.get(leaves, key)).toBe(cached);
  });

  it('says nothing about what came after it was sent', async () => {
    const later = { ...cached, metadata: { ...cached.metadata, uid: 'later', resourceVersion: '3' } };
    const cache: Cache = cacheWith(() => {
      cache.follow(leaves, {
        type: 'DELETED',
        object: { ...cached, metadata: { ...cached.metadata, resourceVersion: '2' } },
      });
      cache.follow(leaves, { type: 'ADDED', object: later });
      return undefined;
    });
    await cache.live(leaves, key);
    expect(cache.get(leaves, key)).toBe(later);
  });
});

describe('A kind that is not served', () => {
  function cacheWithout(cause: 'Absent' | 'Forbidden') {
    const cache = new Cache(() => Promise.resolve(undefined));
    cache.add(leaves);
    cache.applied(leaves, leaf('one', 'north'));
    const seen: string[] = [];
    cache.subscribe(leaves, () => seen.push(cache.isServed(leaves) ? 'changed' : 'changed while hidden'));
    cache.subscribeServed(({ plural }) => seen.push(`${plural} ${cache.isServed(leaves) ? 'shown' : 'hidden'}`));
    const hide = (message: string) => cache.hide({ type: 'UnservedKind', kind: leaves, cause, message });
    return { cache, seen, hide };
  }

  it.each([
    ['Absent', 0, ['changed while hidden', 'leaves hidden', 'leaves shown']],
    ['Forbidden', 1, ['leaves hidden', 'leaves shown']],
  ] as const)('that is %s leaves %d of its objects, and is told before they go', (cause, wantLeft, wantSeen) => {
    const { cache, seen, hide } = cacheWithout(cause);
    hide('no');
    expect(cache.keys(leaves)).toHaveLength(wantLeft);
    cache.show(leaves);
    expect(seen).toEqual(wantSeen);
  });

  it('is news only once, but is news again in other words', () => {
    const { cache, hide } = cacheWithout('Forbidden');
    expect([hide('no'), hide('no'), hide('never')]).toEqual([true, false, true]);
    expect([cache.show(leaves), cache.show(leaves)]).toEqual([true, false]);
  });
});
