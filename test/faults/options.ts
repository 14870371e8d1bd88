/** What the fault rig is asked for on the command line. */
import { parseArgs } from 'node:util';
import { seededBugs } from './bugs.ts';
import type { FaultPlan } from './contract.ts';
import { parsePlan } from './plans.ts';

export interface Options {
  readonly plans: number;
  readonly seed: number;
  readonly parallel: number;
  /** Those that are to be run instead of generated ones. */
  readonly plan: readonly FaultPlan[] | undefined;
  /** Whether a violation counts only if it comes again. */
  readonly confirm: boolean;
  readonly operator: (typeof operators)[number];
  readonly plantBug: boolean;
  readonly seededBugs: boolean;
  /** The beginnings of the names of the seeded bugs that are meant; all without them. */
  readonly bugs: readonly string[] | undefined;
}

const operators = ['flyball', 'controller-runtime'] as const;

export const usage = `Usage: npm run faults -- [options]

  --plans N          how many plans are made and run (60; 480 for each seeded bug, after its scenarios without a fault)
  --seed N           what they are made from: the same seed and operator give the same plans (1)
  --parallel N       how many run at the same time (10)
  --plan PLAN        runs this plan instead, such as 'retrain/kill-after-write@Write:5'; may be repeated
  --confirm          a plan that is violated is run again, and counts if it is violated within three tries
  --operator NAME    flyball or controller-runtime (flyball)
  --plant-bug        lets controller-runtime leave the names of Jobs to chance, which has to be found
  --seeded-bugs      plants mistakes into flyball one after the other, which have to be found
  --bug NUMBER       of the seeded bugs only these, such as 41; may be repeated
  --help             prints this

Exit code 0: nothing was violated, or enough seeded bugs were caught; 1: not so; 2: the options cannot be understood.`;

/** The command line asks for something that there is not. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function wantsHelp(words: readonly string[]): boolean {
  return words.includes('--help') || words.includes('-h');
}

/** @throws UsageError with a sentence that says what is wrong. */
export function optionsFrom(words: readonly string[]): Options {
  const { operator, plan, bug, ...values } = parsed(words);
  const named = operators.find((name) => name === operator);
  if (named === undefined)
    throw new UsageError(`There is no operator "${operator}"; there are ${operators.join(', ')}.`);
  const known = seededBugs().map(({ name }) => name);
  const unknown = bug?.find((word) => !known.some((name) => name.startsWith(word)));
  if (unknown !== undefined) throw new UsageError(`There is no seeded bug "${unknown}".`);
  return {
    plans: numberIn('plans', values.plans ?? (values['seeded-bugs'] ? '480' : '60'), 1),
    seed: numberIn('seed', values.seed, 0),
    parallel: numberIn('parallel', values.parallel, 1),
    plan: plan?.map(planIn),
    confirm: values.confirm,
    operator: named,
    plantBug: values['plant-bug'],
    seededBugs: values['seeded-bugs'],
    bugs: bug,
  };
}

function parsed(words: readonly string[]) {
  return understood(
    () =>
      parseArgs({
        args: [...words],
        options: {
          plans: { type: 'string' },
          seed: { type: 'string', default: '1' },
          parallel: { type: 'string', default: '10' },
          plan: { type: 'string', multiple: true },
          confirm: { type: 'boolean', default: false },
          operator: { type: 'string', default: operators[0] },
          'plant-bug': { type: 'boolean', default: false },
          'seeded-bugs': { type: 'boolean', default: false },
          bug: { type: 'string', multiple: true },
        },
      }).values,
  );
}

function planIn(text: string): FaultPlan {
  return understood(() => parsePlan(text));
}

function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function numberIn(name: string, text: string, least: number): number {
  const number = Number(text);
  const isOne = /^\d+$/.test(text) && Number.isSafeInteger(number) && number >= least;
  if (!isOne) throw new UsageError(`--${name} is a whole number of at least ${least}, and not "${text}".`);
  return number;
}
