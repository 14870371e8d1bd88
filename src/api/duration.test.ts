import { describe, expect, test } from '@jest/globals';
import { milliseconds } from './duration.ts';

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
