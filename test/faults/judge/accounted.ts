/** I9: who comes to another end than without a forger says so, with the forged object and the next command. */
import type { Forged } from '../contract.ts';
import type { Condition } from '../../../src/api/condition.ts';
import { keyOf, type Resource } from '../../../src/api/resource.ts';
import { differences, type End } from '../end.ts';

type Told = Pick<Condition, 'reason' | 'message'>;

interface Telling extends Resource {
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly attempts?: readonly (Partial<Told> & { readonly number: number })[];
  };
}

/** How a plan with a forger ended. */
export interface Ending {
  readonly end: End;
  /** The parents as they are now, by "plural/name". */
  readonly parents: ReadonlyMap<string, Resource>;
  readonly forged: Forged;
  /** Whether the scenario could not be gone through, so that others may end elsewhere too. */
  readonly isStuck: boolean;
}

/** What ended elsewhere than without a forger, and nobody tells why: "status.latestAttempt of trainingruns/fraud: …". */
export function unaccounted(ending: Ending, wanted: End): readonly string[] {
  const { parents, forged, isStuck } = ending;
  const all = new Set([...parents.keys(), ...Object.keys(wanted)]);
  const isAgain = retriesDue(forged) > 0;
  const differencesOf = (name: string) => differences(only(ending.end, name, isAgain), only(wanted, name, isAgain));
  const differing = [...all].filter((name) => differencesOf(name).length > 0);
  const telling = differing.filter((name) => tells(parents.get(name), forged));
  const isToldOf = (name: string) =>
    telling.includes(name) || (telling.length > 0 && (isStuck || leadsClients(name, wanted)));
  return differing
    .filter((name) => (leadsClients(name, wanted) || isParent(name, parents)) && !isToldOf(name))
    .flatMap(differencesOf);
}

/** @param isAgain whether a Job may have been made again, so that its name tells nothing. */
function only(end: End, name: string, isAgain: boolean): End {
  const text = JSON.stringify({ [name]: end[name] });
  return JSON.parse(isAgain ? text.replace(/(-[1-9][0-9]*-[a-z]+)-r[1-9][0-9]*"/g, '$1"') : text) as End;
}

/** How many Jobs may be made again, since a pod that the Job controller counts is none of theirs: what a Job makes of it does not count. */
export function retriesDue({ made }: Forged): number {
  const owners = [...made.values()].flatMap(({ metadata }) => metadata?.ownerReferences ?? []);
  return owners.filter(({ kind }) => kind === 'Job').length;
}

function isParent(name: string, parents: Ending['parents']): boolean {
  return [...parents.keys()].some((each) => kindIn(each) === kindIn(name));
}

/** A Service by which clients come to a model can say nothing itself; that of a gang means nothing once its Job has ended. */
function leadsClients(name: string, wanted: End): boolean {
  const { owners = [] } = (wanted[name] ?? {}) as { readonly owners?: readonly string[] };
  return kindIn(name) === 'services' && owners.some((owner) => owner.startsWith('ModelDeployment '));
}

function kindIn(name: string): string | undefined {
  return name.split('/')[0];
}

/** By which it is told that something is not what was made. */
export const reasonsOfForgery: ReadonlySet<string> = new Set([
  'Forged',
  'SnapshotInvalid',
  'NameConflict',
  'ServiceEdited',
]);

/** Whether it does so, by a text that names what was forged, and a command between backticks. */
export function tells(parent: Telling | undefined, { made, changed }: Forged): boolean {
  const names = [...made.values(), ...changed.values()].map((object) => keyOf(object).name);
  return toldBy(parent).some(
    ({ reason = '', message = '' }) =>
      reasonsOfForgery.has(reason) && names.some((name) => message.includes(name)) && /`kubectl [^`]+`/.test(message),
  );
}

/** Conditions are about the newest attempt: those before it have their own words in the history. */
function toldBy(parent: Telling | undefined): readonly Partial<Told>[] {
  const { conditions = [], attempts = [] } = parent?.status ?? {};
  const newest = Math.max(...attempts.map(({ number }) => number));
  return [...conditions, ...attempts.filter(({ number }) => number < newest)];
}
