import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Signal } from '../api/types.ts';
import { rowsOf } from './rows.ts';
import { binning, observations } from './signal.ts';
import type { Binning } from './signal.ts';

const amount: Signal = { name: 'amount', from: 'Request', pointer: '/amount', type: 'Number' };
const country: Signal = { name: 'country', from: 'Request', pointer: '/country', type: 'Category' };
const deciles = { edges: ['10', '20', '30', '40', '50', '60', '70', '80', '90'] };
const shares = { categories: { DE: '0.6', FR: '0.3', Other: '0.1' } };

/** What a signal says about a body: how many rows fell into which bin, or were skipped for which reason. */
function counts(signal: Signal, bins: Binning | undefined, body: unknown): object {
  const seen = observations(signal, bins, { body, rows: rowsOf(body) });
  return Object.fromEntries([...seen.bins, ...seen.skipped]);
}

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
    expect(counts(amount, bins, { amount: value })).toEqual({ [want]: 1 });
  });

  it.each([['12'], [null], [true], [[1]], [{}]])('is not %j', (value) => {
    expect(counts(amount, bins, { amount: value })).toEqual({ WrongType: 1 });
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
    expect(counts(country, bins, { country: 'DE' })).toEqual({ DE: 1 });
    expect(counts(country, bins, { country: 'IT' })).toEqual({ Other: 1 });
  });

  it('adds the bin of all others to a profile that has none', () => {
    expect(binning(country, { categories: { DE: 1 } })?.bins).toEqual(['DE', 'Other']);
  });

  it('is compared by its text, since classes are often numbers or booleans', () => {
    const classes = binning(country, { categories: { '0': '0.5', '1': '0.4', true: '0.1' } });
    expect(counts(country, classes, { country: 1 })).toEqual({ '1': 1 });
    expect(counts(country, classes, { country: true })).toEqual({ true: 1 });
  });

  it('is never found in the prototype of an object', () => {
    expect(counts(country, bins, { country: 'constructor' })).toEqual({ Other: 1 });
  });

  it('is no list', () => {
    expect(counts(country, bins, { country: ['DE'] })).toEqual({ WrongType: 1 });
  });
});

describe('A signal', () => {
  it('without a profile, or with one of the other type, is skipped', () => {
    expect(counts(amount, binning(amount, undefined), { amount: 1 })).toEqual({ NoProfile: 1 });
    expect(counts(amount, binning(amount, shares), { amount: 1 })).toEqual({ NoProfile: 1 });
    expect(counts(country, binning(country, deciles), { country: 'DE' })).toEqual({ NoProfile: 1 });
  });

  it('whose pointer names nothing is skipped', () => {
    expect(counts(amount, binning(amount, deciles), { other: 1 })).toEqual({ Missing: 1 });
  });

  it('gives a bin or a reason for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (body, pointer) => {
        expect(Object.values(counts({ ...amount, pointer }, binning(amount, deciles), body))).toEqual([1]);
      }),
    );
  });
});

describe('A batch', () => {
  const first: Signal = { ...amount, pointer: '/inputs/0/data/0' };
  const bins = binning(first, deciles);
  const batch = (data: readonly unknown[]) => ({ inputs: [{ name: 'x', shape: [data.length], data }] });

  it('counts each row by itself, those without a value as well', () => {
    expect(counts(first, bins, batch([1, 2, 'much', 1000, null]))).toEqual({ 0: 2, 9: 1, WrongType: 2 });
  });

  it('counts 64 rows, and the others as skipped', () => {
    const data = Array.from({ length: 100 }, () => 15);
    expect(counts(first, bins, batch(data))).toEqual({ 1: 64, TooManyRows: 36 });
    expect(counts(first, bins, batch(data.slice(0, 64)))).toEqual({ 1: 64 });
  });

  it('counts as many predictions for a signal that is in no row', () => {
    expect(counts({ ...amount, pointer: '/other' }, bins, batch([1, 2, 3]))).toEqual({ Missing: 3 });
    expect(counts(first, undefined, batch([1, 2, 3]))).toEqual({ NoProfile: 3 });
  });

  it('tells of so many rows at most that were too many', () => {
    const seen = observations(first, bins, { body: {}, rows: 1e9 });
    expect(seen.skipped.get('TooManyRows')).toBe(32 * 1024 - 64);
  });

  it('whose rows cannot be told apart is one prediction, which is skipped', () => {
    expect(counts(first, bins, { inputs: [{ name: 'x', shape: [2], data: [1, 2, 3] }] })).toEqual({ Batch: 1 });
  });
});
