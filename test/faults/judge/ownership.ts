/** I1, I3: the operator writes statuses and what it owns, and nothing of anybody else's. */
import { keyOf, type Resource, uidOf } from '../../../src/api/resource.ts';
import { withoutMarks } from '../end.ts';
import {
  type Evidence,
  isDone,
  isSame,
  lives,
  nameOf,
  objectWrites,
  type Rule,
  targetOf,
  titleOf,
} from './evidence.ts';

export const ownershipRules: readonly Rule[] = [
  onlyItsOwnKinds,
  parentsStayAsWritten,
  foreignObjectsStay,
  childrenHaveTheirOwner,
];

/** Parents by their status alone, records by creation alone, children in any way; nothing else. */
function onlyItsOwnKinds({ requests, description }: Evidence): readonly string[] {
  const names = (kinds: readonly { readonly plural: string }[]) => new Set(kinds.map(({ plural }) => plural));
  const [parents, children, records] = [description.parents, description.children, description.records].map(names);
  return objectWrites(requests).flatMap((request) => {
    const { plural = '', subresource } = targetOf(request) ?? {};
    const isStatus = parents?.has(plural) === true && subresource === 'status';
    const isRecord = records?.has(plural) === true;
    const isChild = children?.has(plural) === true && subresource === undefined;
    const isAllowed = isStatus || (isRecord ? request.method === 'POST' : isChild);
    return isAllowed ? [] : [`I1: ${titleOf(request)} is not the operator's to do`];
  });
}

/** What people wrote of a parent changes only by what people write. */
function parentsStayAsWritten({ changes, description, deeds }: Evidence): readonly string[] {
  return description.parents.flatMap(({ plural }) =>
    [...lives(changes, plural).values()].flatMap((states) =>
      states.slice(1).flatMap(({ object, type }, index) => {
        const before = states[index]?.object;
        if (before === undefined || type === 'Deleted' || isSame(written(before), written(object))) return [];
        if (deeds.written.has(object.metadata?.resourceVersion ?? '')) return [];
        return [`I1: ${nameOf(object)} was ${shown(before)} and became ${shown(object)} though nobody edited it`];
      }),
    ),
  );
}

/** All but the status and what the API server keeps; a deletion that waits is no edit. */
function written(object: Resource): unknown {
  const { metadata = {}, spec } = object as Resource & { readonly spec?: unknown };
  const { labels, annotations, ownerReferences } = metadata;
  const { finalizers } = metadata as { readonly finalizers?: unknown };
  return { labels, annotations: withoutMarks(annotations), ownerReferences, finalizers, spec };
}

function shown(object: Resource): string {
  return JSON.stringify(written(object)).slice(0, 300);
}

function foreignObjectsStay({ requests, deeds }: Evidence): readonly string[] {
  return objectWrites(requests)
    .filter((request) => isDone(request) && deeds.foreign.has(answeredUID(request.answer)))
    .map((request) => `I3: ${titleOf(request)} succeeded on an object that is not the operator's`);
}

/** Of the object that was written, or of the one that a deletion's answer names. */
export function answeredUID(answer: unknown): string {
  const { metadata, details } = (answer ?? {}) as Partial<Resource> & { readonly details?: { readonly uid?: string } };
  return metadata?.uid ?? details?.uid ?? '';
}

/** A child belongs to a parent that was there when it was made, by UID and as its controller; a record belongs to nobody. */
function childrenHaveTheirOwner({ requests, changes, description }: Evidence): readonly string[] {
  const parents = new Set(description.parents.flatMap(({ plural }) => [...lives(changes, plural).keys()]));
  const records = new Set(description.records.map(({ plural }) => plural));
  return objectWrites(requests).flatMap((request) => {
    const made = request.answer as Resource | undefined;
    const { plural = '' } = targetOf(request) ?? {};
    if (request.method !== 'POST' || !isDone(request) || made?.metadata === undefined) return [];
    const owners = made.metadata.ownerReferences ?? [];
    if (records.has(plural)) {
      return owners.length === 0 ? [] : [`I3: the record ${keyOf(made).name} has an owner and would go with it`];
    }
    const [owner] = owners;
    const isOwned = owners.length === 1 && owner?.controller === true && parents.has(owner.uid);
    return isOwned
      ? []
      : [`I3: ${titleOf(request)} made ${uidOf(made)} without the owner that it has: ${JSON.stringify(owners)}`];
  });
}
