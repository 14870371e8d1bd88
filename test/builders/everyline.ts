/** Lines by which all commands are played on the recorded product. */
import type { CommandDefinition } from '../../src/cli/command.ts';
import { commands } from '../../src/cli/commands/index.ts';

/** @param manifest a file for those that read one */
export function everyLine(manifest: string): readonly string[] {
  return commands.flatMap((command) => linesOf(command, manifest));
}

/** Stands for each argument that the usage of a command names; of one that is not listed, the name of the product. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  kind: ['trun', 'mdep', 'mon', 'mver'],
  run: ['trun'],
  deployment: ['mdep'],
  object: ['mdep'],
  version: ['biopsy-1'],
  a: ['biopsy-1'],
  b: ['biopsy-2'],
  one: ['biopsy-1'],
  other: ['biopsy-2'],
};

/** With all kinds, in all formats, once and as it goes on. */
function linesOf({ usage, options }: CommandDefinition, manifest: string): readonly string[] {
  const [name = '', ...declared] = usage.split(' ');
  const valueOf = (one: string) => (/^files?$/.test(one) ? manifest : argumentsOf[one]?.[0]) ?? 'biopsy';
  const named = declared.map((one) => one.replaceAll(/[<>[\].]/g, ''));
  const kinds = named.includes('kind') ? (argumentsOf['kind'] ?? []) : [''];
  const lines = kinds.map((kind) =>
    [
      name,
      ...named.map((one) => (one === 'kind' ? kind : one === 'name' && kind === 'mver' ? 'biopsy-1' : valueOf(one))),
    ].join(' '),
  );
  const flags = options.map((option) => option.flags);
  const formats = flags.some((one) => one.includes('--output')) ? ['-o json', '-o yaml'] : [];
  const goingOn = flags.flatMap((one) => /--(?:watch|follow)\b/.exec(one)?.[0] ?? []);
  const bare = declared.every((one) => one.startsWith('[')) ? [name] : [];
  return [...bare, ...lines].flatMap((line) => [
    line,
    ...formats.map((one) => `${line} ${one}`),
    ...goingOn.map((one) => `${line} ${one}`),
  ]);
}
