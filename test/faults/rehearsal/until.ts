import { setTimeout as pause } from 'node:timers/promises';

/** Waits until something is so; fails if that does not come. */
export async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 4_000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not within four seconds: ${isSo.toString()}`);
    await pause(5);
  }
}
