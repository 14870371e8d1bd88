import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attemptName, versionNumber } from './versions.ts';

describe('The number of a version', () => {
  it.each([
    ['fraud-12', 12],
    ['fraud-x-12', 0],
    ['other-12', 0],
    ['fraud-', 0],
    [undefined, 0],
  ])('%s has number %d in the run fraud', (name, want) => {
    expect(versionNumber(name, 'fraud')).toBe(want);
  });

  it('is that of the attempt that it is named after', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 999_999 }), (run, number) => {
        expect(versionNumber(attemptName(run, number), run)).toBe(number);
      }),
    );
  });
});
