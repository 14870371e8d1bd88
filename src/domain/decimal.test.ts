import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalText, scaled, unscaled } from './decimal.ts';

describe('A decimal', () => {
  it.each([
    [0.93, '0.93'],
    [-0, '0'],
    [1e-7, '0.0000001'],
    [0.1 + 0.2, '0.3'],
    [100, '100'],
    [1e15, undefined],
    [NaN, undefined],
    [Infinity, undefined],
    [1e-20, '0'],
    [-1e-20, '0'],
  ])('of %p is %p', (value, wantText) => {
    expect(decimalText(value)).toBe(wantText);
  });

  it('is compared by value, not as text', () => {
    expect(scaled('0.90')).toBe(scaled('0.9'));
    expect(scaled('10')! > scaled('9')!).toBe(true);
    expect(scaled('0.94')! - scaled('0.93')!).toBe(scaled('0.01'));
  });

  it('survives being scaled and back', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (whole, fraction) => {
        const text = `${whole}.${fraction}1`;
        expect(unscaled(scaled(text) ?? 0n)).toBe(text);
      }),
    );
  });
});
