import { describe, expect, it } from '@jest/globals';
import { deviationsOf } from '../bench/scenarios/monitors.ts';
import { slope } from '../bench/statistics.ts';

describe('the slope of a series', () => {
  it.each([
    ['rises by what the line rises', [0, 3, 6, 9], 3],
    ['is nothing where values only swing', [5, 1, 1, 5], 0],
    ['falls where they fall', [4, 2, 0], -2],
  ])('%s', (_, values, want) => {
    expect(slope(values.map((y, x) => ({ x, y })))).toBeCloseTo(want);
  });
});

describe('the jitter of evaluations', () => {
  it('is how far the time between two of them is from the interval, either way', () => {
    expect(deviationsOf([0, 30_000, 60_200, 90_100], 30_000)).toEqual([0, 200, 100]);
  });

  it('takes questions that come together for one evaluation, in whatever order they came', () => {
    expect(deviationsOf([3, 0, 30_010, 30_000], 30_000)).toEqual([0]);
  });

  it('shows an evaluation that did not take place', () => {
    expect(deviationsOf([0, 60_000], 30_000)).toEqual([30_000]);
  });
});
