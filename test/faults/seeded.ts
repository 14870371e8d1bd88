/** Judges the judge: mistakes are planted into the operator, and the plans have to bring them to light. */
import { plant, type SeededBug, seededBugs, whyNot } from './bugs.ts';
import type { FaultPlan } from './contract.ts';
import type { Description } from './descriptions/description.ts';
import { bundled, flyball } from './descriptions/flyball.ts';
import { inParallel } from './parallel.ts';
import { printPlan } from './plans.ts';
import type { Outcome } from './run.ts';

/** The share of the bugs that must be caught: 38 of 40. */
const wantedShare = 0.95;

/** How the bugs are looked for: the same for all of them. */
export interface Search {
  readonly plans: readonly FaultPlan[];
  /** How many bugs are looked for at the same time. */
  readonly parallel: number;
  /** The operator without any of them. */
  readonly healthy: Description;
  readonly directory: (name: string) => string;
  readonly attempt: (plan: FaultPlan, operator: Description) => Promise<Outcome>;
}

/** The bugs whose names begin with one of these words, or all. @throws if one does not apply to the operator as it is. */
export function bugsToPlant(names: readonly string[] | undefined): readonly SeededBug[] {
  const bugs = seededBugs().filter(({ name }) => names?.some((word) => name.startsWith(word)) ?? true);
  const stale = bugs.flatMap((bug) => {
    const why = whyNot(bug);
    return why === undefined ? [] : [`the seeded bug ${bug.name} does not apply any more:\n${why}`];
  });
  if (stale.length > 0) throw new Error(stale.join('\n'));
  return bugs;
}

/** Runs the plans against each of the bugs until one is violated. Returns whether enough of the bugs were caught. */
export async function judgeTheJudge(bugs: readonly SeededBug[], search: Search): Promise<boolean> {
  const found = await inParallel(bugs, search.parallel, async (bug) => {
    const begin = performance.now();
    const line = await lookFor(bug, search);
    const seconds = ((performance.now() - begin) / 1000).toFixed(0);
    console.log(`${line ?? `MISSED in ${search.plans.length} plans`} (${seconds} s) ${bug.name}: ${bug.sentence}`);
    return line !== undefined;
  });
  const caught = found.filter(Boolean).length;
  console.log(`${caught} of ${bugs.length} seeded bugs caught`);
  return caught >= wantedShare * bugs.length;
}

/** What caught the bug, and when; undefined if nothing did. */
async function lookFor(bug: SeededBug, { plans, healthy, directory, attempt }: Search): Promise<string | undefined> {
  const into = directory(bug.name);
  plant(bug, into);
  const operator = flyball(bundled(into, into));
  for (const [index, plan] of plans.entries()) {
    const [violation] = judged(await attempt(plan, operator));
    if (violation === undefined) continue;
    const isOurs = judged(await attempt(plan, healthy)).length > 0;
    if (!isOurs)
      return `caught by ${violation.split(':')[0]} after ${index + 1} plans, ${printPlan(plan)}: ${violation}`;
    console.log(`${bug.name}: ${printPlan(plan)} is not counted, since it is violated without the bug too`);
  }
  return undefined;
}

/** Without what the rig itself could not do, which is no judgement. */
function judged({ violations }: Outcome): readonly string[] {
  return violations.filter((violation) => !violation.startsWith('rig:'));
}
