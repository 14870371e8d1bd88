/** Measures what the observer costs, beside no proxy and proxies in Go: `npm run bench:observer`. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machine } from '../machine.ts';
import { type Arm, type ArmLetter, arms } from './arms.ts';
import type { Answer } from './counts.ts';
import { type Measured, resultsTable } from './figures.ts';
import { parseOptions } from './options.ts';
import { Rig } from './rig.ts';
import { type Plan, turn } from './turn.ts';

async function main(args: readonly string[]): Promise<void> {
  const { plan, arms: wanted, bundle, judged } = parseOptions(args);
  console.log(`${machine()}\nnpm run bench:observer${args.length > 0 ? ` -- ${args.join(' ')}` : ''}\n`);
  const contenders = arms(wanted, bundle);
  const directory = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'flyball-bench-'));
  const started = performance.now();
  const results = await measured(contenders, new Rig(directory), plan);
  rmSync(directory, { recursive: true });
  console.log(`${plan.rate} requests per second at the fixed rate; median (smallest–largest), rounds: ${plan.rounds}`);
  console.log(contenders.map(({ letter, name }) => `${letter}: ${name}`).join(' · '));
  console.log(`\n${resultsTable(results, contenders, judged)}`);
  if (!judged) console.log('\nAll answered and counted alike. Figures of so little say nothing.');
  console.log(`\n${Math.round((performance.now() - started) / 1000)} s in all, without builds.`);
}

/** Arms take turns, in the other direction in every second round, and stop at the first difference between them. */
async function measured(contenders: readonly Arm[], rig: Rig, plan: Plan) {
  const results = new Map<ArmLetter, Measured[]>(contenders.map(({ letter }) => [letter, []]));
  let example: readonly Answer[] | undefined;
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const arm of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const { measured: figures, answers } = await turn(arm, rig, plan, example);
      example ??= answers;
      results.get(arm.letter)?.push(figures);
      console.error(
        `round ${round + 1}, ${arm.name}: p50 ${figures.p50?.toFixed(2)} ms, p99 ${figures.p99?.toFixed(2)} ms`,
      );
    }
  }
  return results;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
