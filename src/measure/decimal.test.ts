import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimal, grouped, rounded } from './decimal.ts';

describe('A decimal', () => {
  it.each([
    [0, '0'],
    [0.2, '0.2'],
    [1 / 3, '0.333333'],
    [0.000012345678, '0.0000123457'],
    [4200, '4200'],
    [-1.5, '-1.5'],
    [123456.789, '123457'],
    [1e-30, '0'],
  ])('of %s is %s', (value, want) => {
    expect(decimal(value)).toBe(want);
  });

  it('fits into a status for any number of a size that occurs', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (value) => {
        expect(decimal(value)).toMatch(/^-?[0-9]{1,16}(\.[0-9]{1,15})?$/);
      }),
    );
  });

  it('is at most 32 characters for any number at all', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(decimal(value).length).toBeLessThanOrEqual(32);
      }),
    );
  });
});

describe('For people', () => {
  it('numbers have three significant digits', () => {
    expect([1.3149, 0.04567, 1234.5].map(rounded)).toEqual(['1.31', '0.0457', '1230']);
  });

  it('counts have their thousands apart', () => {
    expect([0, 999, 4200, 1234567].map(grouped)).toEqual(['0', '999', '4,200', '1,234,567']);
  });
});
