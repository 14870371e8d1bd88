/** I5: nothing is asked again and again, and few events are told. */
import type { Resource } from '../../../src/api/resource.ts';
import type { Request } from '../contract.ts';
import { canonical, type Evidence, isDone, isWrite, type Rule, targetOf, titleOf } from './evidence.ts';

export const economyRules: readonly Rule[] = [noHotLoop, noStormOfConflicts, noStormOfConnections];

/** A backoff that begins at 50 ms and doubles makes six tries in this time. */
const loop = { within: 2_000, times: 20 } as const;

/** The same request of the same process, again and again in a short time. */
function noHotLoop({ requests }: Evidence): readonly string[] {
  const times = new Map<string, number[]>();
  const found = new Map<string, string>();
  for (const request of requests) {
    if (targetOf(request)?.plural === 'leases') continue;
    const key = identityOf(request);
    const recent = [...(times.get(key) ?? []), request.at].filter((at) => request.at - at <= loop.within);
    times.set(key, recent);
    if (recent.length < loop.times) continue;
    found.set(key, `I5: ${titleOf(request)} was sent ${recent.length} times within ${loop.within} ms`);
  }
  return [...found.values()];
}

/** The same backoff makes five tries; what changes meanwhile may have it looked at once more each time. */
const conflicts = { within: 1_000, times: 12 } as const;

/** A write to the same object that is refused again and again because what it builds on is outdated. */
function noStormOfConflicts({ requests }: Evidence): readonly string[] {
  const times = new Map<string, readonly number[]>();
  const found = new Map<string, string>();
  for (const request of requests) {
    if (!isWrite(request) || request.status !== 409 || targetOf(request)?.plural === 'leases') continue;
    const key = titleOf(request);
    const recent = [...(times.get(key) ?? []), request.at].filter((at) => request.at - at <= conflicts.within);
    times.set(key, recent);
    if (recent.length < conflicts.times) continue;
    found.set(key, `I5: ${key} met a conflict ${recent.length} times within ${conflicts.within} ms`);
  }
  return [...found.values()];
}

/** Nine watches, the Lease and some reconciles, each with a backoff that begins at 50 ms, want some sixty. */
const connections = { within: 1_000, times: 200 } as const;

function noStormOfConnections({ refusedConnections }: Evidence): readonly string[] {
  const { within, times } = connections;
  const isStorm = refusedConnections.some(
    (at, index) => (refusedConnections[index + times - 1] ?? Infinity) - at <= within,
  );
  return isStorm ? [`I5: more than ${times} connections were tried within ${within} ms while none was taken`] : [];
}

/** A retry on another version is the same request all the same, and so is a watch from another one. */
function identityOf({ process, method, path, query, body }: Request): string {
  const { metadata, ...rest } = (body ?? {}) as Partial<Resource>;
  const { resourceVersion: _, ...kept } = metadata ?? {};
  const parameters = [...query].filter(([name]) => name !== 'resourceVersion' && name !== 'timeoutSeconds');
  return canonical([process, method, path, parameters, kept, rest]);
}

/** How many events were told about an object, by its UID. */
export function eventsAbout(requests: readonly Request[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const request of requests) {
    if (request.method !== 'POST' || targetOf(request)?.plural !== 'events' || !isDone(request)) continue;
    const { regarding } = (request.body ?? {}) as { readonly regarding?: { readonly uid?: string } };
    const uid = regarding?.uid ?? '';
    counts.set(uid, (counts.get(uid) ?? 0) + 1);
  }
  return counts;
}
