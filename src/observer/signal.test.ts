import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Signal } from '../api/types.ts';
import { binning, isBatch, observation } from './signal.ts';

const amount: Signal = { name: 'amount', from: 'Request', pointer: '/amount', type: 'Number' };
const country: Signal = { name: 'country', from: 'Request', pointer: '/country', type: 'Category' };
const deciles = { edges: ['10', '20', '30', '40', '50', '60', '70', '80', '90'] };
const shares = { categories: { DE: '0.6', FR: '0.3', Other: '0.1' } };

describe('A number', () => {
  const bins = binning(amount, deciles);

  it.each([
    [-5, '0'],
    [10, '0'],
    [10.1, '1'],
    [55, '5'],
    [90, '8'],
    [91, '9'],
    [1e300, '9'],
  ])('of %s falls into bin %s: an edge belongs to the bin below it', (value, want) => {
    expect(observation(amount, bins, { amount: value })).toEqual({ bin: want });
  });

  it.each([['12'], [null], [true], [[1]], [{}]])('is not %j', (value) => {
    expect(observation(amount, bins, { amount: value })).toEqual({ skipped: 'WrongType' });
  });

  it('always falls into one of the bins that exist from the start', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(bins?.bins).toContain(bins?.binOf(value));
      }),
    );
  });
});

describe('A category', () => {
  const bins = binning(country, shares);

  it('has a bin for each name of the profile and one for all others', () => {
    expect(bins?.bins).toEqual(['DE', 'FR', 'Other']);
    expect(observation(country, bins, { country: 'DE' })).toEqual({ bin: 'DE' });
    expect(observation(country, bins, { country: 'IT' })).toEqual({ bin: 'Other' });
  });

  it('adds the bin of all others to a profile that has none', () => {
    expect(binning(country, { categories: { DE: 1 } })?.bins).toEqual(['DE', 'Other']);
  });

  it('is compared by its text, since classes are often numbers or booleans', () => {
    const classes = binning(country, { categories: { '0': '0.5', '1': '0.4', true: '0.1' } });
    expect(observation(country, classes, { country: 1 })).toEqual({ bin: '1' });
    expect(observation(country, classes, { country: true })).toEqual({ bin: 'true' });
  });

  it('is never found in the prototype of an object', () => {
    expect(observation(country, bins, { country: 'constructor' })).toEqual({ bin: 'Other' });
  });

  it('is no list', () => {
    expect(observation(country, bins, { country: ['DE'] })).toEqual({ skipped: 'WrongType' });
  });
});

describe('A signal', () => {
  it('without a profile, or with one of the other type, is skipped', () => {
    expect(observation(amount, binning(amount, undefined), { amount: 1 })).toEqual({ skipped: 'NoProfile' });
    expect(observation(amount, binning(amount, shares), { amount: 1 })).toEqual({ skipped: 'NoProfile' });
    expect(observation(country, binning(country, deciles), { country: 'DE' })).toEqual({ skipped: 'NoProfile' });
  });

  it('whose pointer names nothing is skipped', () => {
    expect(observation(amount, binning(amount, deciles), { other: 1 })).toEqual({ skipped: 'Missing' });
  });

  it('gives a bin or a reason for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (body, pointer) => {
        const seen = observation({ ...amount, pointer }, binning(amount, deciles), body);
        expect('bin' in seen || 'skipped' in seen).toBe(true);
        isBatch(body);
      }),
    );
  });
});

describe('A batch', () => {
  it('is a body whose first tensor has more than one row', () => {
    expect(isBatch({ inputs: [{ name: 'x', shape: [2, 30], data: [] }] })).toBe(true);
    expect(isBatch({ outputs: [{ name: 'y', shape: [2], data: [] }] })).toBe(true);
    expect(isBatch({ inputs: [{ name: 'x', shape: [1, 30], data: [] }] })).toBe(false);
  });

  it('is no body of another protocol', () => {
    expect(isBatch({ inputs: 'text' })).toBe(false);
    expect(isBatch([1, 2, 3])).toBe(false);
    expect(isBatch(null)).toBe(false);
  });
});
