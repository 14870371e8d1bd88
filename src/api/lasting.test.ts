import { describe, expect, test } from '@jest/globals';
import { lasting } from './lasting.ts';

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
