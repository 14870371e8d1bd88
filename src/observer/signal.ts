import type { FeatureProfile, Signal } from '../api/types.ts';
import { valueAt } from './pointer.ts';

/** What one signal says about one prediction: the bin it falls into, or why it was passed over. */
export type Observation = { readonly bin: string } | { readonly skipped: SkipReason };

export type SkipReason =
  | 'Batch' /* more than one row: whose value would it be */
  | 'Busy' /* too many bodies wait to be parsed */
  | 'Encoded' /* content-encoding, such as gzip */
  | 'Failed' /* the server did not answer with 2xx, so there was no prediction */
  | 'Malformed' /* says that it is JSON, but is not */
  | 'Missing' /* the pointer names nothing */
  | 'NoProfile' /* the training reported none of the signal's type */
  | 'NotJSON'
  | 'Streamed' /* server-sent events or JSON lines */
  | 'TooLarge'
  | 'WrongType';

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

/** The observation of a signal in a parsed body. */
export function observation(signal: Signal, bins: Binning | undefined, body: unknown): Observation {
  if (bins === undefined) return { skipped: 'NoProfile' };
  const value = valueAt(body, signal.pointer);
  if (value === undefined) return { skipped: 'Missing' };
  const bin = bins.binOf(value);
  return bin === undefined ? { skipped: 'WrongType' } : { bin };
}

/** Whether a body of the Open Inference Protocol holds more than one row: the first dimension of its first tensor. */
export function isBatch(body: unknown): boolean {
  const rows = valueAt(body, '/inputs/0/shape/0') ?? valueAt(body, '/outputs/0/shape/0');
  return typeof rows === 'number' && rows > 1;
}
