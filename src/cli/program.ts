import { Command, CommanderError, Option as CommanderOption } from 'commander';
import { commands } from './commands/index.ts';
import type { CommandDefinition, ExitCode, Invocation } from './command.ts';
import { type Flags, globalOptions, type Option } from './flags.ts';

/** What of an invocation does not depend on the command line. */
export interface Surroundings {
  readonly version: string;
  readonly write: (words: string) => void;
  readonly writeError: (words: string) => void;
  /** Makes the rest of an invocation of what the command line says. */
  invocation(words: readonly string[], options: Invocation['options'], flags: Flags): Invocation;
}

/** Reads a command line, without the program's own name, and does what it says. */
export async function run(line: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const program = programOf(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(line, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

/** The whole command line, as help and completion read it too. */
export function programOf(surroundings: Surroundings, ended: (code: ExitCode) => void): Command {
  const program = new Command('kubectl flyball')
    .description('See, judge and steer machine learning models from training to a running product.')
    .version(surroundings.version, '-V, --version', 'Print the version')
    .configureOutput({ writeOut: surroundings.write, writeErr: surroundings.writeError })
    .exitOverride();
  for (const definition of commands) add(program, definition, surroundings, ended);
  return program;
}

function add(
  program: Command,
  definition: CommandDefinition,
  surroundings: Surroundings,
  ended: (code: ExitCode) => void,
): void {
  const command = program
    .command(definition.usage)
    .summary(definition.summary)
    .description([`${definition.summary}.`, definition.description ?? ''].join('\n').trim());
  for (const option of definition.options) command.addOption(optionOf(option));
  for (const option of globalOptions) command.addOption(optionOf(option).helpGroup('Options of all commands:'));
  const examples = definition.examples.map(([line, what]) => `  # ${what}\n  ${line}`).join('\n');
  command.addHelpText('after', `\nExamples:\n${examples}`);
  command.action(async () => {
    const options = command.opts<Record<string, string | boolean | readonly string[] | undefined>>();
    const words = command.args;
    const invoke = await definition.load();
    ended(await invoke(surroundings.invocation(words, options, flagsOf(options))));
  });
}

function optionOf({ flags, description, choices, isRepeatable }: Option): CommanderOption {
  const option = new CommanderOption(flags, description);
  if (choices !== undefined) option.choices(choices);
  if (isRepeatable)
    option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
  return option;
}

function flagsOf(options: Invocation['options']): Flags {
  const { color, ...rest } = options as Partial<Flags>;
  return { ...rest, color: color ?? 'auto' };
}
