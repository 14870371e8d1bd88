import { grouped } from './decimal.ts';

/** What is read out of the requests of one revision. */
export interface Figures {
  /** Absent: no request says anything. */
  readonly value: number | undefined;
  /** The value is above it; how far is not known, since nobody waited for it. */
  readonly atLeast?: boolean;
  /** How many requests the value rests on. */
  readonly samples: number;
  /** Between these the value lies, but for a chance that hardly ever comes. */
  readonly least: number;
  readonly most: number;
  /** The value if those that still wait come to the worst. Absent if that changes nothing. */
  readonly worst?: number;
  /** What the value does not show, as a clause: "3 more wait for an answer". */
  readonly aside?: string;
}

/** How many standard deviations chance is granted on each side: a rollout looks often, and rejects for good. */
export const chance = 3;

/** Fewer than this share of what was seen are not worth a word, which would come and go. */
const worthAWord = 0.01;

/** Clauses about some of the requests, or about more than the value counts, beside so many samples. */
export function asideOf(
  samples: number,
  about: readonly (readonly [count: number, what: string])[],
): { aside?: string } {
  const told = about
    .filter(([count]) => count > worthAWord * (samples + count))
    .map(([count, what]) => `${grouped(Math.ceil(count))} ${what}`);
  return told.length === 0 ? {} : { aside: told.join(' and ') };
}
