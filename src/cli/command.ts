import type { Cluster } from './cluster/cluster.ts';
import type { Flags, Option } from './flags.ts';
import type { Format } from './output/document.ts';
import type { Output } from './output/output.ts';
import type { ExitCode } from './refused.ts';

export { type ExitCode, Refused } from './refused.ts';

/**
 * One command: `commands/NAME.ts` declares it, and one line in `commands/index.ts` adds it. What runs it is loaded when it runs, so that the
 * others begin as fast as before.
 */
export interface CommandDefinition {
  /** Under which heading the list of commands has it. */
  readonly purpose: Purpose;
  /**
   * The name and the arguments, as commander reads them: `why <kind> [name]`. Completion offers what arguments are called by: kind or object, name (of the kind before it, else of
   * a ModelDeployment), run, version, other (a version), deployment, monitor, file, shell.
   */
  readonly usage: string;
  /** One sentence without full stop, for the list of commands. */
  readonly summary: string;
  /** What else people have to know. */
  readonly description?: string;
  readonly options: readonly Option[];
  /** Commands, and what each does. */
  readonly examples: readonly (readonly [command: string, what: string])[];
  load(): Promise<Run>;
}

/** What people come for: headings of the list of commands, in this order. */
export const purposes = {
  see: 'See what there is and why',
  judge: 'Judge and compare',
  steer: 'Steer, by editing specs',
  other: 'Other',
} as const;
export type Purpose = keyof typeof purposes;

/** Does what the command says. @throws Refused for what the person can mend; anything else is told as it is. */
export type Run = (invocation: Invocation) => Promise<ExitCode>;

/** A command with all that it needs from outside. */
export interface Invocation {
  /** Its arguments in their order. */
  readonly words: readonly string[];
  /** Its options by their long names in camelCase; those that were not given are absent. */
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly flags: Flags;
  /** What was asked for. */
  readonly out: Output;
  /** What else people have to know: warnings, progress. */
  readonly err: Output;
  readonly input: AsyncIterable<Uint8Array>;
  readonly now: () => Date;
  /** Aborted by Ctrl-C. */
  readonly stop: AbortSignal;
  /** The user's cluster. Connects at the first request. @throws Refused if the kubeconfig names none. */
  cluster(): Cluster;
}

/** The format that `-o` names. */
export function formatOf({ options }: Invocation): Format | undefined {
  const { output } = options;
  return output === 'json' || output === 'yaml' ? output : undefined;
}
