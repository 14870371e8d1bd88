import type { Key } from '../api/resource.ts';
import type { Action, Controller, Milliseconds, Parent, Status } from '../controller.ts';
import type { Cache } from '../kube/cache.ts';
import type { Client } from '../kube/client.ts';
import { hasReason } from '../kube/errors.ts';
import { mergePatch } from '../kube/mergepatch.ts';
import type { Log } from '../kube/log.ts';
import type { EarlierWrites } from './earlier.ts';
import { perform, StaleCache } from './perform.ts';

/** What a reconcile needs besides its controller. */
export interface ReconcileContext {
  readonly client: Client;
  readonly cache: Cache;
  readonly now: () => Date;
  readonly earlier: EarlierWrites;
  /** Told after a status was written, with the object before and after. */
  readonly written: (before: Parent, after: Parent) => void;
}

/**
 * Brings one object a step nearer to what it declares: observe → plan → perform → write the status, once and last.
 * Returns when to look again without any change being seen, if ever.
 * @throws StaleCache if the world was no longer as observed; whatever else is thrown is a fault, to be tried again.
 */
export async function reconcile<P extends Parent, O>(
  controller: Controller<P, O>,
  key: Key,
  context: ReconcileContext,
  log: Log,
): Promise<Milliseconds | undefined> {
  const { cache, client, earlier } = context;
  await earlier.readAgain(key, client, cache);
  const parent = cache.get(controller.kind, key);
  if (parent === undefined || parent.metadata?.deletionTimestamp !== undefined) {
    earlier.forgetRefusal(key);
    return undefined;
  }
  const now = context.now();
  const observed = await controller.observe(parent, cache, now);
  const plan = controller.plan(observed, now);
  const denied = (action: Action) => earlier.denied(parent, action, now);
  const refusal = await perform(plan.actions, parent, { client, cache, earlier, denied, log });
  await writeStatus(controller, parent, refusal ? controller.refused(plan.status, refusal) : plan.status, context);
  if (refusal === undefined) earlier.forgetRefusal(key);
  // Not the plan's own wish: it expects its writes to have been done, and may want to see them at once.
  return refusal ? earlier.refused(parent, refusal, now) : plan.requeueAfter;
}

/** Sends what differs from the observed status, if anything does. The reply is in the cache before the events are told. */
async function writeStatus<P extends Parent, O>(
  controller: Controller<P, O>,
  parent: P,
  status: Status<P>,
  { client, cache, earlier, written }: ReconcileContext,
): Promise<void> {
  const patch = mergePatch(parent.status, { ...status });
  if (patch === undefined) return;
  const { namespace = '', name = '', uid, resourceVersion } = parent.metadata ?? {};
  try {
    const body = { metadata: { uid, resourceVersion }, status: patch };
    const after = await client.patchStatus(controller.kind, { namespace, name }, body);
    cache.applied(controller.kind, after);
    written(parent, after);
  } catch (error) {
    earlier.failed({ namespace, name }, controller.kind, { namespace, name }, error);
    if (!hasReason(error, 'Conflict', 'NotFound')) throw error;
    earlier.outdated({ namespace, name }, controller.kind);
    throw new StaleCache(error.message);
  }
}
