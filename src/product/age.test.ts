import { describe, expect, it } from '@jest/globals';
import { age } from './age.ts';

const now = new Date('2026-11-24T10:00:00Z');
const ago = (seconds: number) => age(new Date(now.getTime() - seconds * 1000).toISOString(), now);

describe('An age', () => {
  it('is told as kubectl tells it, ever less exactly', () => {
    const minute = 60;
    const hour = 60 * minute;
    const day = 24 * hour;
    expect([
      ago(0),
      ago(119),
      ago(2 * minute),
      ago(9 * minute + 59),
      ago(179 * minute),
      ago(3 * hour),
      ago(7 * hour + 59 * minute),
      ago(47 * hour),
      ago(2 * day + 3 * hour),
      ago(8 * day),
      ago(729 * day),
      ago(800 * day),
      ago(9 * 365 * day),
    ]).toEqual(['0s', '119s', '2m', '9m59s', '179m', '3h', '7h59m', '47h', '2d3h', '8d', '729d', '2y70d', '9y']);
  });

  it('is that of a time to come, too', () => {
    expect(age('2026-11-24T10:02:30Z', now)).toBe('2m30s');
  });

  it('is not told of a time that nobody knows', () => {
    expect([age(undefined, now), age('soon', now)]).toEqual([undefined, undefined]);
  });
});
