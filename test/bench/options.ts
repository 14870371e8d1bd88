/** What the command line asks for. */
import { parseArgs } from 'node:util';
import type { Schemas } from './cluster.ts';
import type { Letter } from './contenders/index.ts';
import type { BlindSize } from './scenarios/blind.ts';
import type { FloodSize } from './scenarios/flood.ts';
import type { IdleSize } from './scenarios/idle.ts';
import type { MonitorsSize } from './scenarios/monitors.ts';
import type { NeighboursSize } from './scenarios/neighbours.ts';
import type { ScaleSize } from './scenarios/scale.ts';
import type { SuccessionSize } from './scenarios/succession.ts';
import type { WorkSize } from './scenarios/work.ts';

export type ScenarioName = 'work' | 'idle' | 'blind' | 'succession' | 'flood' | 'monitors' | 'neighbours' | 'scale';

export interface Plan {
  readonly title: string;
  readonly letters: readonly Letter[];
  readonly rounds: number;
  /** Runs per concurrency of controller-runtime that is tried; 0 tries none. */
  readonly sweep: number;
  readonly scenarios: readonly ScenarioName[];
  readonly work: WorkSize;
  readonly idle: IdleSize;
  readonly blind: BlindSize;
  readonly succession: SuccessionSize;
  readonly flood: FloodSize;
  readonly monitors: MonitorsSize;
  readonly neighbours: NeighboursSize;
  readonly scale: ScaleSize;
  /** Whether there is enough of everything to say if a goal is met. */
  readonly judged: boolean;
  /** Said at the end. */
  readonly omitted: string;
}

export interface Options {
  readonly plan: Plan;
  /** Numbers of runs for a cost curve instead of a plan. */
  readonly curve: readonly number[] | undefined;
  readonly bundle: string | undefined;
  readonly concurrency: number | undefined;
  readonly schemas: Schemas;
  /** Where the raw numbers go. */
  readonly json: string | undefined;
}

const settleSeconds = 5;

const full: Plan = {
  title: 'the full benchmark',
  letters: ['F', 'G', 'K', 'T'],
  rounds: 5,
  sweep: 2_000,
  scenarios: ['work', 'idle', 'blind', 'succession', 'flood', 'monitors', 'neighbours', 'scale'],
  work: {
    runs: 5_000,
    paced: 1_000,
    perSecond: 50,
    completed: 500,
    idleSeconds: 30,
    settleSeconds,
    restarts: true,
  },
  idle: { runs: 10_000, idleSeconds: 600, settleSeconds },
  blind: { runs: 10_000, settleSeconds },
  succession: { runs: 1_000, settleSeconds },
  flood: { runs: 10_000, paced: 300, settleSeconds },
  monitors: { monitors: 1_000, intervalSeconds: 30, minutes: 30 },
  neighbours: { monitors: 200, seconds: 60 },
  scale: { runs: 10_000, nodes: 1_000, settleSeconds },
  judged: true,
  omitted: '',
};

const quick: Plan = {
  ...full,
  title: 'the quick benchmark',
  rounds: 2,
  sweep: 300,
  scenarios: ['work'],
  work: { ...full.work, runs: 500, paced: 500, completed: 100, restarts: false },
  omitted:
    'Omitted by --quick: 5,000 and 10,000 runs (here 500), ten minutes idle (here 30 s), five rounds (here 2), start with all in ' +
    'sync, watches cut off, change of leader, a flooding namespace, Monitors, loud neighbours, a thousand nodes. With 500 runs, what a process costs before its first run ' +
    'weighs more, and 2 rounds say little about chance.',
};

/** Whether the rig still runs: too little of everything to say how fast anything is. */
const smoke: Plan = {
  ...quick,
  title: 'a smoke test of the benchmark',
  letters: ['F', 'T'],
  rounds: 1,
  sweep: 0,
  work: {
    runs: 20,
    paced: 20,
    perSecond: 20,
    completed: 10,
    idleSeconds: 1,
    settleSeconds: 1,
    restarts: false,
  },
  judged: false,
  omitted: 'Omitted by --smoke: everything that would say how fast anything is. It shows that the rig runs.',
};

const usage = `Usage: npm run bench -- [--quick | --smoke | --curve] [option …]
  --quick               the first rows with 500 runs, in at most 15 minutes
  --smoke               whether the rig runs, in at most a minute
  --curve [--sizes 100,1000]  the same figures at several sizes, as a table and docs/performance.svg
  --contenders FGKT     F floor, G controller-runtime, K kopf, T Flyball
  --scenarios work,idle,blind,succession,flood,monitors,neighbours,scale
  --rounds N            how often each contender has its turn
  --runs N              how many runs are created at once
  --idle-seconds N      how long the idle scenario rests
  --monitors N          how many Monitors there are, or each loud neighbour has
  --minutes N           how long they are watched
  --nodes N             how many nodes kwok plays
  --concurrency N       of controller-runtime, instead of trying 1, 8, 32 and 128
  --bundle FILE         another build of Flyball, to compare before with after
  --open-schemas        our kinds take everything, to see what their schemas cost the API server
  --json FILE           where the raw numbers go`;

/** @throws an Error with the usage if an argument is unknown or makes no sense. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const base = values.smoke ? smoke : values.quick ? quick : full;
  const plan = values.runs === undefined ? base : { ...base, ...sized(base, count(values.runs, '--runs')) };
  const { idle, monitors, neighbours, scale } = plan;
  return {
    plan: {
      ...plan,
      letters: values.contenders === undefined ? base.letters : values.contenders.split('').map(letter),
      rounds: count(values.rounds, '--rounds', base.rounds),
      scenarios: values.scenarios === undefined ? base.scenarios : values.scenarios.split(',').map(scenario),
      idle: { ...idle, idleSeconds: count(values['idle-seconds'], '--idle-seconds', idle.idleSeconds) },
      monitors: {
        ...monitors,
        monitors: count(values.monitors, '--monitors', monitors.monitors),
        minutes: count(values.minutes, '--minutes', monitors.minutes),
      },
      neighbours: { ...neighbours, monitors: count(values.monitors, '--monitors', neighbours.monitors) },
      scale: { ...scale, nodes: count(values.nodes, '--nodes', scale.nodes) },
    },
    curve: values.curve ? values.sizes.split(',').map((size) => count(size, '--sizes')) : undefined,
    bundle: values.bundle,
    concurrency: values.concurrency === undefined ? undefined : count(values.concurrency, '--concurrency'),
    schemas: values['open-schemas'] ? 'Open' : 'Ours',
    json: values.json,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        smoke: { type: 'boolean' },
        curve: { type: 'boolean' },
        sizes: { type: 'string', default: '100,1000,10000,50000' },
        contenders: { type: 'string' },
        scenarios: { type: 'string' },
        rounds: { type: 'string' },
        runs: { type: 'string' },
        'idle-seconds': { type: 'string' },
        monitors: { type: 'string' },
        minutes: { type: 'string' },
        nodes: { type: 'string' },
        concurrency: { type: 'string' },
        bundle: { type: 'string' },
        'open-schemas': { type: 'boolean' },
        json: { type: 'string' },
      },
    });
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

/** The plan with other numbers of runs; what is a share of them shrinks with them. */
function sized(plan: Plan, runs: number): Partial<Plan> {
  const work = {
    ...plan.work,
    runs,
    paced: Math.min(plan.work.paced, runs),
    completed: Math.min(plan.work.completed, runs),
  };
  return {
    work,
    idle: { ...plan.idle, runs },
    blind: { ...plan.blind, runs },
    succession: { ...plan.succession, runs },
    flood: { ...plan.flood, runs },
    scale: { ...plan.scale, runs },
  };
}

function count(text: string | undefined, option: string, otherwise = NaN): number {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw refused(`${option} must be a whole number above 0, is "${text}"`);
}

function letter(text: string): Letter {
  if (text === 'F' || text === 'G' || text === 'K' || text === 'T') return text;
  throw refused(`--contenders knows F, G, K and T, not "${text}"`);
}

function scenario(text: string): ScenarioName {
  const known: readonly string[] = full.scenarios;
  if (known.includes(text)) return text as ScenarioName;
  throw refused(`--scenarios knows ${known.join(', ')}, not "${text}"`);
}

function refused(message: string): Error {
  return new Error(`${message}\n${usage}`);
}
