import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countsAt, effectiveSteps, weightReached } from './pods.ts';

describe('Weights by numbers of pods', () => {
  it.each([
    [4, 25, { candidate: 1, stable: 3 }],
    [4, 50, { candidate: 2, stable: 2 }],
    [10, 5, { candidate: 1, stable: 9 }],
    [100, 5, { candidate: 5, stable: 95 }],
    [1, 50, { candidate: 1, stable: 1 }],
    [2, 99, { candidate: 2, stable: 1 }],
    [0, 50, { candidate: 0, stable: 0 }],
  ])('%d replicas at weight %d are %j', (replicas, weight, want) => {
    expect(countsAt(replicas, weight)).toEqual(want);
  });

  it('both revisions have a pod and together carry the load, at any capacity above 0', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 99 }), (replicas, weight) => {
        const { candidate, stable } = countsAt(replicas, weight);
        expect(Math.min(candidate, stable)).toBeGreaterThanOrEqual(1);
        expect(candidate + stable).toBeGreaterThanOrEqual(replicas);
      }),
    );
  });

  it('the weight reached is the share of the pods that are ready', () => {
    expect(weightReached({ candidate: 1, stable: 4 })).toBe(20);
    expect(weightReached({ candidate: 1, stable: 3 })).toBe(25);
    expect(weightReached({ candidate: 0, stable: 0 })).toBe(0);
  });
});

describe('Steps at a capacity', () => {
  const steps = [
    { weight: 5, hold: '10m' },
    { weight: 25, hold: '1m' },
    { weight: 50, hold: '5m' },
  ];

  it('neighbours with equal counts are one step, which holds for the longest of their times', () => {
    expect(effectiveSteps(steps, 4)).toEqual([
      { last: 1, weight: 25, hold: 600_000, counts: { candidate: 1, stable: 3 } },
      { last: 2, weight: 50, hold: 300_000, counts: { candidate: 2, stable: 2 } },
    ]);
  });

  it('one replica leaves one step', () => {
    expect(effectiveSteps(steps, 1)).toHaveLength(1);
  });

  it('at a high capacity every step is its own', () => {
    expect(effectiveSteps(steps, 100).map(({ counts }) => counts.candidate)).toEqual([5, 25, 50]);
  });
});
