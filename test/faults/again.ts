import type { FaultPlan } from './contract.ts';
import { printPlan } from './plans.ts';
import type { Outcome } from './run.ts';

/** The first answer of a few tries: a plan meets a race not every time. */
export async function repeated<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  for (let tries = 0; tries < 3; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** The outcomes, in which a violation that does not come again is none. It is printed, for whoever looks for a race. */
export async function confirmed(
  outcomes: readonly Outcome[],
  fails: (plan: FaultPlan) => Promise<boolean>,
): Promise<readonly Outcome[]> {
  const kept: Outcome[] = [];
  for (const outcome of outcomes) {
    const { plan, violations } = outcome;
    const counts = violations.length === 0 || (await repeated(async () => (await fails(plan)) || undefined)) === true;
    if (!counts) console.log(`${printPlan(plan)} was violated once, and not when it was run again: it does not count`);
    kept.push(counts ? outcome : { ...outcome, violations: [] });
  }
  return kept;
}
