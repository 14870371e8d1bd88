/** Measures Flyball beside others on the same machine: `npm run bench`. */
import { writeFileSync } from 'node:fs';
import { type Contender, contender } from './contenders/index.ts';
import { costCurve } from './curve.ts';
import { type Measured, Results } from './figures.ts';
import { type Options, type Plan, type ScenarioName, parseOptions } from './options.ts';
import { machine } from './machine.ts';
import { madeOf, requireSame } from './sameness.ts';
import { blind } from './scenarios/blind.ts';
import { flood } from './scenarios/flood.ts';
import { idle } from './scenarios/idle.ts';
import { monitors } from './scenarios/monitors.ts';
import { neighbours } from './scenarios/neighbours.ts';
import { scale } from './scenarios/scale.ts';
import { succession } from './scenarios/succession.ts';
import { work } from './scenarios/work.ts';
import { bestConcurrency } from './sweep.ts';
import { resultsTable } from './table.ts';
import { type Turn, inTurn } from './turn.ts';

/** The first contender's objects, with which those of the others must agree. */
let example: { readonly name: string; readonly made: ReadonlyMap<string, unknown> } | undefined;

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  const started = performance.now();
  console.log(`${machine()}\nnpm run bench${args.length > 0 ? ` -- ${args.join(' ')}` : ''}\n`);
  const contenders = await build(options);
  if (options.curve) await costCurve(contenders, options.curve);
  else await measure(contenders, options);
  console.log(`\n${Math.round((performance.now() - started) / 1000)} s in all, builds included.`);
}

async function build({ plan, bundle, concurrency }: Options): Promise<readonly Contender[]> {
  const choices = { bundle, concurrency: concurrency ?? 8 };
  const found = plan.letters.map((letter) => contender(letter, choices));
  if (concurrency !== undefined || plan.sweep === 0 || !plan.letters.includes('G')) return found;
  const best = await bestConcurrency(plan.sweep);
  return found.map((one) => (one.letter === 'G' ? contender('G', { bundle, concurrency: best }) : one));
}

async function measure(contenders: readonly Contender[], { plan, schemas, json }: Options): Promise<void> {
  const results = new Results();
  const raw: object[] = [];
  for (const name of plan.scenarios) {
    for (let round = 0; round < roundsOf(plan, name); round += 1) {
      for (const one of round % 2 === 0 ? contenders : contenders.toReversed()) {
        if (!takesPart(one, name)) continue;
        const began = performance.now();
        const measured = await inTurn(one, (turn) => scenarios[name](turn, plan, one), schemas);
        results.add(one.letter, measured);
        raw.push({ scenario: name, round, contender: one.name, measured });
        if (json !== undefined) writeFileSync(json, JSON.stringify(raw, null, 2));
        console.error(`${name}, round ${round + 1}, ${one.name}: ${Math.round((performance.now() - began) / 1000)} s`);
      }
    }
  }
  const rounds = Math.max(...plan.scenarios.map((name) => roundsOf(plan, name)));
  console.log(`${plan.title}: median (smallest–largest), rounds: ${rounds}`);
  console.log(contenders.map(({ letter, name }) => `${letter}: ${name}`).join(' · '));
  console.log(`\n${resultsTable(results, plan.letters, plan.judged)}`);
  if (plan.omitted !== '') console.log(`\n${plan.omitted}`);
}

/** Long ones are the same each time. */
function roundsOf({ rounds }: Plan, name: ScenarioName): number {
  return ['idle', 'monitors', 'neighbours', 'scale'].includes(name) ? 1 : rounds;
}

/** All do the same work. Else F and K lack what is put to the test, and where the goal is a number, nobody needs to be beside it. */
function takesPart({ letter }: Contender, name: ScenarioName): boolean {
  switch (name) {
    case 'work':
      return true;
    case 'blind':
    case 'succession':
    case 'flood':
      return letter === 'G' || letter === 'T';
    case 'idle':
    case 'monitors':
    case 'neighbours':
    case 'scale':
      return letter === 'T';
  }
}

const scenarios: Record<ScenarioName, (turn: Turn, plan: Plan, contender: Contender) => Promise<Measured>> = {
  work: async (turn, plan, { name }) => {
    const measured = await work(turn, plan.work, async () => {
      const made = await madeOf(turn);
      example ??= { name, made };
      requireSame(example, { name, made });
    });
    return measured;
  },
  idle: (turn, plan) => idle(turn, plan.idle),
  blind: (turn, plan) => blind(turn, plan.blind),
  succession: (turn, plan) => succession(turn, plan.succession),
  flood: (turn, plan) => flood(turn, plan.flood),
  monitors: (turn, plan) => monitors(turn, plan.monitors),
  neighbours: (turn, plan) => neighbours(turn, plan.neighbours),
  scale: (turn, plan) => scale(turn, plan.scale),
};

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
