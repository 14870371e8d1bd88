import type { Resource } from '../../../src/api/resource.ts';
import type { Request } from '../contract.ts';
import type { Change } from '../history.ts';
import { isDone, targetOf, versionOf } from './evidence.ts';

/** How many objects of each kind were created, by plural; events apart. */
export type Created = Readonly<Record<string, number>>;

/**
 * What was made for an owner that had gone is not counted: an operator whose watch lags cannot know that it has, and the garbage
 * collector takes what was made.
 */
export function createdBy(requests: readonly Request[], changes: readonly Change[]): Created {
  const gone = new Map(
    changes.filter(({ type }) => type === 'Deleted').map(({ object }) => [object.metadata?.uid, versionOf(object)]),
  );
  const counts: Record<string, number> = {};
  for (const request of requests) {
    const plural = targetOf(request)?.plural;
    if (request.method !== 'POST' || plural === undefined || !isDone(request)) continue;
    const made = request.answer as Resource | undefined;
    const ownersEnd = gone.get(made?.metadata?.ownerReferences?.[0]?.uid ?? 'none') ?? Infinity;
    if (made !== undefined && ownersEnd < versionOf(made)) continue;
    if (plural !== 'events' && plural !== 'leases') counts[plural] = (counts[plural] ?? 0) + 1;
  }
  return counts;
}
