import type { Ages } from './ages.ts';

/** Requests that have finished, and those that somebody gave up on, or that still run. */
export interface Lives {
  readonly finished: Ages;
  readonly unfinished: readonly Ages[];
}

export interface Quantile {
  readonly value: number;
  /** Nothing is known above the value, only that the quantile is above it. */
  readonly atLeast: boolean;
}

/**
 * A quantile (0 to 1) of the time to finish, by Kaplan and Meier's estimate: who left at some age has not finished before, and says
 * nothing about later. So clients that leave before they could have had an answer move nothing, and those that leave a server which
 * hangs move the quantile beyond the age at which they left. Undefined if there is nothing.
 */
export function quantileOf(quantile: number, lives: Lives): Quantile | undefined {
  const stretches = stretchesOf(lives);
  let atRisk = [lives.finished, ...lives.unfinished].reduce((sum, { total }) => sum + total, 0);
  if (atRisk <= 0) return undefined;
  /** The share of all that has not finished yet. */
  let open = 1;
  for (const [index, { lower, upper, finished, left }] of stretches.entries()) {
    if (stretches.slice(index).every((later) => later.finished === 0)) {
      return { value: reachedBy((1 - quantile) / open, atRisk, stretches.slice(index)), atLeast: true };
    }
    // Who left within a stretch is taken to have left at its beginning.
    const stayed = atRisk - left;
    const after = stayed > 0 ? open * Math.max(0, 1 - finished / stayed) : open;
    if (finished > 0 && 1 - after >= quantile - rounding) {
      if (upper === Infinity) return { value: lower, atLeast: true };
      return { value: lower + (upper - lower) * shareOf(quantile - (1 - open), open - after), atLeast: false };
    }
    atRisk = Math.max(0, stayed - finished);
    open = after;
  }
  return { value: stretches.at(-1)?.lower ?? 0, atLeast: true };
}

const rounding = 1e-9;

/** The time between two bounds, with how many finished and left in it. */
interface Stretch {
  readonly lower: number;
  readonly upper: number;
  readonly finished: number;
  readonly left: number;
}

function stretchesOf({ finished, unfinished }: Lives): readonly Stretch[] {
  const bounds = [...new Set([finished, ...unfinished].flatMap((ages) => ages.bounds))].toSorted(
    (left, right) => left - right,
  );
  return bounds.map((upper, index) => {
    const lower = bounds[index - 1] ?? 0;
    const within = (ages: Ages) => Math.max(0, ages.upTo(upper) - ages.upTo(lower));
    const left = unfinished.reduce((sum, ages) => sum + within(ages), 0);
    return { lower, upper, finished: within(finished), left };
  });
}

/** The age that at least this share of those who are left to the end have reached. */
function reachedBy(share: number, atRisk: number, stretches: readonly Stretch[]): number {
  let remaining = atRisk;
  let reached = stretches[0]?.lower ?? 0;
  for (const { lower, left } of stretches) {
    if (remaining < share * atRisk - rounding || remaining < rounding) break;
    reached = lower;
    remaining -= left;
  }
  return reached;
}

function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 1;
}

/** The ages with one more bound, so that what is above it can be told from what is not. */
export function withBound(ages: Ages, bound: number): Ages {
  return { ...ages, bounds: [...new Set([...ages.bounds, bound])].toSorted((left, right) => left - right) };
}

/** Only those that are older than the bound. */
export function onlyAbove(ages: Ages, bound: number): Ages {
  const below = ages.upTo(bound);
  return {
    ...withBound(ages, bound),
    total: Math.max(0, ages.total - below),
    upTo: (age) => Math.max(0, ages.upTo(age) - below),
  };
}
