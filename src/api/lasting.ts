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
  const lasted = now.getTime() - Date.parse(since ?? '');
  if (Number.isNaN(lasted)) return {};
  const reached = steps.findLast(({ from }) => from < lasted);
  const next = steps.find(({ from }) => from >= lasted);
  return {
    ...(reached !== undefined && { words: reached.words }),
    ...(next !== undefined && { after: next.from - lasted + 1 }),
  };
}
