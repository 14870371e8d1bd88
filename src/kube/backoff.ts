/**
 * The wait after the n-th failure in a row, n from 0: doubles from `min` up to `max`, less up to half of it by chance, so that
 * those who failed together do not come again together.
 */
export function backoff(failures: number, min: number, max: number, random: () => number = Math.random): number {
  const full = Math.min(max, min * 2 ** Math.min(failures, 30));
  return full * (1 - random() / 2);
}
