import type { Request } from '../contract.ts';
import { isDone, targetOf } from './evidence.ts';

/** How many objects of each kind were created, by plural; events apart. */
export type Created = Readonly<Record<string, number>>;

export function createdBy(requests: readonly Request[]): Created {
  const counts: Record<string, number> = {};
  for (const request of requests) {
    const plural = targetOf(request)?.plural;
    if (request.method !== 'POST' || plural === undefined || !isDone(request)) continue;
    if (plural !== 'events' && plural !== 'leases') counts[plural] = (counts[plural] ?? 0) + 1;
  }
  return counts;
}
