/** How the end of a plan is held against that of its scenario without disturbances. */
import { keyOf, type Resource } from '../../src/api/resource.ts';
import type { Disturbed, FaultPlan } from './contract.ts';
import type { Description } from './descriptions/description.ts';
import { differences, type End, endOf } from './end.ts';
import { faultOf } from './faults.ts';
import { type Ending, retriesDue, tells, unaccounted } from './judge/accounted.ts';
import { type Created, createdBy } from './judge/counts.ts';
import { isSame } from './judge/evidence.ts';
import { obey } from './obedience.ts';
import type { World } from './world.ts';

/** How long a world may take to come to its end, in milliseconds. */
const rest = 30_000;

/** As without disturbances; or elsewhere if it is told who forged what; or anywhere. */
export type WantedEnd = 'AsReference' | 'Accounted' | 'Any';

export function wantedOf({ injections }: FaultPlan): WantedEnd {
  const differing = injections.map(({ fault }) => faultOf(fault)).filter(({ end }) => end === 'MayDiffer');
  if (differing.length === 0) return 'AsReference';
  return differing.every((fault) => fault.class === 'Forgery') ? 'Accounted' : 'Any';
}

/** How a scenario goes when nothing disturbs it. */
export interface Reference {
  readonly end: End;
  readonly created: Created;
}

/** What ends. */
interface Played {
  readonly world: World;
  readonly disturbed: Disturbed;
  readonly description: Description;
}

export interface Ended extends Played {
  /** How many creations are carried out after their operator gave them up. */
  readonly late: number;
  /** Whether the last step of the scenario was not reached. */
  readonly isStuck: boolean;
}

/**
 * After the last step everything ends up as it did without disturbances, and nothing was made that is not made then, but for what
 * was made late. After a forgery it ends up so, or says why not.
 */
export async function compare(ended: Ended, reference: Reference, wanted: WantedEnd): Promise<readonly string[]> {
  switch (wanted) {
    case 'AsReference':
      return ended.isStuck ? [] : [...(await differing(ended, reference)), ...surplus(ended, reference)];
    case 'Accounted':
      return [...(await silent(ended, reference)), ...surplus(ended, reference), ...(await heard(ended))];
    case 'Any':
      return [];
  }
}

/** Whether anybody tells of a forgery. */
export function isTold(played: Played): boolean {
  return [...parentsOf(played).values()].some((parent) => tells(parent, played.disturbed.forged));
}

async function differing({ world, description }: Ended, reference: Reference): Promise<readonly string[]> {
  const end = () => endOf(world.history, world.namespace, description);
  const isAsBefore = await world.history.until(() => isSame(end(), reference.end), rest);
  const all = isAsBefore ? [] : differences(end(), reference.end);
  return all.map((difference) => `end: ${difference}, as it is without disturbances`);
}

/** What ends elsewhere since somebody forged something, and does not say so. */
async function silent(ended: Ended, reference: Reference): Promise<readonly string[]> {
  const unsaid = () => unaccounted(endingOf(ended), reference.end);
  const isAccounted = await ended.world.history.until(() => unsaid().length === 0, rest);
  const all = isAccounted ? [] : unsaid();
  return all.map(
    (difference) => `I9: ${difference}, as it is without a forger, and no condition tells what was forged`,
  );
}

/** Who does what is told reads no more of it. */
function heard(played: Ended): Promise<readonly string[]> {
  return obey(played.world, () => [...parentsOf(played).values()]);
}

function endingOf({ isStuck, ...played }: Ended): Ending {
  const { world, disturbed, description } = played;
  const end = endOf(world.history, world.namespace, description);
  return { end, parents: parentsOf(played), forged: disturbed.forged, isStuck };
}

function parentsOf({ world, description }: Played): ReadonlyMap<string, Resource> {
  return new Map(
    description.parents.flatMap((kind) =>
      world.history.list(kind).map((object) => [`${kind.plural}/${keyOf(object).name}`, object] as const),
    ),
  );
}

/** What a stage is made of that is made again. */
const again: ReadonlySet<string> = new Set(['jobs', 'services']);

function surplus({ world, disturbed, late }: Ended, reference: Reference): readonly string[] {
  const retries = retriesDue(disturbed.forged);
  return Object.entries(createdBy(disturbed.requests, world.history.changes))
    .filter(([plural, count]) => count > (reference.created[plural] ?? 0) + late + (again.has(plural) ? retries : 0))
    .map(([plural, count]) => `counts: ${count} ${plural} were created instead of ${reference.created[plural] ?? 0}`);
}
