import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, fault } from './ends.ts';
import type { Limits } from './limits.ts';

/** What a try tells when it got further than any before it. */
export type Further = () => void;

interface Patience {
  readonly limits: Limits;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
}

/**
 * Tries again while the store is at fault, for as long as patience lasts without one step further. What people have to mend ends
 * it at once.
 */
export async function patiently<T>(attempt: (further: Further) => Promise<T>, patience: Patience): Promise<T> {
  const { limits, say, stop } = patience;
  let since: number | undefined;
  let lastStep = 0;
  let wait = limits.backoffMin;
  for (;;) {
    const further = (): void => {
      since = undefined;
      lastStep = performance.now();
      wait = limits.backoffMin;
    };
    const began = performance.now();
    try {
      return await attempt(further);
    } catch (error) {
      stop.throwIfAborted();
      if (!(error instanceof Failure) || error.exit !== 1) throw error;
      since ??= Math.max(began, lastStep);
      if (performance.now() - since + wait > limits.patience) throw fault(outlasted(error, limits.patience));
      say(`Trying again in ${Math.ceil(wait / 1_000)} s: ${error.message}`);
      await sleep(wait, undefined, { signal: stop });
      wait = Math.min(2 * wait, limits.backoffMax);
    }
  }
}

function outlasted({ message }: Failure, patience: number): string {
  const minutes = Math.round(patience / 60_000);
  return minutes < 1 ? message : `For ${minutes} minutes: ${message}`;
}
