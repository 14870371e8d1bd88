import type { IService } from 'kubernetes-models/v1';
import type { Attempt } from '../../../api/types.ts';
import { services as serviceKind } from '../../../api/kinds.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { isFinished } from '../../../workload/job.ts';
import type { AttemptFacts } from './facts.ts';
import { gangService } from './job.ts';

/** A gang whose Service somebody deleted could not find itself after a restart. */
export function missingServices(
  newest: AttemptFacts | undefined,
  after: Attempt | undefined,
  services: readonly IService[],
): Action[] {
  if (newest?.job === undefined || after?.verdict !== undefined || isFinished(newest.job)) return [];
  const { job, stage, run, retry } = newest;
  if (stage.isGang === undefined || isThere(services, keyOf(job).name)) return [];
  const snapshot = newest.snapshot();
  if (snapshot === undefined || !stage.isGang(snapshot.recipe)) return [];
  return [{ type: 'Create', kind: serviceKind, object: gangService(stage, run, snapshot, retry) }];
}

/** The actions without those that are done: the Service of a Job that was denied is already there when the Job is tried again. */
export function withoutMade(actions: readonly Action[], services: readonly IService[]): Action[] {
  return actions.filter(
    (action) =>
      action.type !== 'Create' ||
      action.kind.kind !== serviceKind.kind ||
      !isThere(services, keyOf(action.object).name),
  );
}

function isThere(services: readonly IService[], name: string): boolean {
  return services.some((service) => keyOf(service).name === name);
}
