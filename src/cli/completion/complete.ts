import { modelDeployments, modelVersions, monitors, trainingRuns } from '../../api/customkinds.ts';
import { keyOf, type Kind, type Resource } from '../../api/resource.ts';
import { harmless } from '../../api/text.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { kindOf, kindWords } from '../cluster/kinds.ts';
import type { CommandDefinition } from '../command.ts';
import type { Option } from '../flags.ts';
import { flagsOf, type Line, lineOf, optionsOf } from './line.ts';
import { shells } from './shells.ts';

/** One of the words that may stand there. */
interface Offer {
  readonly word: string;
  readonly description?: string | undefined;
}

/** Whoever has typed half a word waits no longer for the cluster. */
const patience = '1500ms';

/** What the shells do with the words: nothing more, or files if there are none (cobra's ShellCompDirective). */
const noFiles = 4;
const files = 0;

/** The user's cluster by the options that were typed. */
export type ClusterOf = (options: Readonly<Record<string, string>>) => Cluster;

/**
 * What may stand where a person types, for shells and for kubectl, which calls `kubectl_complete-flyball`: one word with its description in each line, and what to do in the last.
 * What cannot be had, such as a cluster that does not answer, is not offered.
 * @param typed the words, of which the last is not complete.
 */
export async function completionOf(
  typed: readonly string[],
  commands: readonly CommandDefinition[],
  clusterOf: ClusterOf,
): Promise<string> {
  const before = typed.slice(0, -1);
  const word = typed.at(-1) ?? '';
  const line = lineOf(before, commands);
  const offers = (await offersFor(line, word, commands, clusterOf)) ?? 'files';
  if (offers === 'files') return `:${files}\n`;
  const lines = offers
    // Shells take a word as it is: one that would mean something to them is left out.
    .filter((offer) => offer.word.startsWith(word) && /^[\w.:@/+=-]+$/.test(offer.word))
    .map((offer) => `${offer.word}\t${harmless(offer.description ?? '')}`);
  return [...lines, `:${noFiles}`, ''].join('\n');
}

async function offersFor(
  line: Line,
  word: string,
  commands: readonly CommandDefinition[],
  clusterOf: ClusterOf,
): Promise<readonly Offer[] | 'files'> {
  const ask = (read: (cluster: Cluster) => Promise<readonly Offer[]>) =>
    asked(read, () => clusterOf({ ...line.options, requestTimeout: patience }));
  const [, flag] = /^(--[^=]+)=/.exec(word) ?? [];
  const option = flag === undefined ? line.valueOf : optionsOf(line.command).find((one) => flagsOf(one).includes(flag));
  if (option !== undefined) return prefixed(await valuesOf(option, ask), flag === undefined ? '' : `${flag}=`);
  if (word.startsWith('-'))
    return optionsOf(line.command).map((one) => ({ word: flagsOf(one).at(-1) ?? '', description: one.description }));
  if (line.command === undefined)
    return commands.map(({ usage, summary }) => ({ word: usage.split(' ')[0] ?? '', description: summary }));
  return await argumentsOf(line, line.command, word, ask);
}

type Ask = (read: (cluster: Cluster) => Promise<readonly Offer[]>) => Promise<readonly Offer[]>;

/** Silent where there is no answer: completion has nowhere to say why. */
async function asked(
  read: (cluster: Cluster) => Promise<readonly Offer[]>,
  open: () => Cluster,
): Promise<readonly Offer[]> {
  try {
    return await read(open());
  } catch {
    return [];
  }
}

async function valuesOf({ flags, choices }: Option, ask: Ask): Promise<readonly Offer[] | 'files'> {
  if (choices !== undefined) return choices.map((choice) => ({ word: choice }));
  if (flags.includes('--namespace '))
    return await ask(async (cluster) => named(await cluster.all(namespaces, undefined)));
  return flags.includes('<file>') ? 'files' : [];
}

const namespaces: Kind = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' };

/** Arguments are called by what they are: this is the convention of `CommandDefinition.usage`. */
const kindOfArgument: Readonly<Record<string, Kind>> = {
  run: trainingRuns,
  version: modelVersions,
  other: modelVersions,
  deployment: modelDeployments,
  monitor: monitors,
};

async function argumentsOf(
  { words }: Line,
  { usage }: CommandDefinition,
  word: string,
  ask: Ask,
): Promise<readonly Offer[] | 'files'> {
  const names = usage
    .split(' ')
    .slice(1)
    .map((argument) => argument.replace(/[<>[\].]/g, ''));
  const name = names[words.length] ?? '';
  if (name === 'file') return 'files';
  const [slashed] = /^[^/]+(?=\/)/.exec(word) ?? [];
  if (slashed !== undefined && words.length === 0)
    return prefixed(await objects(kindNamed(slashed), ask), `${slashed}/`);
  if (name === 'shell') return shells.map((shell) => ({ word: shell }));
  if (name === 'kind' || name === 'object') return kindWords.map((kind) => ({ word: kind }));
  if (name === 'name') return await objects(words[0] === undefined ? modelDeployments : kindNamed(words[0]), ask);
  return await objects(kindOfArgument[name], ask);
}

function kindNamed(word: string): Kind | undefined {
  try {
    return kindOf(word);
  } catch {
    return undefined;
  }
}

async function objects(kind: Kind | undefined, ask: Ask): Promise<readonly Offer[]> {
  return kind === undefined ? [] : await ask(async (cluster) => named(await cluster.all(kind, cluster.namespace)));
}

function named(all: readonly Resource[]): Offer[] {
  return all.map((object) => ({ word: keyOf(object).name }));
}

function prefixed(offers: readonly Offer[] | 'files', prefix: string): readonly Offer[] | 'files' {
  return offers === 'files' ? offers : offers.map((offer) => ({ ...offer, word: `${prefix}${offer.word}` }));
}
