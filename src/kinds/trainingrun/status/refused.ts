import { conditions, findCondition } from '../../../api/condition.ts';
import type { Attempt, TrainingRunStatus } from '../../../api/types.ts';
import { label, managedSelector } from '../../../api/labels.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Refusal } from '../../../controller.ts';
import { defined } from '../../../api/defined.ts';
import { jobName } from '../stages/names.ts';
import { summaryType } from './conditions.ts';

/**
 * Status after the API server denied a write. An attempt whose Job could not be made has not begun, so it is not in status; the
 * trigger stays due, and the runtime tries again.
 */
export function refused(status: TrainingRunStatus, refusal: Refusal): TrainingRunStatus {
  const attempts = (status.attempts ?? []).filter((attempt) => !isUnmade(attempt, refusal));
  const summary = findCondition(status.conditions, summaryType);
  const reason = refusal.reason;
  const message = explain(refusal);
  const since = new Date(summary?.lastTransitionTime ?? 0);
  const others = (status.conditions ?? []).filter(
    ({ type }) => ![summaryType, 'Reconciling', 'Stalled'].includes(type),
  );
  const generation = status.observedGeneration === undefined ? {} : { observedGeneration: status.observedGeneration };
  // An outcome of the declared recipe stands; and there is no clock here, so that the same refusal gives the same status.
  const stands = summary !== undefined && summary.status !== 'Unknown';
  return defined<TrainingRunStatus>({
    ...status,
    latestAttempt: attempts.at(-1)?.name,
    attempts: attempts.length === 0 ? undefined : attempts,
    conditions: conditions(
      status.conditions,
      [
        stands ? summary : { type: summaryType, status: 'Unknown', reason, message, ...generation },
        { type: 'Stalled', status: 'True', reason, message, ...generation },
        ...others,
      ],
      since,
    ),
  });
}

function isUnmade(attempt: Attempt, { action }: Refusal): boolean {
  return (
    action.type === 'Create' &&
    ['Job', 'Service'].includes(action.kind.kind) &&
    attempt.verdict === undefined &&
    keyOf(action.object).name === jobName(attempt.name, 0)
  );
}

function explain({ action, reason, message }: Refusal): string {
  const { kind } = action.kind;
  const { namespace, name } = action.type === 'Create' ? keyOf(action.object) : action.key;
  switch (reason) {
    case 'NameConflict':
      return `${kind} ${name} exists and does not belong to this run; it is left alone. Delete it, and the run goes on by itself: kubectl -n ${namespace} delete ${kind.toLowerCase()} ${name}`;
    case 'LabelChanged':
      return `${kind} ${name} lost the label ${label.managedBy} and cannot be watched without it. Give it back: kubectl -n ${namespace} label ${kind.toLowerCase()} ${name} ${managedSelector} --overwrite`;
    case 'Forbidden':
      return `the API server forbids to ${action.type.toLowerCase()} ${kind} ${name}: ${message}. Raise the quota, lower spec.attemptHistoryLimit if it is full of finished Jobs, or ask the administrator of the namespace: kubectl -n ${namespace} describe quota`;
    case 'Invalid':
      return `the API server refuses ${kind} ${name} as invalid: ${message}. Correct the TrainingRun's spec: kubectl -n ${namespace} get trun`;
  }
}
