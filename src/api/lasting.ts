import type { Milliseconds } from './duration.ts';

/** How long something has lasted, in steps so coarse that a status which tells them is seldom written. */
export interface Lasting {
  /** "for more than 10 minutes"; undefined as long as it is not worth a word. */
  readonly words?: string;
  /** When the words become others; undefined if they stay. */
  readonly after?: Milliseconds;
}

const steps: readonly { readonly from: Milliseconds; readonly words: string }[] = [
  { from: 2 * 60_000, words: 'for more than 2 minutes' },
  { from: 10 * 60_000, words: 'for more than 10 minutes' },
  { from: 3_600_000, words: 'for more than 1 hour' },
  { from: 24 * 3_600_000, words: 'for more than 1 day' },
];

/** @param since RFC 3339; absent where nobody knows, and then no length is told. */
export function lasting(since: string | undefined, now: Date): Lasting {
  return toldIn(steps, since, now);
}

const minute: Milliseconds = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Each is at least twice as long as the one before, so that whatever goes on for ever is written ever more seldom. */
const longSteps: readonly Milliseconds[] = [
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  ...Array.from({ length: 12 }, (_, index) => 2 ** index * day),
];

/** Trainings take a little longer at times; that is not worth a write. */
const muchLonger = 1.5;

/**
 * How long ago something began that took `usual` before: "more than 2 hours". It is told only once it takes much longer than that; of
 * what nobody knows how long it takes, once a day has passed.
 */
export function lastingBeside(usual: Milliseconds | undefined, since: string | undefined, now: Date): Lasting {
  const least = usual === undefined ? day : muchLonger * usual;
  const worthIt = longSteps.filter((from) => from >= least);
  return toldIn(
    worthIt.map((from) => ({ from, words: `more than ${roughly(from)}` })),
    since,
    now,
  );
}

/** A length in one unit, as people say it: "45 seconds", "2 hours". */
export function roughly(time: Milliseconds): string {
  const units = [
    { size: day, from: 2 * day, name: 'day' },
    { size: hour, from: 2 * hour, name: 'hour' },
    { size: minute, from: 2 * minute, name: 'minute' },
    { size: 1000, from: 0, name: 'second' },
  ];
  // What is a whole number of a greater unit is told in that one.
  const unit = units.find(({ size, from }) => time >= from || (time >= size && time % size === 0)) ?? units[3]!;
  const count = Math.max(1, Math.round(time / unit.size));
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}

function toldIn(
  all: readonly { readonly from: Milliseconds; readonly words: string }[],
  since: string | undefined,
  now: Date,
): Lasting {
  const lasted = now.getTime() - Date.parse(since ?? '');
  if (Number.isNaN(lasted)) return {};
  const reached = all.findLast(({ from }) => from < lasted);
  const next = all.find(({ from }) => from >= lasted);
  return {
    ...(reached !== undefined && { words: reached.words }),
    ...(next !== undefined && { after: next.from - lasted + 1 }),
  };
}
