import { describe, expect, it } from '@jest/globals';
import { agesOf } from './ages.ts';
import type { Ages } from './ages.ts';
import { onlyAbove, quantileOf, withBound } from './survival.ts';

const bounds = [0.01, 0.05, 0.1, 0.5, 1, 2, 3, 5, 120, Infinity];

/** A histogram of these ages. */
const ages = (...all: readonly (readonly [age: number, count: number])[]): Ages =>
  agesOf(
    bounds.map((bound) => ({
      labels: { le: bound === Infinity ? '+Inf' : String(bound) },
      value: all.reduce((sum, [age, count]) => sum + (age <= bound ? count : 0), 0),
    })),
  );
const none = ages();

describe('A quantile of the time to finish', () => {
  it('is interpolated within its bucket where all finished, as histogram_quantile does', () => {
    const finished = ages([0.04, 100]);
    expect(quantileOf(0.5, { finished, unfinished: [none] })).toEqual({ value: 0.03, atLeast: false });
    expect(quantileOf(1, { finished, unfinished: [] })).toEqual({ value: 0.05, atLeast: false });
  });

  it('is unknown of nothing', () => {
    expect(quantileOf(0.5, { finished: none, unfinished: [none] })).toBeUndefined();
  });

  it.each([0.01, 0.5, 0.95, 0.999])('%d is at least the age at which all gave up', (quantile) => {
    expect(quantileOf(quantile, { finished: none, unfinished: [ages([2.01, 70])] })).toEqual({
      value: 2,
      atLeast: true,
    });
  });

  it('is at least that age if 40 of 100 hang, and what it was where enough finished', () => {
    const lives = { finished: ages([0.02, 60]), unfinished: [ages([2.01, 40])] };
    expect(quantileOf(0.95, lives)).toEqual({ value: 2, atLeast: true });
    expect(quantileOf(0.61, lives)).toEqual({ value: 2, atLeast: true });
    expect(quantileOf(0.6, lives)).toEqual({ value: 0.05, atLeast: false });
  });

  it('is not moved by clients that leave before they could have had an answer', () => {
    const lives = { finished: ages([0.4, 70]), unfinished: [ages([0.01, 30])] };
    expect(quantileOf(0.5, lives)?.value).toBeCloseTo(0.3);
    expect(quantileOf(0.99, lives)).toMatchObject({ atLeast: false });
  });

  it('is not moved beyond what enough of those that hang have reached', () => {
    const lives = { finished: ages([0.02, 94]), unfinished: [ages([2.01, 5], [60, 1])] };
    expect(quantileOf(0.95, lives)).toEqual({ value: 2, atLeast: true });
    expect(quantileOf(0.995, lives)).toEqual({ value: 5, atLeast: true });
  });

  it('counts the slow among those that stayed: half of them gave up just before', () => {
    const lives = { finished: ages([0.02, 80], [2.9, 10]), unfinished: [ages([1.9, 10])] };
    expect(quantileOf(0.85, lives)?.value).toBeGreaterThan(2);
  });

  it('beyond the last bound is at least that', () => {
    expect(quantileOf(0.9, { finished: ages([300, 10]), unfinished: [] })).toEqual({ value: 120, atLeast: true });
  });

  it('lies above the limit if all in flight are older than that, though the limit is no bound', () => {
    const limit = 2.5;
    const unfinished = [onlyAbove(ages([2.8, 50]), limit)];
    for (const quantile of [0.01, 0.5, 0.99]) {
      const found = quantileOf(quantile, { finished: withBound(none, limit), unfinished });
      expect(found).toEqual({ value: limit, atLeast: true });
    }
  });

  it('never falls when a quantile rises', () => {
    const lives = { finished: ages([0.02, 50], [0.9, 20], [2.5, 3]), unfinished: [ages([0.3, 9], [1.5, 12], [4, 2])] };
    const values = Array.from({ length: 101 }, (_, percent) => quantileOf(percent / 100, lives)?.value ?? NaN);
    expect(values).toEqual(values.toSorted((left, right) => left - right));
  });
});
