/** I6: what is deleted is named by its UID, and nothing that works is deleted. */
import { jobs } from '../../../src/api/kinds.ts';
import { keyOf, type Resource, uidOf } from '../../../src/api/resource.ts';
import type { Request } from '../contract.ts';
import { type Evidence, isDone, objectWrites, type Rule, stateBefore, targetOf, titleOf } from './evidence.ts';

export const deletionRules: readonly Rule[] = [uidsAreGiven, nothingAtWorkIsDeleted];

function uidsAreGiven({ requests }: Evidence): readonly string[] {
  return objectWrites(requests).flatMap((request) => {
    if (request.method !== 'DELETE') return [];
    const { preconditions } = (request.body ?? {}) as { readonly preconditions?: { readonly uid?: string } };
    const isNamed = targetOf(request)?.name !== undefined && preconditions?.uid !== undefined;
    return isNamed ? [] : [`I6: ${titleOf(request)} has no UID as its precondition`];
  });
}

interface Working extends Resource {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/**
 * As the Job was when the request arrived; the owner's own deletion is the garbage collector's to follow. What a late write makes
 * under the name of a Job that somebody deleted, nobody wants.
 */
function nothingAtWorkIsDeleted(evidence: Evidence): readonly string[] {
  return objectWrites(evidence.requests).flatMap((request) => {
    const { plural = '', name } = targetOf(request) ?? {};
    if (request.method !== 'DELETE' || plural !== jobs.plural || !isDone(request)) return [];
    const { status } = (stateBefore(evidence, request, (kind, job) => kind === plural && job === name) ??
      {}) as Working;
    const isOver = status?.conditions?.some(
      (condition) => ['Complete', 'Failed'].includes(condition.type) && condition.status === 'True',
    );
    const isUnwanted = [...evidence.deeds.deleted].some((uid) => nameOfJob(evidence, uid) === name);
    const isGivenUp = name !== undefined && isOfWhatWasGivenUp(evidence, request, name);
    return isOver === true || isUnwanted || isGivenUp ? [] : [`I6: ${titleOf(request)} deleted what was not finished`];
  });
}

/** Its parent had said before, in a status that the API server has, that nothing of it had run and that it is to go. */
function isOfWhatWasGivenUp(evidence: Evidence, request: Request, name: string): boolean {
  const { description, changes } = evidence;
  const job = changes.findLast(({ plural, object }) => plural === jobs.plural && keyOf(object).name === name)?.object;
  const [owner] = job?.metadata?.ownerReferences ?? [];
  const attempt = job && description.attemptOf(job);
  const kind = description.parents.find((parent) => parent.kind === owner?.kind);
  const parent = stateBefore(evidence, request, (plural, one) => plural === kind?.plural && one === owner?.name);
  return parent !== undefined && attempt !== undefined && description.isGivenUp?.(parent, attempt) === true;
}

function nameOfJob({ changes }: Evidence, uid: string): string | undefined {
  const told = changes.find(({ plural, object }) => plural === jobs.plural && uidOf(object) === uid);
  return told === undefined ? undefined : keyOf(told.object).name;
}
