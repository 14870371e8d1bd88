import type { Key } from './resource.ts';

/**
 * A command line that a person can paste into a shell, and that works at the moment it is shown. Only this file makes one, so that
 * no name of an object and no word of others becomes a command.
 */
export type Command = string & { readonly made: 'by command.ts' };

/**
 * `kubectl -n NAMESPACE WORDS…`, each word quoted for a shell where it needs it.
 * @param namespace absent for what belongs to none, such as nodes.
 */
export function kubectl(namespace: string | undefined, ...words: readonly string[]): Command {
  const all = ['kubectl', ...(namespace === undefined ? [] : ['-n', namespace]), ...words];
  return all.map(shellWord).join(' ') as Command;
}

/** Changes fields of an object's spec. */
export function patchCommand(resource: string, { namespace, name }: Key, spec: Readonly<Record<string, unknown>>) {
  return kubectl(namespace, 'patch', resource, name, '--type', 'merge', '-p', JSON.stringify({ spec }));
}

/** Sets one field of an object's spec, by its path, to the time at which the command is run. */
export function patchTimeCommand(resource: string, { namespace, name }: Key, path: readonly string[]): Command {
  const time = '$(date -u +%FT%TZ)';
  const patch = JSON.stringify(['spec', ...path].reduceRight<unknown>((inner, field) => ({ [field]: inner }), time));
  const quoted = patch.replaceAll('"', String.raw`\"`);
  return `${kubectl(namespace, 'patch', resource, name, '--type', 'merge', '-p')} "${quoted}"` as Command;
}

/** The options by which a person chose a cluster, and as whom to come there, as words of a command line. */
export interface ConnectionOptions {
  readonly cluster: readonly string[];
  readonly user: readonly string[];
}

/**
 * A command by that connection: kubectl takes such options before its verb, a plugin behind its own words. A command that names a user itself
 * keeps that one. Undefined where an option cannot be written as it is: no command is better than one that acts on another cluster.
 */
export function through({ cluster, user }: ConnectionOptions, command: string): string | undefined {
  if (!command.startsWith('kubectl ')) return command;
  const options = namesUser(command) ? cluster : [...cluster, ...user];
  if (options.some((word) => pasteable(word) !== word)) return undefined;
  const words = options.map((word) => ` ${shellWord(word)}`).join('');
  return command.startsWith('kubectl flyball ') ? `${command}${words}` : command.replace(' ', () => `${words} `);
}

function namesUser(command: string): boolean {
  return / --as[ =]/.test(command.replaceAll(/'[^']*'|"(?:[^"\\]|\\.)*"|\\./g, ''));
}

/** As it is if no shell could read it differently; else in single quotes, without what would end the command or act on a terminal. */
function shellWord(word: string): string {
  const plain = pasteable(word);
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", String.raw`'\''`)}'`;
}

/** Without what would end a command that stands between backticks, or act on a terminal. */
function pasteable(word: string): string {
  return word.toWellFormed().replace(/[`\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
}
