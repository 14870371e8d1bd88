import type { Stage } from './stages.ts';

/** What of a stage decides beside what it runs. */
export type Claim = Pick<Stage, 'name' | 'alone' | 'writes'>;

/**
 * Which of the stages that wait start now, in their order, beside those that run.
 * @param places how many may run at the same time, at least one.
 */
export function startable<Waiting extends Claim>(
  waiting: readonly Waiting[],
  running: readonly Claim[],
  places: number,
): readonly Waiting[] {
  const started: Waiting[] = [];
  for (const stage of waiting) {
    const beside = [...running, ...started];
    if (beside.length < Math.max(1, places) && beside.every((other) => agree(stage, other))) started.push(stage);
  }
  return started;
}

function agree(one: Claim, other: Claim): boolean {
  if (one.alone !== undefined || other.alone !== undefined) return false;
  return !one.writes?.some((what) => other.writes?.includes(what));
}
