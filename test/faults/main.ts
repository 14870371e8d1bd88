/** Disturbs an operator in as many ways as asked for, and judges what it does. Exit code 0: nothing was violated. */
import { confirmed } from './again.ts';
import { batch, shareOfBatch } from './batch.ts';
import type { SeededBug } from './bugs.ts';
import type { FaultPlan } from './contract.ts';
import { controllerRuntime } from './descriptions/controller-runtime.ts';
import type { Description } from './descriptions/description.ts';
import { bundled, flyball } from './descriptions/flyball.ts';
import { faults } from './faults.ts';
import { type Ground, startGround } from './ground.ts';
import { observed } from './kinds.ts';
import { generatePlans, printPlan } from './plans.ts';
import { inParallel } from './parallel.ts';
import { commandOf, conclusion, printOutcome, table, violated } from './report.ts';
import { failure, type Outcome, run } from './run.ts';
import { type Options, optionsFrom, UsageError, usage, wantsHelp } from './options.ts';
import { bugsToPlant, involves, judgeTheJudge } from './seeded.ts';
import { shrunk } from './shrink.ts';

const options = told();

/** Of one failing plan; each try takes some seconds. */
const shrinkTries = 8;
/** Failing plans that are shrunk; the others are printed as they are. */
const shrunkPlans = 3;

async function main(): Promise<boolean> {
  const begin = performance.now();
  const ground = await startGround(observed);
  try {
    const description = describe(ground);
    const given = options.plan;
    const count = options.plans;
    const batched = given === undefined ? Math.ceil(count * shareOfBatch) : 0;
    const references = await referencesOf(description, given, ground);
    const plans = given ?? plansFor(description, references, count - batched);
    const fails = async (plan: FaultPlan) => (await tried(plan, description, ground, references)).violations.length > 0;
    const first = await inParallel(plans, options.parallel, async (plan) => {
      const outcome = await tried(plan, description, ground, references);
      printOutcome(outcome);
      return outcome;
    });
    const strike = () => batch(description, references, batched, options.seed);
    const struck = batched === 0 ? [] : await strike();
    struck.forEach(printOutcome);
    // A disaster strikes a whole cluster, so that one of its plans is played again with all the others.
    const isStruckAgain = async (plan: FaultPlan) =>
      (await strike()).some((one) => printPlan(one.plan) === printPlan(plan) && one.violations.length > 0);
    const outcomes = options.confirm ? await confirmed(first, fails) : first;
    const disasters = options.confirm ? await confirmed(struck, isStruckAgain) : struck;
    const undisturbed = options.confirm ? await confirmed([...references.values()], fails) : [...references.values()];
    const broken = undisturbed.filter(({ violations }) => violations.length > 0);
    if (given === undefined) await printShrunk(outcomes, fails);
    const all = [...broken, ...outcomes, ...disasters];
    console.log(table(all));
    for (const line of violated(all)) console.log(line);
    return conclusion(all, performance.now() - begin);
  } finally {
    await ground.stop();
  }
}

function describe(ground: Ground): Description {
  switch (options.operator) {
    case 'flyball':
      return flyball(bundled(ground.directory('bundle')));
    case 'controller-runtime':
      return controllerRuntime({ plantBug: options.plantBug });
  }
}

type References = ReadonlyMap<string, Outcome>;

/** Of the scenarios that are asked for. */
async function referencesOf(
  description: Description,
  plans: readonly FaultPlan[] | undefined,
  ground: Ground,
): Promise<References> {
  const names = plans?.map(({ scenario }) => scenario) ?? description.scenarios.map(({ name }) => name);
  const found = await inParallel([...new Set(names)], options.parallel, async (name) => {
    const plan = { scenario: name, injections: [] };
    const reference = await tried(plan, description, ground, new Map());
    printOutcome(reference);
    return [name, reference] as const;
  });
  return new Map(found);
}

function plansFor({ needs }: Description, references: References, count: number): readonly FaultPlan[] {
  const playable = [...references].map(([name, { counts }]) => ({ name, counts }));
  const applicable = faults.filter((fault) => fault.needs === undefined || needs.includes(fault.needs));
  return generatePlans(playable, applicable, options.seed, count);
}

/** A plan that could not be gone through has failed, and does not keep the others from going on. */
async function tried(
  plan: FaultPlan,
  description: Description,
  ground: Ground,
  references: References,
): Promise<Outcome> {
  try {
    return await run(plan, description, ground, references.get(plan.scenario));
  } catch (error) {
    return failure(plan, error);
  }
}

async function printShrunk(outcomes: readonly Outcome[], fails: (plan: FaultPlan) => Promise<boolean>): Promise<void> {
  const failed = outcomes.filter(({ violations, plan }) => violations.length > 0 && plan.injections.length > 0);
  for (const { plan } of failed.slice(0, shrunkPlans)) {
    const smallest = await shrunk(plan, fails, shrinkTries);
    console.log(`${printPlan(plan)} fails, and so does: ${commandOf(smallest, options)}`);
  }
}

/** Puts the same plans before operators with a bug each. */
async function seeded(): Promise<boolean> {
  const bugs = bugsToPlant(options.bugs);
  const ground = await startGround(observed);
  try {
    const healthy = describe(ground);
    const given = options.plan;
    const references = await referencesOf(healthy, given, ground);
    const generated = (bug: SeededBug): readonly FaultPlan[] => {
      const involved = new Map([...references].filter(([, reference]) => involves(reference, bug)));
      const undisturbed = [...involved.keys()].map((scenario) => ({ scenario, injections: [] }));
      return [...undisturbed, ...plansFor(healthy, involved, options.plans)];
    };
    return await judgeTheJudge(bugs, {
      plansFor: (bug) => given ?? generated(bug),
      parallel: options.parallel,
      healthy,
      directory: (name) => ground.directory(name),
      attempt: (plan, operator) => tried(plan, operator, ground, references),
    });
  } finally {
    await ground.stop();
  }
}

/** What was asked for on the command line. Ends the process where that was help, or cannot be understood. */
function told(): Options {
  const words = process.argv.slice(2);
  if (wantsHelp(words)) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return optionsFrom(words);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

process.exit((await (options.seededBugs ? seeded() : main())) ? 0 : 1);
