/** Does what is told to be done about a forgery, as a person would who reads it. */
import type { IReplicaSet } from 'kubernetes-models/apps/v1';
import type { Condition } from '../../src/api/condition.ts';
import { deployments, jobs, modelVersions, pods, services } from '../../src/api/kinds.ts';
import type { Kind, Resource } from '../../src/api/resource.ts';
import { reasonsOfForgery } from './judge/accounted.ts';
import type { World } from './world.ts';

/** How long it may take until a person who obeyed reads no more of it, in milliseconds. */
const patience = 20_000;
/** Of several objects that were forged one after the other is told. */
const mostCommands = 4;

const replicaSets: Kind<IReplicaSet> = { apiVersion: 'apps/v1', kind: 'ReplicaSet', plural: 'replicasets' };

/** As people name kinds to kubectl. */
const words: ReadonlyMap<string, Kind> = new Map(
  [jobs, pods, services, deployments, modelVersions, replicaSets].flatMap((kind): [string, Kind][] => [
    [kind.kind.toLowerCase(), kind],
    [kind.plural, kind],
  ]),
);
const shortWords: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['po', pods],
  ['svc', services],
  ['deploy', deployments],
  ['rs', replicaSets],
  ['mver', modelVersions],
]);

interface Deletion {
  readonly command: string;
  readonly kind: Kind;
  readonly name: string;
}

/** The first deletion that conditions about forgeries ask for, if any does. */
export function deletionIn(conditions: readonly Condition[] = []): Deletion | undefined {
  for (const { reason, message } of conditions) {
    if (!reasonsOfForgery.has(reason)) continue;
    const [command, word = '', name = ''] = /kubectl -n \S+ delete ([a-z]+) ([a-z0-9.-]+)/.exec(message) ?? [];
    const kind = words.get(word) ?? shortWords.get(word);
    if (command !== undefined && kind !== undefined) return { command, kind, name };
  }
  return undefined;
}

/** Obeys until nothing more is told to be deleted; returns what was told again after it had been done. */
export async function obey(world: World, parents: () => readonly Resource[]): Promise<readonly string[]> {
  const next = () => parents().flatMap((parent) => deletionIn(conditionsOf(parent)) ?? [])[0];
  for (let tries = 0; tries < mostCommands; tries += 1) {
    const asked = next();
    if (asked === undefined) return [];
    await world.delete(asked.kind, asked.name);
    const isHeard = await world.history.until(() => next()?.command !== asked.command, patience);
    if (!isHeard) return [`I9: it is still told to run \`${asked.command}\` after that was done`];
  }
  return [];
}

function conditionsOf(parent: Resource): readonly Condition[] {
  return (parent as { readonly status?: { readonly conditions?: readonly Condition[] } }).status?.conditions ?? [];
}
