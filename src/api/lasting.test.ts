import { describe, expect, test } from '@jest/globals';
import { lasting, lastingBeside, roughly } from './lasting.ts';

const now = new Date('2026-11-24T12:00:00Z');
const ago = (milliseconds: number) => new Date(now.getTime() - milliseconds).toISOString();

describe('How long something lasts', () => {
  test.each([
    [0, undefined, 120_001],
    [120_000, undefined, 1],
    [120_001, 'for more than 2 minutes', 480_000],
    [600_001, 'for more than 10 minutes', 3_000_000],
    [3_600_001, 'for more than 1 hour', 82_800_000],
    [86_400_001, 'for more than 1 day', undefined],
  ])('is told in coarse steps, and when the next one comes: %s ms', (lasted, words, after) => {
    expect(lasting(ago(lasted), now)).toEqual({
      ...(words !== undefined && { words }),
      ...(after !== undefined && { after }),
    });
  });

  test('is not told where nobody knows since when', () => {
    expect(lasting(undefined, now)).toEqual({});
    expect(lasting('yesterday', now)).toEqual({});
  });
});

describe('How long something lasts beside what it usually takes', () => {
  const hour = 3_600_000;

  test.each([
    [hour, 1.4 * hour, undefined, 0.6 * hour + 1],
    [hour, 2 * hour + 1, 'more than 2 hours', 2 * hour],
    [hour, 5 * hour, 'more than 4 hours', 3 * hour + 1],
    [20_000, 120_000, undefined, 480_001],
    [20_000, 700_000, 'more than 10 minutes', 1_100_001],
    [undefined, 12 * hour, undefined, 12 * hour + 1],
    [undefined, 100 * hour, 'more than 4 days', 92 * hour + 1],
  ])('is told once it is much longer: %s ms, %s ms', (usual, lasted, words, after) => {
    expect(lastingBeside(usual, ago(lasted), now)).toEqual({ ...(words !== undefined && { words }), after });
  });
});

describe('A length', () => {
  test.each([
    [0, '1 second'],
    [45_400, '45 seconds'],
    [60_000, '1 minute'],
    [95_000, '95 seconds'],
    [3_500_000, '58 minutes'],
    [3_600_000, '1 hour'],
    [10_000_000, '3 hours'],
    [86_400_000, '1 day'],
    [400_000_000, '5 days'],
  ])('is said roughly: %s ms are %s', (time, words) => {
    expect(roughly(time)).toBe(words);
  });
});
