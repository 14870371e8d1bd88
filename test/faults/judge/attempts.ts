/** I2: names are deterministic, one Job is live for each attempt, and each trigger has one attempt. */
import { jobs } from '../../../src/api/kinds.ts';
import { keyOf, type ObjectMeta, type Resource, uidOf } from '../../../src/api/resource.ts';
import type { Request } from '../contract.ts';
import type { Change } from '../history.ts';
import { type Evidence, lives, nameOf, objectWrites, type Rule, titleOf } from './evidence.ts';

export const attemptRules: readonly Rule[] = [namesAreGiven, childrenAreNamed, oneLiveJob, noJobTwice];

function namesAreGiven({ requests }: Evidence): readonly string[] {
  return objectWrites(requests).flatMap((request) => {
    const { generateName, name } = ((request.body as Resource | undefined)?.metadata ?? {}) as {
      readonly generateName?: string;
      readonly name?: string;
    };
    const isDrawn = request.method === 'POST' && request.body !== undefined && (generateName !== undefined || !name);
    return isDrawn ? [`I2: ${titleOf(request)} leaves the name to chance (${generateName ?? 'it has none'})`] : [];
  });
}

/** Also where the request cannot be read: a child whose name was drawn bears what it was drawn from. */
function childrenAreNamed({ changes, description }: Evidence): readonly string[] {
  const parents = new Set(description.parents.map(({ kind }) => kind));
  return description.children.flatMap(({ plural }) =>
    [...lives(changes, plural).values()].flatMap(([first]) => {
      const { generateName, ownerReferences = [] } = (first?.object.metadata ?? {}) as ObjectMeta & {
        readonly generateName?: string;
      };
      const isOurs = ownerReferences.some(({ kind }) => parents.has(kind));
      return first !== undefined && isOurs && generateName !== undefined
        ? [`I2: the name of ${nameOf(first.object)} was left to chance`]
        : [];
    }),
  );
}

interface Job extends Resource {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Of one owner's attempt, at each moment. */
function oneLiveJob({ changes, description, deeds }: Evidence): readonly string[] {
  const live = new Map<string, Set<string>>();
  return changes.flatMap(({ plural, type, object }) => {
    const attempt = plural === jobs.plural ? attemptKey(object, description.attemptOf(object)) : undefined;
    if (attempt === undefined || deeds.foreign.has(uidOf(object))) return [];
    const working = live.get(attempt) ?? new Set<string>();
    live.set(attempt, working);
    const before = working.size;
    if (type !== 'Deleted' && isLive(object)) working.add(keyOf(object).name);
    else working.delete(keyOf(object).name);
    return working.size > Math.max(1, before)
      ? [`I2: attempt ${attempt} has ${working.size} live Jobs at once: ${[...working].join(', ')}`]
      : [];
  });
}

function attemptKey({ metadata }: Resource, attempt: string | undefined): string | undefined {
  const owner = metadata?.ownerReferences?.[0]?.uid;
  return attempt === undefined || owner === undefined ? undefined : `${attempt} of ${owner}`;
}

/** A Job that only begins to fail is live: its controller still ends what is left of its pods. */
function isLive({ metadata, status }: Job): boolean {
  const isOver = status?.conditions?.some(
    (condition) => ['Complete', 'Failed'].includes(condition.type) && condition.status === 'True',
  );
  return metadata?.deletionTimestamp === undefined && isOver !== true;
}

/**
 * A Job is not made again under its name while its owner lives: neither after its end nor after somebody deleted it. A write that
 * was sent while the first one was there, and is carried out late, is not the operator's any more. What a forger changed while no status
 * told of it is nobody's, and is made anew once people removed it, as they were told.
 */
function noJobTwice({ changes, deeds, forged, requests }: Evidence): readonly string[] {
  const made = new Map<string, readonly Change[]>();
  return [...lives(changes, jobs.plural).values()].flatMap((states) => {
    const object = states[0]?.object;
    if (object === undefined || deeds.foreign.has(uidOf(object))) return [];
    const key = `${object.metadata?.ownerReferences?.[0]?.uid} ${keyOf(object).name}`;
    const before = made.get(key);
    made.set(key, states);
    const [first] = before ?? [];
    if (before === undefined || first === undefined || isLate(object, before, requests)) return [];
    const was = uidOf(first.object);
    if (forged.changed.has(was) && deeds.deleted.has(was)) return [];
    return [`I2: ${nameOf(object)} was made twice: ${was}, ${uidOf(object)}`];
  });
}

function isLate(object: Resource, before: readonly Change[], requests: readonly Request[]): boolean {
  const gone = before.findLast(({ type }) => type === 'Deleted')?.at ?? 0;
  return requests.some(
    ({ method, answer, wasAnswered, at }) =>
      method === 'POST' &&
      !wasAnswered &&
      at < gone &&
      (answer as Resource | undefined)?.metadata?.uid === uidOf(object),
  );
}
