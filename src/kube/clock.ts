import { setTimeout as wait } from 'node:timers/promises';
import type { Milliseconds } from '../controller.ts';

/** Where the runtime takes time from, so that tests can hold it. */
export interface Clock {
  /** For people and other machines; may jump. */
  readonly now: () => Date;
  /** For durations; never jumps. Its zero means nothing. */
  readonly monotonic: () => Milliseconds;
  /** Calls back once; the returned function prevents that. */
  readonly after: (delay: Milliseconds, callback: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  after: (delay, callback) => {
    const timer = setTimeout(callback, delay);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delay`, or at once when `signal` aborts; never rejects. */
export async function pause(delay: Milliseconds, signal: AbortSignal): Promise<void> {
  try {
    await wait(delay, undefined, { signal });
  } catch {
    // Aborted: the caller looks at the signal.
  }
}

/** metav1.MicroTime: six digits after the point, which Date does not have. */
export function microTime(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}
