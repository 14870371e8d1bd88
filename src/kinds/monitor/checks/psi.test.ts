import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fewestSamples, populationStabilityIndex, smoothedShares } from './psi.ts';

const tenths = (counts: readonly number[]) => counts.map((count) => ({ expected: 1 / counts.length, count }));
const binsOf = (shares: readonly number[], counts: readonly number[]) =>
  smoothedShares(shares).map((expected, index) => ({ expected, count: counts[index] ?? 0 }));
const count = fc.nat({ max: 1_000_000 });

describe('The population stability index', () => {
  it('is 0 if the shares are those of the training data', () => {
    expect(populationStabilityIndex(tenths([70, 70, 70, 70, 70, 70, 70, 70, 70, 70]))).toBeCloseTo(0, 12);
  });

  it('of half the traffic moved from one half to the other is what the formula gives by hand', () => {
    const counts = [150, 50];
    const [q1, q2] = [150.5 / 201, 50.5 / 201];
    const want = (q1 - 0.5) * Math.log(q1 / 0.5) + (q2 - 0.5) * Math.log(q2 / 0.5);
    expect(populationStabilityIndex(tenths(counts))).toBeCloseTo(want, 12);
  });

  it('is finite where a bin is empty, on either side', () => {
    expect(populationStabilityIndex(tenths([0, 0, 0, 0, 0, 0, 0, 0, 0, 10_000]))).toBeLessThan(15);
    expect(Number.isFinite(populationStabilityIndex(binsOf([1, 0, 0], [0, 0, 5000])))).toBe(true);
  });

  it('is never negative and always finite', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), count), { minLength: 2, maxLength: 13 }),
        (bins) => {
          const index = populationStabilityIndex(
            binsOf(
              bins.map(([share]) => share),
              bins.map(([, n]) => n),
            ),
          );
          expect(index).toBeGreaterThanOrEqual(-1e-9);
          expect(Number.isFinite(index)).toBe(true);
        },
      ),
    );
  });

  it('does not depend on the order of the bins', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 2, maxLength: 10 }), (counts) => {
        const forwards = populationStabilityIndex(tenths(counts));
        expect(populationStabilityIndex(tenths(counts.toReversed()))).toBeCloseTo(forwards, 9);
      }),
    );
  });

  it('grows as traffic moves from one bin to another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 499 }), (moved) => {
        const shifted = (by: number) => populationStabilityIndex(tenths([500 - by, 500 + by, 500, 500]));
        expect(shifted(moved + 1)).toBeGreaterThan(shifted(moved));
      }),
    );
  });

  it('of equal distributions is mostly below a tenth of the limit once there are enough samples', () => {
    const n = fewestSamples(10, 0.2);
    const random = linearCongruential(7);
    const indices = Array.from({ length: 200 }, () => {
      const counts = Array.from({ length: 10 }, () => 0);
      for (let i = 0; i < n; i += 1) counts[Math.floor(random() * 10)]! += 1;
      return populationStabilityIndex(tenths(counts));
    });
    const mean = indices.reduce((sum, index) => sum + index, 0) / indices.length;
    expect(mean).toBeGreaterThan(0.01);
    expect(mean).toBeLessThan(0.03);
    expect(Math.max(...indices)).toBeLessThan(0.2);
  });
});

describe('Smoothed shares', () => {
  it('are positive and sum to 1, whatever was reported', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 13 }), (shares) => {
        const smoothed = smoothedShares(shares);
        expect(smoothed.every((share) => share > 0)).toBe(true);
        expect(smoothed.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('The fewest samples', () => {
  it('are ten times the noise over the limit', () => {
    expect(fewestSamples(10, 0.2)).toBe(450);
  });

  it('are never reached for a limit that is not positive', () => {
    expect([0, -1, NaN].map((limit) => fewestSamples(10, limit))).toEqual([Infinity, Infinity, Infinity]);
  });
});

function linearCongruential(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}
