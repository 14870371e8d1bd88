import { describe, expect, it } from '@jest/globals';
import type { Kind, Resource } from '../api/resource.ts';
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
