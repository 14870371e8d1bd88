import { Command, CommanderError, Option as CommanderOption } from 'commander';
import { harmless } from '../api/text.ts';
import { commands } from './commands/index.ts';
import { type CommandDefinition, type ExitCode, type Invocation, purposes } from './command.ts';
import type { ClusterOf } from './completion/complete.ts';
import { type Flags, globalOptions, type Option } from './flags.ts';

/** What of an invocation does not depend on the command line. */
export interface Surroundings {
  readonly version: string;
  readonly write: (words: string) => void;
  readonly writeError: (words: string) => void;
  /** How wide the text is that nobody asked to be otherwise; undefined where nobody counts. */
  readonly width?: number | undefined;
  /** Makes the rest of an invocation of what the command line says. */
  invocation(words: readonly string[], options: Invocation['options'], flags: Flags): Invocation;
}

/** Reads a command line, without the program's own name, and does what it says. */
export async function run(line: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const [first, second, ...typed] = line;
  if (first === 'complete' && second === '--') return await complete(typed, surroundings);
  let exitCode: ExitCode = 0;
  const program = programOf(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(asked(line, program), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

/** What shells ask for; people do not, so that no help tells of it. */
async function complete(typed: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { completionOf } = await import('./completion/complete.ts');
  const clusterOf: ClusterOf = (options) => surroundings.invocation([], options, flagsOf(options)).cluster();
  surroundings.write(await completionOf(typed, commands, clusterOf));
  return 0;
}

/** Who says nothing, or asks for help of a command, gets help. */
function asked([first, ...rest]: readonly string[], program: Command): readonly string[] {
  if (first === undefined) return ['--help'];
  const [name] = rest;
  if (first !== 'help') return [first, ...rest];
  if (name === undefined) return ['--help'];
  return program.commands.some((command) => command.name() === name) ? [name, '--help'] : [name];
}

/** The whole command line, as help and completion read it too. */
export function programOf(surroundings: Surroundings, ended: (code: ExitCode) => void): Command {
  const { width } = surroundings;
  const program = new Command('kubectl flyball')
    .usage('COMMAND [arguments] [options]')
    .description(
      'See, judge and steer machine learning models, from training to a running product, with your own rights.',
    )
    .version(surroundings.version, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Print this')
    .helpCommand(false)
    .showHelpAfterError('`kubectl flyball --help` lists the commands.')
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}`.replace(' [options]', '') })
    .configureOutput({
      writeOut: surroundings.write,
      writeErr: (words) => surroundings.writeError(harmlessLines(words)),
      ...(width !== undefined && { getOutHelpWidth: () => width, getErrHelpWidth: () => width }),
    })
    // What all commands take may stand before the command, too.
    .enablePositionalOptions()
    .exitOverride()
    .addHelpText('after', '\n`kubectl flyball help COMMAND` tells what a command takes, with examples.');
  for (const option of globalOptions) program.addOption(optionOf(option).hideHelp());
  for (const purpose of Object.keys(purposes)) {
    for (const definition of commands.filter((one) => one.purpose === purpose))
      add(program, definition, surroundings, ended);
  }
  return program;
}

function add(
  program: Command,
  definition: CommandDefinition,
  surroundings: Surroundings,
  ended: (code: ExitCode) => void,
): void {
  const [name = '', ...words] = definition.usage.split(' ');
  const command = program
    .command(definition.usage)
    .usage([...words.map(shownArgument), '[options]'].join(' '))
    .helpGroup(`${purposes[definition.purpose]}:`)
    .showHelpAfterError(`\`kubectl flyball ${name} --help\` tells what it takes.`)
    .summary(definition.summary)
    .description([`${definition.summary}.`, definition.description ?? ''].join('\n').trim());
  for (const option of definition.options) command.addOption(optionOf(option));
  for (const option of globalOptions) command.addOption(optionOf(option).helpGroup('Options of all commands:'));
  const examples = definition.examples.map(([line, what]) => `  # ${what}\n  ${line}`).join('\n');
  command.addHelpText('after', `\nExamples:\n${examples}`);
  command.action(async () => {
    const options = { ...program.opts(), ...command.opts() } as Invocation['options'];
    const flags = flagsOf(options);
    if (flags.asGroup !== undefined && !flags.as)
      command.error('error: --as-group is for whom --as names: give --as, too');
    const invoke = await definition.load();
    ended(await invoke(surroundings.invocation(command.args, options, flags)));
  });
}

/** `<kind> [name]` as people read it: KIND [NAME]. */
function shownArgument(word: string): string {
  return word.replace(/^<(.*)>$/, '$1').toUpperCase();
}

/** What commander says of a word that it does not know repeats the word. */
function harmlessLines(words: string): string {
  return words.split('\n').map(harmless).join('\n');
}

function optionOf({ flags, description, choices, isRepeatable }: Option): CommanderOption {
  const option = new CommanderOption(flags, description);
  if (choices !== undefined) option.choices(choices);
  if (isRepeatable)
    option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
  return option;
}

function flagsOf(options: Invocation['options']): Flags {
  const { color, asGroup, ...rest } = options as Partial<Flags>;
  return { ...rest, color: color ?? 'auto', ...(asGroup !== undefined && { asGroup: [asGroup].flat() }) };
}
