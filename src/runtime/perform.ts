import { label } from '../api/labels.ts';
import type { DeniedWrite } from '../api/refusal.ts';
import { isOwnedBy, type Key, keyOf, type Resource, uidOf } from '../api/resource.ts';
import type { Action } from '../controller.ts';
import type { Cache } from '../kube/cache.ts';
import type { Client } from '../kube/client.ts';
import { errorMessage, KubernetesError } from '../kube/errors.ts';
import type { Log } from '../kube/log.ts';
import { type Denial, type EarlierWrites, targetOf } from './earlier.ts';

/** The cache was behind: nothing is wrong, and the next pass will know better. */
export class StaleCache extends Error {
  readonly type = 'StaleCache';
}

interface PerformContext {
  readonly client: Client;
  readonly cache: Cache;
  readonly earlier: EarlierWrites;
  /** Whether this write was denied not long ago, and so is not sent. */
  readonly denied: (action: Action) => Denial | undefined;
  readonly log: Log;
}

/** What came of the actions of a plan. */
interface Performed {
  /** What the API server has made, as it answered. */
  readonly made: readonly Resource[];
  /** What it denied for good. */
  readonly denial?: Denial;
}

/**
 * Performs the actions in order, each reply going into the cache at once. After one that the API server denied for good the others
 * are left out, since they may build on it.
 * @throws StaleCache if the world was no longer as the plan assumed; other errors are faults.
 */
export async function perform(
  actions: readonly Action[],
  parent: Resource,
  { client, cache, earlier, denied, log }: PerformContext,
): Promise<Performed> {
  const made: Resource[] = [];
  for (const action of actions) {
    const before = denied(action);
    if (before !== undefined) return { made, denial: before };
    try {
      made.push(...(await performOne(action, client, cache)));
      // Not before: the request would wait for the line to be written.
      log.info(action.type, describe(action));
    } catch (error) {
      log.info('Not done', { action: action.type, ...describe(action), error: errorMessage(error) });
      earlier.failed(keyOf(parent), action.kind, targetOf(action), error);
      const refusal = await refusalOf(error, action, parent, cache);
      if (refusal === undefined) continue;
      log.warn('Denied', { ...describe(action), reason: refusal.reason, error: refusal.message });
      return { made, denial: { refusal, action } };
    }
  }
  return { made };
}

function describe(action: Action): object {
  return { childKind: action.kind.kind, child: targetOf(action).name };
}

/** Returns what it has made, if anything. */
async function performOne(action: Action, client: Client, cache: Cache): Promise<Resource[]> {
  switch (action.type) {
    case 'Create': {
      const made = await client.create(action.kind, action.object);
      cache.applied(action.kind, made);
      return [made];
    }
    case 'Patch': {
      const metadata = { ...(action.patch['metadata'] as object | undefined), uid: action.uid };
      const patch = { ...action.patch, metadata };
      cache.applied(action.kind, await client.patch(action.kind, action.key, patch));
      return [];
    }
    case 'Delete': {
      const deleted = await client.delete(action.kind, action.key, action.uid, action.propagation);
      if (deleted.type === 'Gone') cache.gone(action.kind, action.key, action.uid);
      else cache.applied(action.kind, deleted.object);
      return [];
    }
  }
}

/** What an error of an action means: done already (undefined), denied for good, or thrown on. */
async function refusalOf(
  error: unknown,
  action: Action,
  parent: Resource,
  cache: Cache,
): Promise<DeniedWrite | undefined> {
  if (!(error instanceof KubernetesError)) throw error;
  if (action.type !== 'Create' && (await isGone(error, action, cache))) {
    if (action.type === 'Delete') return undefined;
    throw new StaleCache(error.message);
  }
  // A right that the operator lacks is a fault of the installation, or passes: just after its start the API server knows no roles.
  if (error.code === 403 && lacksRight(error)) throw error;
  if (error.code === 403) return deniedWrite(action, 'Forbidden', error.message);
  if (error.code === 422) return deniedWrite(action, 'Invalid', error.message);
  if (action.type === 'Create' && error.reason === 'AlreadyExists')
    return await nameConflict(action, error, parent, cache);
  if (action.type !== 'Create' && error.reason === 'Conflict') throw new StaleCache(error.message);
  throw error;
}

/** That an action was denied, in the API server's own words. */
export function deniedWrite(action: Action, reason: DeniedWrite['reason'], message: string): DeniedWrite {
  return { type: 'DeniedWrite', verb: action.type, kind: action.kind, key: targetOf(action), reason, message };
}

/**
 * Whether the error says that the object with the action's UID is gone; then it leaves the cache, however far the watch is behind.
 * Of another object of that name a delete is a Conflict, and a patch is "Invalid", since UIDs cannot change: one GET tells.
 */
async function isGone(
  error: KubernetesError,
  { type, kind, key, uid }: Exclude<Action, { type: 'Create' }>,
  cache: Cache,
): Promise<boolean> {
  const mayBeReplaced = type === 'Delete' ? error.reason === 'Conflict' : error.code === 422;
  if (error.reason !== 'NotFound' && !mayBeReplaced) return false;
  const existing = mayBeReplaced ? await cache.live(kind, key) : undefined;
  if (existing !== undefined && uidOf(existing) === uid) return false;
  cache.gone(kind, key, uid);
  return true;
}

/**
 * Whose is the object that stands in the way? Ours, by the owner's UID, means that the cache was behind. An object that is made
 * without an owner (a ModelVersion) is judged by the plan once it is cached; planned again in spite of that, it is foreign.
 */
async function nameConflict(
  action: Extract<Action, { type: 'Create' }>,
  error: KubernetesError,
  parent: Resource,
  cache: Cache,
): Promise<DeniedWrite> {
  const key = keyOf(action.object);
  const existing = await cache.live(action.kind, key);
  if (existing === undefined) throw new StaleCache(error.message);
  const isOurs =
    action.object.metadata?.ownerReferences === undefined
      ? !isCached(action, existing, key, cache)
      : isOwnedBy(existing, uidOf(parent));
  if (!isOurs) return deniedWrite(action, 'NameConflict', error.message);
  // Somebody took away the label that the watches select by: the cache would be behind for ever.
  if (isHidden(action.object, existing)) return deniedWrite(action, 'LabelChanged', error.message);
  cache.applied(action.kind, existing);
  throw new StaleCache(error.message);
}

/** The authorizer's words, unlike those of a quota or an admission rule. */
function lacksRight({ message }: KubernetesError): boolean {
  return /User "[^"]*" cannot /.test(message);
}

function isHidden(wanted: Resource, existing: Resource): boolean {
  const value = wanted.metadata?.labels?.[label.managedBy];
  return value !== undefined && existing.metadata?.labels?.[label.managedBy] !== value;
}

function isCached(action: Action, existing: Resource, key: Key, cache: Cache): boolean {
  const cached = cache.get(action.kind, key);
  return cached !== undefined && uidOf(cached) === uidOf(existing);
}
