import { kubectl, patchCommand } from '../../../api/command.ts';
import { findCondition, type Condition } from '../../../api/condition.ts';
import { keyOf } from '../../../api/resource.ts';
import type { IModelDeployment, ModelDeploymentStatus } from '../../../api/types.ts';
import { titleOf } from '../../../kinds/modeldeployment/rollout/roles.ts';
import { actorOfReason } from '../../reasons.ts';
import type { Standing } from '../explanation.ts';
import { readMessage, sentenceOf } from '../readmessage.ts';
import { analysisProofs, asking, isUnasked } from './checks.ts';
import { conditionProofs } from './conditions.ts';

/** The conditions in the order in which they are worth telling: what nobody but a person mends comes first. */
const telling = ['Stalled', 'Blocked', 'Suspended', 'Reconciling', 'Ready'];

/** Calm reasons of Ready, beside which the rest need not be told. */
const wellReasons = ['Serving', 'ScaledToZero'];

export function standingOfDeployment(deployment: IModelDeployment): Standing | undefined {
  const { status } = deployment;
  const ready = findCondition(status?.conditions, 'Ready');
  const present = telling.flatMap((type) => findCondition(status?.conditions, type) ?? []);
  const [told] = present.filter(({ type, status: is }) => type === 'Ready' || is === 'True');
  if (status === undefined || told === undefined) return undefined;
  const { remedies, ...read } = readMessage(told.message);
  return {
    what: `${keyOf(deployment).name}: ${happens(status, ready)}`,
    reason: told.reason,
    since: sinceOf(status, told),
    why: sentenceOf(read).replace('status.candidate.holdUntil', status.candidate?.holdUntil ?? 'its end'),
    actor: isUnasked(told.reason, samplesOf(status)) ? 'Author' : actorOfReason('ModelDeployment', told.reason),
    next: [
      ...(remedies.length === 0 ? afterRejection(deployment, told) : remedies),
      ...asking(keyOf(deployment).name, keyOf(deployment).namespace, told.reason),
    ],
    ...(told.reason === 'ScaledToZero' && scaledToZero(deployment)),
    isWell: told.type === 'Ready' && told.status === 'True' && wellReasons.includes(told.reason),
    proofs: [...analysisProofs(deployment), ...conditionProofs(status.conditions, told.message)],
  };
}

/** What was rejected and was followed, not declared, is told without a remedy: what serves is well. */
function afterRejection(deployment: IModelDeployment, { reason }: Condition): Standing['next'] {
  if (reason !== 'RolledBack' && reason !== 'CandidateRejected') return [];
  const { namespace, name } = keyOf(deployment);
  const command = kubectl(undefined, 'flyball', 'retry', `mdep/${name}`, '-n', namespace);
  return [{ text: 'once it is mended, try what was rejected again', command }];
}

function samplesOf({ candidate }: ModelDeploymentStatus): number {
  const values = candidate?.steps?.at(-1)?.values ?? [];
  return Math.max(0, ...values.map(({ samples = 0 }) => samples));
}

/** All is as declared, and whoever asks why wants it to serve. */
function scaledToZero(deployment: IModelDeployment): Pick<Standing, 'actor' | 'next'> {
  const command = patchCommand('mdep', keyOf(deployment), { replicas: 1 });
  return { actor: 'Author', next: [{ text: 'raise spec.replicas, if it shall serve', command }] };
}

function happens({ stable, candidate, weight, pods }: ModelDeploymentStatus, ready: Condition | undefined): string {
  const serves =
    stable === undefined
      ? 'nothing serves yet'
      : ready?.status === 'True' || ready?.reason === 'RevisionRejected'
        ? `${titleOf(stable)} serves${pods === undefined ? '' : `, ${pods} pods are ready`}`
        : `${titleOf(stable)} does not serve as it should${pods === undefined ? '' : `, ${pods} pods are ready`}`;
  if (candidate === undefined) return serves;
  const share = weight === undefined ? '' : ` with ${weight} % of the requests`;
  return `${serves}, and ${titleOf(candidate)} is being rolled out${share}`;
}

/** Ready may have been False for another reason before; what the roles tell is of this one. */
function sinceOf({ candidate, rejected, stable }: ModelDeploymentStatus, told: Condition): string {
  const rejection = rejected?.at(-1)?.time;
  if (['CandidateRejected', 'RolledBack', 'RevisionRejected'].includes(told.reason) && rejection !== undefined)
    return rejection;
  if (told.type === 'Ready' && told.reason === 'Serving' && stable !== undefined) return stable.since;
  const role = candidate?.weightSince ?? candidate?.since;
  return role !== undefined && told.status === 'True' ? latest(role, told.lastTransitionTime) : told.lastTransitionTime;
}

function latest(one: string, other: string): string {
  return Date.parse(one) > Date.parse(other) ? one : other;
}
