import { describe, expect, test } from '@jest/globals';
import { duration, milliseconds } from './duration.ts';

describe('durations', () => {
  test.each([
    ['0s', 0],
    ['500ms', 500],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['1m500ms', 60_500],
    ['168h', 604_800_000],
  ])('%s is %d milliseconds', (duration, want) => {
    expect(milliseconds(duration)).toBe(want);
  });

  test.each(['', '5', '1d', '-1s', '1.5h', '1h1h1h1h1h'])('"%s" is no duration', (duration) => {
    expect(milliseconds(duration)).toBeUndefined();
  });
});

describe('A time as a duration', () => {
  test.each([
    [0, '0s'],
    [-1, '0s'],
    [1_500, '1s500ms'],
    [90_000, '1m30s'],
    [3_600_000, '1h'],
  ])('%d milliseconds are %s', (time, want) => {
    expect(duration(time)).toBe(want);
    if (time > 0) expect(milliseconds(want)).toBe(time);
  });
});
