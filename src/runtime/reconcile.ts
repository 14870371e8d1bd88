import type { Key } from '../api/resource.ts';
import type { Action, Controller, Milliseconds, Parent, Status } from '../controller.ts';
import type { Log } from '../kube/log.ts';
import { noAnswers } from '../measure/measure.ts';
import type { Sampler } from '../measure/sampler.ts';
import { perform } from './perform.ts';
import { unservedOf } from './unserved.ts';
import { type StatusContext, writeStatus } from './writestatus.ts';

/** What a reconcile needs besides its controller. */
export interface ReconcileContext extends StatusContext {
  readonly now: () => Date;
  readonly sampler: Sampler;
  /** Waits for others, meanwhile holding no worker. */
  readonly aside: <T>(key: Key, waiting: Promise<T>) => Promise<T>;
}

/**
 * Brings one object a step nearer to what it declares: observe → ask → plan → perform → write the status, once and last.
 * Returns when to look again without any change being seen, if ever.
 * @throws StaleCache if the world was no longer as observed; whatever else is thrown is a fault, to be tried again.
 */
export async function reconcile<P extends Parent, Facts>(
  controller: Controller<P, Facts>,
  key: Key,
  context: ReconcileContext,
  log: Log,
): Promise<Milliseconds | undefined> {
  const { cache, client, earlier, sampler } = context;
  await earlier.readAgain(key, cache);
  const parent = cache.isServed(controller.kind) ? cache.get(controller.kind, key) : undefined;
  if (parent === undefined || parent.metadata?.deletionTimestamp !== undefined) {
    earlier.forgetDenial(key);
    sampler.forget(controller.kind, key);
    return undefined;
  }
  const now = context.now();
  const unseen = unservedOf(controller, cache);
  if (unseen !== undefined) {
    // What cannot be seen would look as if it were missing. When it is served again, the worker looks at all objects.
    await writeStatus(controller, parent, controller.refused(statusOf(parent), unseen, parent, now), context);
    return undefined;
  }
  const facts = await controller.observe(parent, cache);
  const questions = controller.questions?.(facts, now);
  const told = questions ? sampler.answers(controller.kind, parent, questions, now) : noAnswers;
  const answers = told instanceof Promise ? await context.aside(key, told) : told;
  const plan = controller.plan(facts, answers, now);
  const denied = (action: Action) => earlier.denied(parent, action, now);
  const { made, denial } = await perform(plan.actions, parent, { client, cache, earlier, denied, log });
  const known = controller.made?.(plan.status, made) ?? plan.status;
  const status = denial ? controller.refused(known, denial.refusal, parent, now) : known;
  await writeStatus(controller, parent, status, context);
  if (denial === undefined) earlier.forgetDenial(key);
  // Not the plan's own wish: it expects its writes to have been done, and may want to see them at once.
  return denial ? earlier.remember(parent, denial, now) : plan.requeueAfter;
}

function statusOf<P extends Parent>({ status }: P): Status<P> {
  return (status ?? {}) as Status<P>;
}
