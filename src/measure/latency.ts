import { highestLatency } from '../api/observer.ts';
import { olderThan } from './ages.ts';
import { asideOf, chance } from './figures.ts';
import type { Figures } from './figures.ts';
import type { Seconds } from './queries.ts';
import type { Seen } from './seen.ts';
import { onlyAbove, quantileOf, withBound } from './survival.ts';
import type { Quantile } from './survival.ts';

/**
 * A quantile of the time after which requests have finished. Who left counts at the age at which that was, and what is in flight at its age once that
 * exceeds the limit: it has taken at least as long.
 */
export function latencyFigures(seen: Seen, quantile: number, limit: Seconds = highestLatency): Figures {
  const { finished, givenUp, brokenOff, waiting, answering } = seen;
  const running = [waiting, answering].map((ages) => onlyAbove(ages, limit));
  const unfinished = [givenUp, brokenOff, ...running].map((ages) => withBound(ages, limit));
  const at = (share: number) => quantileOf(share, { finished: withBound(finished, limit), unfinished });
  const late = running.reduce((sum, { total }) => sum + total, 0);
  const samples = finished.total + olderThan(givenUp, limit) + brokenOff.total + late;
  const spread = chance * Math.sqrt((quantile * (1 - quantile)) / Math.max(1, samples));
  const found = at(quantile);
  return {
    value: found?.value,
    samples,
    least: at(Math.max(0, quantile - spread))?.value ?? 0,
    most: bounded(at(Math.min(1, quantile + spread))),
    ...(found?.atLeast === true && { atLeast: true, worst: Infinity }),
    ...asideOf(samples, [[givenUp.upTo(limit), `more left within ${limit}s without an answer`]]),
  };
}

function bounded(quantile: Quantile | undefined): number {
  return quantile === undefined || quantile.atLeast ? Infinity : quantile.value;
}
