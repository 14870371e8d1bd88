import type { FeatureProfile, Signal } from '../api/types.ts';
import type { BinaryTensors } from './binary.ts';
import { columnOf, mostClaimed, mostRows } from './rows.ts';
import type { SkipReason } from './skip.ts';

/** What one signal says about the predictions of one body: how many of them fell into each bin, and how many were passed over and why. */
export interface Observations {
  readonly bins: ReadonlyMap<string, number>;
  readonly skipped: ReadonlyMap<SkipReason, number>;
}

/** Puts values of one signal into the bins of its profile. */
export interface Binning {
  /** All bins there are, so that each can exist from the start. */
  readonly bins: readonly string[];
  /** The bin of a JSON value; undefined if the value is not of the signal's type. */
  binOf(value: unknown): string | undefined;
}

/** The bins of a signal, or undefined if its profile is missing or not of the signal's type. */
export function binning(signal: Signal, profile: FeatureProfile | undefined): Binning | undefined {
  if (signal.type === 'Number') return profile?.edges === undefined ? undefined : deciles(profile.edges.map(Number));
  return profile?.categories === undefined ? undefined : categories(Object.keys(profile.categories));
}

/** Bin i holds what is above edge i−1 and not above edge i: an edge is the largest value of its tenth. */
function deciles(edges: readonly number[]): Binning | undefined {
  if (!edges.every(Number.isFinite)) return undefined;
  return {
    bins: Array.from({ length: edges.length + 1 }, (_, index) => String(index)),
    binOf: (value) =>
      typeof value === 'number' && Number.isFinite(value)
        ? String(edges.filter((edge) => edge < value).length)
        : undefined,
  };
}

/** Labels of classes are often numbers or booleans in JSON; they are compared by their text. */
function categories(names: readonly string[]): Binning {
  const known = new Set(names);
  return {
    bins: [...new Set([...names, 'Other'])],
    binOf(value) {
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
      const name = String(value);
      return known.has(name) ? name : 'Other';
    },
  };
}

/** A parsed body, and how many predictions it holds. */
interface Rows {
  readonly body: unknown;
  readonly rows: number | undefined;
  readonly tensors?: BinaryTensors;
}

/**
 * What a signal says about the rows of a parsed body.
 * @param rows see `rowsOf`.
 */
export function observations(signal: Signal, bins: Binning | undefined, { body, rows, tensors }: Rows): Observations {
  const counts = { bins: new Map<string, number>(), skipped: new Map<SkipReason, number>() };
  const skip = (reason: SkipReason, many: number) => more(counts.skipped, reason, many);
  const seen = Math.min(rows ?? 1, mostRows);
  if (rows !== undefined && rows > seen) skip('TooManyRows', Math.min(rows, mostClaimed) - seen);
  const column = rows === undefined ? { skipped: 'Batch' as const } : columnOf(body, signal.pointer, { rows, tensors });
  if (bins === undefined) skip('NoProfile', seen);
  else if ('skipped' in column) skip(column.skipped, seen);
  else {
    for (let row = 0; row < seen; row += 1) {
      const value = column.valueIn(row);
      const bin = bins.binOf(value);
      if (bin !== undefined) more(counts.bins, bin, 1);
      else skip(value === undefined ? 'Missing' : 'WrongType', 1);
    }
  }
  return counts;
}

function more<K>(counts: Map<K, number>, key: K, many: number): void {
  counts.set(key, (counts.get(key) ?? 0) + many);
}
