/** What is asked of the benchmark of the downloader. */
import { parseArgs } from 'node:util';

/** What each contender brings from the store. */
export interface Load {
  readonly rounds: number;
  /** Of the one large file, in bytes. */
  readonly large: number;
  /** How many small files of 4 KiB. */
  readonly small: number;
}

const full: Load = { rounds: 3, large: 2 * 2 ** 30, small: 100_000 };
const smoke: Load = { rounds: 1, large: 32 * 2 ** 20, small: 200 };

const usage = `npm run bench:downloader -- [option …]
  how fast artifacts come from a store that speaks S3, as a share of what the store and the disk give: one large file and many small ones
  --smoke         whether all bring the same, in a minute; figures of so little say nothing
  --large MIB     the size of the large file; 2048
  --small N       how many small files; 100000
  --rounds N      how often each has its turn; 3`;

/** @throws an Error with the usage if an argument is unknown or makes no sense. */
export function parseOptions(args: readonly string[]): Load {
  const { values } = parsed(args);
  const usual = values.smoke ? smoke : full;
  const whole = (name: 'rounds' | 'large' | 'small', otherwise: number): number => {
    const number = Number(values[name] ?? otherwise);
    if (!Number.isInteger(number) || number < 1) throw refused(`--${name} must be a whole number above 0`);
    return number;
  };
  return {
    rounds: whole('rounds', usual.rounds),
    large: whole('large', usual.large / 2 ** 20) * 2 ** 20,
    small: whole('small', usual.small),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        smoke: { type: 'boolean' },
        large: { type: 'string' },
        small: { type: 'string' },
        rounds: { type: 'string' },
      },
    });
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

function refused(message: string): Error {
  return new Error(`${message}\n${usage}`);
}
