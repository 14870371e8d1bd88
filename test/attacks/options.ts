/** What the attacks are asked for on the command line. */
import { parseArgs } from 'node:util';

export interface Options {
  /** Only attacks and deeds in whose title this occurs. */
  readonly only: string | undefined;
  readonly worlds: readonly string[] | undefined;
  readonly parallel: number;
  readonly table: boolean;
}

export const usage = `Usage: npm run attacks -- [options]

  --only TEXT        only those in whose topic or name this occurs
  --world NAME       only in this world: Stopped, Running or Compare; may be repeated
  --parallel N       how many namespaces are attacked at the same time (12)
  --table            prints a table in Markdown of what holds which attack
  --help             prints this

Exit code 0: no attack succeeded and all that is lawful works; 1: not so; 2: the options cannot be understood.`;

export function optionsFrom(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: 'string' },
      world: { type: 'string', multiple: true },
      parallel: { type: 'string', default: '12' },
      table: { type: 'boolean', default: false },
    },
  });
  return { only: values.only, worlds: values.world, parallel: Number(values.parallel), table: values.table };
}
