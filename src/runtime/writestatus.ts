import type { Controller, Parent, Status } from '../controller.ts';
import type { Cache } from '../kube/cache.ts';
import type { Client } from '../kube/client.ts';
import { hasReason } from '../kube/errors.ts';
import { mergePatch } from '../kube/mergepatch.ts';
import { plain } from '../api/text.ts';
import { keyOf, uidOf } from '../api/resource.ts';
import type { EarlierWrites } from './earlier.ts';
import { StaleCache } from './perform.ts';

export interface StatusContext {
  readonly client: Client;
  readonly cache: Cache;
  readonly earlier: EarlierWrites;
  /** Told after a status was written, with the object before and after. */
  readonly written: (before: Parent, after: Parent) => void;
}

/**
 * Sends what differs from the observed status, if anything does. The reply is in the cache before the events are told.
 * @throws StaleCache if the object has changed or is gone.
 */
export async function writeStatus<P extends Parent>(
  { kind }: Pick<Controller<P, unknown>, 'kind'>,
  parent: P,
  status: Status<P>,
  { client, cache, earlier, written }: StatusContext,
): Promise<void> {
  if (mergePatch(parent.status, { ...status }) === undefined) return;
  // Whatever it was put together from, what people read can be shown.
  const patch = mergePatch(parent.status, { ...plain(status) });
  if (patch === undefined) return;
  const [key, uid] = [keyOf(parent), uidOf(parent)];
  try {
    const metadata = { uid, resourceVersion: parent.metadata?.resourceVersion };
    const after = await client.patchStatus(kind, key, { metadata, status: patch });
    cache.applied(kind, after);
    written(parent, after);
  } catch (error) {
    earlier.failed(key, kind, key, error);
    if (!hasReason(error, 'Conflict', 'NotFound')) throw error;
    if (error.reason === 'NotFound') cache.gone(kind, key, uid);
    else earlier.outdated(key, kind);
    throw new StaleCache(error.message);
  }
}
