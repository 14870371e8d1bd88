/** I3: a child whose owner somebody took away belongs to nobody: it is neither adopted nor touched any more. */
import type { Resource } from '../../../src/api/resource.ts';
import type { Change } from '../history.ts';
import { faultOf } from '../faults.ts';
import { type Evidence, isDone, lives, objectWrites, type Rule, targetOf, titleOf, versionOf } from './evidence.ts';
import { answeredUID } from './ownership.ts';

export const disowningRules: readonly Rule[] = [nothingIsAdopted, disownedStay];

/** An owner is given to an object when it is made, and never after. */
function nothingIsAdopted({ requests }: Evidence): readonly string[] {
  return objectWrites(requests).flatMap((request) => {
    const { ownerReferences } = (request.body as Partial<Resource> | undefined)?.metadata ?? {};
    const isGiven = request.method !== 'POST' && ownerReferences !== undefined;
    return isGiven
      ? [`I3: ${titleOf(request)} gives an owner to what is there: ${JSON.stringify(ownerReferences)}`]
      : [];
  });
}

/** How long it may take at most, in milliseconds, until who watches has seen a change, where nothing delays the watches. */
const noticed = 3_000;

const delaying = ['Watch', 'Staleness', 'Leadership', 'Clock', 'Outage'];

/** Judged where the operator must have seen it; a UID alone keeps no patch from what was disowned a moment ago. */
function disownedStay({ requests, changes, description, injections }: Evidence): readonly string[] {
  if (injections.some(({ fault }) => delaying.includes(faultOf(fault).class))) return [];
  const parents = new Set(description.parents.flatMap(({ plural }) => [...lives(changes, plural).keys()]));
  const records = new Set(description.records.map(({ plural }) => plural));
  const children = description.children.filter(({ plural }) => !records.has(plural));
  const disowned = new Map(children.flatMap(({ plural }) => disownedOf(lives(changes, plural), parents)));
  return objectWrites(requests).flatMap((request) => {
    if (request.method === 'POST' || !isDone(request)) return [];
    const change = disowned.get(answeredUID(request.answer));
    return change !== undefined && request.at - change.at > noticed && !isStatus(request)
      ? [`I3: ${titleOf(request)} succeeded on what had no owner since version ${versionOf(change.object)}`]
      : [];
  });
}

function isStatus(request: Parameters<typeof targetOf>[0]): boolean {
  return targetOf(request)?.subresource !== undefined;
}

/** When the owner went, of those that had one. */
function disownedOf(
  all: ReadonlyMap<string, readonly Change[]>,
  parents: ReadonlySet<string>,
): readonly (readonly [uid: string, change: Change])[] {
  const isOwned = ({ object }: Change) =>
    (object.metadata?.ownerReferences ?? []).some((owner) => parents.has(owner.uid));
  return [...all].flatMap(([uid, states]) => {
    const left = states.find((state, index) => {
      const before = states[index - 1];
      return before !== undefined && isOwned(before) && !isOwned(state);
    });
    return left === undefined ? [] : [[uid, left] as const];
  });
}
