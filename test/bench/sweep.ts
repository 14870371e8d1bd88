/** Finds how many reconciles at a time suit controller-runtime best on this machine. */
import { contender } from './contenders/index.ts';
import { burstSeconds, warm } from './scenarios/work.ts';
import { markdown } from './table.ts';
import { inTurn, runKeys } from './turn.ts';

const tried = [1, 8, 32, 128];

/** The concurrency with the shortest time for so many runs. Prints all. */
export async function bestConcurrency(runs: number): Promise<number> {
  const found: { readonly concurrency: number; readonly seconds: number; readonly cpu: number }[] = [];
  for (const concurrency of tried) {
    const one = contender('G', { bundle: undefined, concurrency });
    found.push(
      await inTurn(one, async (turn) => {
        const program = turn.start();
        await warm(turn, { settleSeconds: 1 });
        const before = program.cpuSeconds();
        const keys = runKeys('burst', runs);
        await turn.create(keys);
        await turn.settled(keys, 1);
        return { concurrency, seconds: burstSeconds(turn, keys), cpu: program.cpuSeconds() - before };
      }),
    );
  }
  const rows = found.map(({ concurrency, seconds, cpu }) => [String(concurrency), seconds.toFixed(2), cpu.toFixed(2)]);
  console.log(`controller-runtime, ${runs} runs to Job and status:\n`);
  console.log(`${markdown(['at a time', 'time [s]', 'CPU [s]'], rows)}\n`);
  const [best] = found.toSorted((one, other) => one.seconds - other.seconds);
  return best?.concurrency ?? 8;
}
