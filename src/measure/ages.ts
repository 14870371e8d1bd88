import type { Sample } from './prometheus.ts';

/** How old requests were, as far as a histogram tells. */
export interface Ages {
  /** Ascending, in seconds; the last may be infinite. */
  readonly bounds: readonly number[];
  readonly total: number;
  /** How many were not older; between two bounds they are taken to be spread evenly. */
  upTo(age: number): number;
}

/** By the buckets of an answer, of those with these labels. */
export function agesOf(answer: readonly Sample[] = [], labels: Readonly<Record<string, string>> = {}): Ages {
  const buckets = answer
    .filter((sample) => Object.entries(labels).every(([name, value]) => sample.labels[name] === value))
    .map((sample) => ({ bound: boundOf(sample), count: sample.value }))
    .filter(({ bound }) => !Number.isNaN(bound))
    .toSorted((left, right) => left.bound - right.bound);
  let highest = 0;
  // Scrapes of several pods do not come together, so that a sum may fall from one bound to the next.
  const rising = buckets.map(({ bound, count }) => ({ bound, count: (highest = Math.max(highest, count)) }));
  return {
    bounds: rising.map(({ bound }) => bound),
    total: highest,
    upTo(age) {
      const index = rising.findIndex(({ bound }) => age <= bound);
      const upper = rising[index];
      if (upper === undefined) return highest;
      const lower = rising[index - 1] ?? { bound: 0, count: 0 };
      // Above the last finite bound nothing is known but that it is above.
      if (upper.bound === Infinity) return age === Infinity ? upper.count : lower.count;
      const share = upper.bound > lower.bound ? (age - lower.bound) / (upper.bound - lower.bound) : 1;
      return lower.count + (upper.count - lower.count) * share;
    },
  };
}

/** How many were older. */
export function olderThan(ages: Ages, age: number): number {
  return Math.max(0, ages.total - ages.upTo(age));
}

/** The age that none exceeded; 0 if there are none. */
export function oldest(ages: Ages): number {
  const { bounds, total } = ages;
  return total > 0 ? (bounds.find((bound) => ages.upTo(bound) >= total) ?? Infinity) : 0;
}

function boundOf({ labels }: Sample): number {
  return labels['le'] === '+Inf' ? Infinity : Number(labels['le'] ?? NaN);
}
