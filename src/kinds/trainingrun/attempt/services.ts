import type { IService } from 'kubernetes-models/v1';
import type { Attempt } from '../../../api/types.ts';
import { kubectl } from '../../../api/command.ts';
import { services as serviceKind } from '../../../api/kinds.ts';
import { written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { canonicalJSON } from '../../../domain/canonical.ts';
import { isFinished } from '../../../workload/job.ts';
import type { AttemptFacts } from './facts.ts';
import { gangService } from './job.ts';
import type { Problem } from './waiting.ts';

/** A gang whose Service somebody deleted could not find itself after a restart. */
export function missingServices(
  newest: AttemptFacts | undefined,
  after: Attempt | undefined,
  services: readonly IService[],
): Action[] {
  const wanted = serviceOf(newest, after);
  if (wanted === undefined || isThere(services, keyOf(wanted).name)) return [];
  return [{ type: 'Create', kind: serviceKind, object: wanted }];
}

/** The Service by which the pods of a gang meet leads to others: somebody made or edited it. */
export function serviceLeadsAway(
  newest: AttemptFacts | undefined,
  after: Attempt | undefined,
  services: readonly IService[],
): Problem | undefined {
  const wanted = serviceOf(newest, after);
  const found = wanted && services.find((service) => keyOf(service).name === keyOf(wanted).name);
  if (found === undefined || wanted === undefined || leadsTo(found) === leadsTo(wanted)) return undefined;
  const { namespace, name } = keyOf(found);
  const message = written({
    what: `Service ${name}, by which the pods of the gang meet, was made or edited by somebody else, so that it leads to other pods`,
    remedies: [{ text: 'remove it, and it is made again', command: kubectl(namespace, 'delete', 'service', name) }],
  });
  return { reason: 'ServiceEdited', message, isStalled: true };
}

/** The Service that the newest attempt needs while its Job runs. */
function serviceOf(newest: AttemptFacts | undefined, after: Attempt | undefined): IService | undefined {
  if (newest?.job === undefined || after?.verdict !== undefined || isFinished(newest.job)) return undefined;
  const { stage, run, retry } = newest;
  const snapshot = stage.isGang === undefined ? undefined : newest.snapshot();
  if (snapshot === undefined || stage.isGang?.(snapshot.recipe) !== true) return undefined;
  return gangService(stage, run, snapshot, retry);
}

function leadsTo({ spec }: IService): string {
  const { selector, clusterIP, type = 'ClusterIP', publishNotReadyAddresses } = spec ?? {};
  return canonicalJSON([selector, clusterIP, type, publishNotReadyAddresses]);
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
