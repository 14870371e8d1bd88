/** Judges the judge: mistakes are planted into the operator, and the plans have to bring them to light. */
import { repeated } from './again.ts';
import { plant, type SeededBug, seededBugs, whyNot } from './bugs.ts';
import type { FaultPlan } from './contract.ts';
import type { Description } from './descriptions/description.ts';
import { bundledIn, flyball } from './descriptions/flyball.ts';
import { inParallel } from './parallel.ts';
import { printPlan } from './plans.ts';
import type { Outcome } from './run.ts';

/** The share of the bugs that must be caught. */
const wantedShare = 0.95;

/** How the bugs are looked for: by the same rules for all of them. */
export interface Search {
  /** The plans that can meet a bug. */
  readonly plansFor: (bug: SeededBug) => readonly FaultPlan[];
  /** How many plans run at the same time. */
  readonly parallel: number;
  /** The operator without any of them. */
  readonly healthy: Description;
  readonly directory: (name: string) => string;
  readonly attempt: (plan: FaultPlan, operator: Description) => Promise<Outcome>;
}

/**
 * The bugs whose names begin with one of these words, or all.
 * @throws if one does not apply to the operator as it is.
 */
export function bugsToPlant(names: readonly string[] | undefined): readonly SeededBug[] {
  const isMeant = (bug: SeededBug) => names?.some((word) => bug.name.startsWith(word)) ?? true;
  const bugs = seededBugs().filter(isMeant);
  const stale = bugs.flatMap((bug) => {
    const why = whyNot(bug);
    return why === undefined ? [] : [`the seeded bug ${bug.name} does not apply any more:\n${why}`];
  });
  if (stale.length > 0) throw new Error(stale.join('\n'));
  return bugs;
}

/** What a scenario without faults tells of the code that takes part in it. */
export interface Ended {
  readonly end: Outcome['end'];
  readonly counts: Pick<Outcome['counts'], 'Query'>;
}

/** Whether a scenario that ended so involves the code that a bug is in; what all controllers share is in all of them. */
export function involves({ end, counts }: Ended, bug: SeededBug): boolean {
  const has = (plural: string) => Object.keys(end).some((name) => name.startsWith(`${plural}/`));
  return bug.folders.every((folder) => {
    switch (folder) {
      case 'trainingrun':
        return has('trainingruns');
      case 'modeldeployment':
        return has('modeldeployments');
      case 'monitor':
        return has('monitors');
      case 'measure':
        return counts.Query > 0;
      default:
        return true;
    }
  });
}

/** Runs the plans against each of the bugs until one is violated. Returns whether enough of the bugs were caught. */
export async function judgeTheJudge(bugs: readonly SeededBug[], search: Search): Promise<boolean> {
  // All before the first plan: plans on a machine that is busy with this would be judged by what is not the operator's fault.
  const planted = bugs.map((bug) => ({ bug, operator: withBug(bug, search.directory(bug.name)) }));
  let unfinished = bugs.length;
  // When few bugs are left, each has more of the machine.
  const atOnce = () => Math.max(1, Math.floor(search.parallel / unfinished));
  const found = await inParallel(planted, search.parallel, async ({ bug, operator }) => {
    const begin = performance.now();
    const line = await lookFor(bug, operator, search, atOnce);
    const seconds = ((performance.now() - begin) / 1000).toFixed(0);
    console.log(
      `${line ?? `MISSED in ${search.plansFor(bug).length} plans`} (${seconds} s) ${bug.name}: ${bug.sentence}`,
    );
    unfinished -= 1;
    return line !== undefined;
  });
  const caught = found.filter(Boolean).length;
  console.log(`${caught} of ${bugs.length} seeded bugs caught`);
  return caught >= wantedShare * bugs.length;
}

function withBug(bug: SeededBug, into: string): Description {
  plant(bug, into);
  return flyball(bundledIn(into));
}

/** What caught the bug, and when; undefined if nothing did. */
async function lookFor(
  bug: SeededBug,
  operator: Description,
  search: Search,
  atOnce: () => number,
): Promise<string | undefined> {
  const plans = search.plansFor(bug);
  let tried = 0;
  while (tried < plans.length) {
    const next = plans.slice(tried, tried + atOnce());
    tried += next.length;
    for (const outcome of await Promise.all(next.map((plan) => search.attempt(plan, operator)))) {
      const [violation] = judged(outcome);
      if (violation === undefined) continue;
      const title = printPlan(outcome.plan);
      const again = await provenBy(outcome.plan, ruleOf(violation), operator, search);
      if (again !== undefined) return `caught by ${ruleOf(violation)} after ${tried} plans, ${title}: ${again}`;
      console.log(
        `${bug.name}: ${title} is no more violated, or without the bug too, and does not count: ${violation}`,
      );
    }
  }
  return undefined;
}

/** A violation that comes again, and does not come without the bug: others may be due to a machine that is too busy. */
async function provenBy(
  plan: FaultPlan,
  rule: string,
  operator: Description,
  { healthy, attempt }: Search,
): Promise<string | undefined> {
  const violates = async (one: Description) => judged(await attempt(plan, one), rule)[0];
  const again = await repeated(() => violates(operator));
  return again === undefined || (await violates(healthy)) !== undefined ? undefined : again;
}

/** The violations, of one rule if said so; without what the rig itself could not do, which is no judgement. */
function judged({ violations }: Outcome, rule?: string): readonly string[] {
  return violations.filter(
    (violation) => ruleOf(violation) === (rule ?? ruleOf(violation)) && ruleOf(violation) !== 'rig',
  );
}

/** Such as "I3". */
function ruleOf(violation: string): string {
  return violation.split(':')[0] ?? '';
}
