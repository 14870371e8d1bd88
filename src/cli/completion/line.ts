import type { CommandDefinition } from '../command.ts';
import { globalOptions, type Option } from '../flags.ts';

/** What a person has typed so far, as completion reads it. */
export interface Line {
  readonly command: CommandDefinition | undefined;
  /** The arguments of the command before the word that is typed. */
  readonly words: readonly string[];
  /** By their long names in camelCase. */
  readonly options: Readonly<Record<string, string>>;
  /** The option whose value is typed. */
  readonly valueOf: Option | undefined;
}

/** Reads the words before the one that is typed. */
export function lineOf(before: readonly string[], commands: readonly CommandDefinition[]): Line {
  let line: Line = { command: undefined, words: [], options: {}, valueOf: undefined };
  for (const word of before) line = next(line, word, commands);
  return line;
}

function next(line: Line, word: string, commands: readonly CommandDefinition[]): Line {
  const { command, valueOf } = line;
  if (valueOf !== undefined) {
    return { ...line, valueOf: undefined, options: { ...line.options, [nameOf(valueOf)]: word } };
  }
  if (word.startsWith('-')) {
    const [, flag = word, value] = /^(--[^=]+)=(.*)$/.exec(word) ?? [];
    const option = optionsOf(command).find((one) => flagsOf(one).includes(flag));
    if (option === undefined || !takesValue(option)) return line;
    return value === undefined
      ? { ...line, valueOf: option }
      : { ...line, options: { ...line.options, [nameOf(option)]: value } };
  }
  if (command === undefined) return { ...line, command: commands.find((one) => one.usage.split(' ')[0] === word) };
  return { ...line, words: [...line.words, word] };
}

export function optionsOf(command: CommandDefinition | undefined): readonly Option[] {
  return [...(command?.options ?? []), ...globalOptions];
}

/** `-n` and `--namespace` of `-n, --namespace <namespace>`. */
export function flagsOf({ flags }: Option): string[] {
  return flags.split(/[ ,]+/).filter((word) => word.startsWith('-'));
}

export function takesValue({ flags }: Option): boolean {
  return /[<[]/.test(flags);
}

/** `requestTimeout` of `--request-timeout <duration>`. */
function nameOf(option: Option): string {
  const long = flagsOf(option).at(-1)?.replace(/^--/, '') ?? '';
  return long.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
