import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changedBetween, fingerprintOf, isWhole, refuseStrange, unseenFor } from './listing.ts';

const entry = (path: string, size = 1, modified = '2026-11-30T00:00:00Z') => ({ path, size, modified });

describe('A listing', () => {
  it.each(['a\nb', 'a\rb', 'a\\b', '../a', 'a/../b', 'a/./b', '/a', 'a/', 'a//b', '', '.', '-n', 'a\uFFFD', 'a\0b'])(
    'is refused with the name %j',
    (path) => {
      expect(() => refuseStrange([entry('fine'), entry(path)], 's3://b/c')).toThrow('in s3://b/c');
    },
  );

  it('is refused where an object is also a folder, or there twice', () => {
    expect(() => refuseStrange([entry('a/b/c'), entry('a/b')], 's3://b/c')).toThrow(
      '"a/b" in s3://b/c is an object and',
    );
    expect(() => refuseStrange([entry('a'), entry('a')], 's3://b/c')).toThrow('"a" is twice');
    expect(() =>
      refuseStrange([entry('a b'), entry('ä/-x'), entry('a/...'), entry('#'), entry('a/b')], ''),
    ).not.toThrow();
  });

  it('is another one if anything in it is, and the same in any order', () => {
    const entries = [entry('a'), entry('b'), entry('c')];
    const others = [
      [entry('a'), entry('b')],
      [entry('a'), entry('b'), entry('c', 2)],
      [entry('a'), entry('b'), entry('c', 1, '2026-11-30T00:00:01Z')],
      [entry('a'), entry('b'), { ...entry('c'), hash: 'x' }],
      [...entries, entry('d')],
    ];
    for (const other of others) {
      expect(changedBetween(entries, other)).toHaveLength(1);
      expect(fingerprintOf('u', other)).not.toBe(fingerprintOf('u', entries));
    }
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: 3 }), (shuffled) => {
        expect(changedBetween(entries, shuffled)).toEqual([]);
        expect(fingerprintOf('u', shuffled)).toBe(fingerprintOf('u', entries));
      }),
    );
  });

  it('can be written to unseen for as long as a file without a hash has the time of now', () => {
    const now = Date.parse('2026-11-30T12:00:00Z');
    const at = (modified: string) => [entry('old'), entry('a', 1, modified)];
    expect(unseenFor(at('2026-11-30T11:59:58Z'), now)).toBe(0);
    expect(unseenFor(at('2026-11-30T11:59:59Z'), now)).toBe(1_000);
    expect(unseenFor(at('Mon, 30 Nov 2026 11:59:59 GMT'), now)).toBe(1_000);
    // The clock of the store is wrong: it is not waited for.
    expect(unseenFor(at('2026-11-30T18:00:00Z'), now)).toBe(2_000);
    expect(unseenFor(at(''), now)).toBe(0);
    expect(unseenFor([{ ...entry('a', 1, '2026-11-30T12:00:00Z'), hash: 'x' }], now)).toBe(0);
    expect(unseenFor([], now)).toBe(0);
  });

  it('is in a folder with the same files of the same sizes alone', () => {
    const file = (path: string, size = 1) => ({ path, size, changed: 0, modified: 0 });
    expect(isWhole([entry('a'), entry('b', -1)], [file('a'), file('b', 7)])).toBe(true);
    expect(isWhole([entry('a'), entry('b')], [file('a')])).toBe(false);
    expect(isWhole([entry('a')], [file('a'), file('b')])).toBe(false);
    expect(isWhole([entry('a')], [file('a', 2)])).toBe(false);
    expect(isWhole([entry('a'), entry('b')], [file('a'), file('c')])).toBe(false);
  });
});
