import { describe, expect, it } from '@jest/globals';
import { widgets } from '../../test/builders/apiserver.ts';
import { Caches } from './caches.ts';

const nothing = () => Promise.resolve(undefined);

describe('The caches', () => {
  it('are one where all namespaces are watched', () => {
    const caches = new Caches(nothing);
    expect(caches.of('here')).toBe(caches.of('there'));
    expect(caches.all.map(({ namespace }) => namespace)).toEqual([undefined]);
  });

  it('are one for each namespace that is watched, where a kind is hidden by itself, and none for others', () => {
    const caches = new Caches(nothing, ['here', 'there']);
    for (const cache of caches.all) cache.add(widgets);
    caches.of('here').hide({ type: 'UnservedKind', kind: widgets, cause: 'Forbidden', message: 'no' });
    expect(caches.of('here').isServed(widgets)).toBe(false);
    expect(caches.of('there').isServed(widgets)).toBe(true);
    expect(() => caches.of('elsewhere')).toThrow('the namespace elsewhere is not watched');
  });
});
