import type { Key, Kind, Resource } from '../../api/resource.ts';
import { objectPath } from '../../kube/client.ts';
import { hasReason } from '../../kube/errors.ts';
import { isSameChange, patchOf, type Steering } from '../../product/steering/steering.ts';
import type { Kept } from '../../product/steering/keeper.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Refused } from '../command.ts';

/** How far a patch goes. */
export type DryRun = 'none' | 'client' | 'server';

type Patch<R extends Resource> = Extract<Steering<R>, { type: 'Patch' }>;

/** What was decided of what was seen, and what became of it. */
export interface Steered<R extends Resource> {
  readonly patch: Patch<R>;
  readonly seen: R & Kept;
  /** What the API server made of it, or would have made. */
  readonly object: R;
}

/** Reads what a decision is made of, the object itself whole. */
export type Look<R extends Resource, F> = () => Promise<{ readonly object: R & Kept; readonly facts: F }>;

/**
 * Decides and patches. The patch carries the version that was seen, so that it changes nothing that was not; where only something else has
 * changed meanwhile, such as the status, the same patch is sent once more.
 */
export async function steer<R extends Resource, F>(
  cluster: Cluster,
  kind: Kind<R>,
  key: Key,
  look: Look<R, F>,
  decide: (facts: F) => Steering<R>,
  dryRun: DryRun,
): Promise<Steered<R>> {
  const first = await seen(look, decide);
  try {
    return await sent(cluster, kind, key, first, dryRun);
  } catch (error) {
    if (!hasReason(error, 'Conflict')) throw error;
  }
  const again = await seen(look, decide);
  const isSame = again.object.metadata?.uid === first.object.metadata?.uid;
  if (!isSame || !isSameChange(again.patch.changes, first.patch.changes)) {
    throw new Refused(
      `${kind.kind} "${key.name}" has changed meanwhile, so that something else would be done: look at it and try again`,
    );
  }
  return await sent(cluster, kind, key, again, dryRun);
}

async function seen<R extends Resource, F>(look: Look<R, F>, decide: (facts: F) => Steering<R>) {
  const { object, facts } = await look();
  const patch = decide(facts);
  if (patch.type === 'Refused') throw new Refused(patch.message);
  return { object, patch };
}

async function sent<R extends Resource>(
  { transport, timeout }: Cluster,
  kind: Kind<R>,
  key: Key,
  { object, patch }: { readonly object: R & Kept; readonly patch: Patch<R> },
  dryRun: DryRun,
): Promise<Steered<R>> {
  const change = patchOf(patch.changes);
  if (dryRun === 'client') return { patch, seen: object, object: withPatch(object, change) };
  const { uid, resourceVersion } = object.metadata ?? {};
  const query = { fieldManager: 'kubectl-flyball', ...(dryRun === 'server' && { dryRun: 'All' }) };
  const answer = await transport.call({
    method: 'PATCH',
    path: objectPath(kind, key),
    query,
    body: { ...change, metadata: { uid, resourceVersion } },
    contentType: 'application/merge-patch+json',
    timeout,
  });
  return { patch, seen: object, object: answer as R };
}

/** An object with all of its metadata, of which Client leaves out who manages its fields. @throws Refused if there is none. */
export async function whole<R extends Resource>(
  { transport, timeout }: Cluster,
  kind: Kind<R>,
  key: Key,
): Promise<R & Kept> {
  try {
    const answer = await transport.call({ method: 'GET', path: objectPath(kind, key), timeout });
    return { ...(answer as R & Kept), apiVersion: kind.apiVersion, kind: kind.kind };
  } catch (error) {
    if (!hasReason(error, 'NotFound')) throw error;
    throw new Refused(`there is no ${kind.kind} "${key.name}" in namespace "${key.namespace}"`);
  }
}

function withPatch<T>(target: T, patch: unknown): T {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(patch)) return patch as T;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete merged[field];
    else merged[field] = withPatch(merged[field], value);
  }
  return merged as T;
}
