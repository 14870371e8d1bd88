/** What is asked of the benchmark of the observer. */
import { parseArgs } from 'node:util';
import { type ArmLetter, letters } from './arms.ts';
import type { Plan } from './turn.ts';

export interface Options {
  readonly plan: Plan;
  readonly arms: readonly ArmLetter[];
  readonly bundle: string | undefined;
  readonly judged: boolean;
}

const full: Plan = { rounds: 3, rate: 500, warmSeconds: 3, pacedSeconds: 6, fullSeconds: 4 };

/** Whether all answer and count alike: too little of everything to say what anything costs. */
const smoke: Plan = { rounds: 1, rate: 100, warmSeconds: 1, pacedSeconds: 1, fullSeconds: 1 };

const usage = `npm run bench:observer -- [option …]
  what the observer costs, beside no proxy and proxies in Go, in at most 3 minutes
  --smoke         whether all answer and count alike, in half a minute
  --arms ABNC     A no proxy, B the observer with two signals, N the observer without, C Go's ReverseProxy, K KServe's agent (which is
                  built for ten minutes at the first time)
  --rounds N      how often each has its turn
  --bundle FILE   another build of Flyball, to compare before with after`;

/** @throws an Error with the usage if an argument is unknown or makes no sense. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parsed(args);
  const plan = values.smoke ? smoke : full;
  const rounds = Number(values.rounds ?? plan.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw refused(`--rounds must be a whole number above 0`);
  return {
    plan: { ...plan, rounds },
    arms: values.arms.split('').map(letter),
    bundle: values.bundle,
    judged: values.smoke !== true,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        smoke: { type: 'boolean' },
        arms: { type: 'string', default: 'ABNC' },
        rounds: { type: 'string' },
        bundle: { type: 'string' },
      },
    });
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

function letter(text: string): ArmLetter {
  const found = letters.find((one) => one === text);
  if (found === undefined) throw refused(`--arms knows ${letters.join(', ')}, not "${text}"`);
  return found;
}

function refused(message: string): Error {
  return new Error(`${message}\n${usage}`);
}
