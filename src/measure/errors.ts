import { highestLatency } from '../api/observer.ts';
import { oldest, olderThan } from './ages.ts';
import { asideOf, chance } from './figures.ts';
import type { Figures } from './figures.ts';
import type { Seconds } from './queries.ts';
import type { Seen } from './seen.ts';

/** Whoever waits for longer has given up on an answer, unless the object declares how long one may take. */
const shortestWait: Seconds = 1;

/**
 * The share of errors: answers of 500 and above, requests that clients gave up on after more than the bound, and those that wait for longer
 * than any answer may take. Who left earlier says nothing, neither good nor bad.
 */
export function errorFigures(seen: Seen, patience: Seconds | undefined): Figures {
  const { codes, finished, givenUp, brokenOff, waiting } = seen;
  const bound = patience ?? shortestWait;
  const ended = [...codes].filter(([code]) => code !== 499);
  const failed = ended.filter(([code]) => code >= 500);
  const abandoned = olderThan(givenUp, bound);
  const stuck = olderThan(waiting, patience ?? highestLatency);
  const errors = sum(failed) + abandoned + stuck;
  const samples = sum(ended) + brokenOff.total + abandoned + stuck;
  // What waits for longer than all that were answered is more than slow; but it may still be answered.
  const doubtful = Math.max(0, olderThan(waiting, Math.max(bound, oldest(finished))) - stuck);
  const share = samples > 0 ? errors / samples : undefined;
  const spread = chance * Math.sqrt(((share ?? 0) * (1 - (share ?? 0))) / Math.max(1, samples));
  return {
    value: share,
    samples,
    least: (share ?? 0) - spread,
    most: (share ?? 0) + spread,
    ...(doubtful > 0 && { worst: (errors + doubtful) / (samples + doubtful) }),
    ...asideOf(samples, [
      [abandoned + stuck, `of them had no answer within ${bound}s`],
      [givenUp.total - abandoned, `more left within ${bound}s without an answer`],
      [olderThan(waiting, bound) - stuck, `more wait for an answer for longer than ${bound}s`],
    ]),
  };
}

function sum(counts: readonly (readonly [code: number, count: number])[]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}
