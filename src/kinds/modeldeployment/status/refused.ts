import { findCondition } from '../../../api/condition.ts';
import type { Condition } from '../../../api/condition.ts';
import type { ModelDeploymentStatus } from '../../../api/types.ts';
import { label, managedSelector } from '../../../api/labels.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Refusal } from '../../../controller.ts';

const longestQuote = 500;

/**
 * The status after the API server denied a write: somebody has to act. Ready stays what it is, since what serves goes on
 * serving; where it is False already, it tells the cause.
 */
export function refused(status: ModelDeploymentStatus, refusal: Refusal): ModelDeploymentStatus {
  const { reason } = refusal;
  const message = messageOf(refusal);
  const ready = findCondition(status.conditions, 'Ready');
  if (ready === undefined) return status;
  const stalled: Condition = { ...ready, type: 'Stalled', status: 'True', reason, message };
  const others = (status.conditions ?? []).filter(({ type }) => !['Ready', 'Stalled', 'Reconciling'].includes(type));
  const told = ready.status === 'False' ? { ...ready, reason, message } : ready;
  return { ...status, conditions: [told, stalled, ...others] };
}

function messageOf({ action, reason, message }: Refusal): string {
  const { namespace, name } = action.type === 'Create' ? keyOf(action.object) : action.key;
  const { kind, plural } = action.kind;
  switch (reason) {
    case 'NameConflict':
      return (
        `${kind} "${name}" exists already and does not belong to this ModelDeployment, so it is left alone. Delete or rename it, ` +
        `or give the ModelDeployment another name: kubectl -n ${namespace} get ${plural} ${name}`
      );
    case 'LabelChanged':
      return (
        `${kind} "${name}" lost the label ${label.managedBy} and cannot be watched without it. Give it back: ` +
        `kubectl -n ${namespace} label ${plural} ${name} ${managedSelector} --overwrite`
      );
    case 'Forbidden':
      return (
        `The API server forbids to ${action.type.toLowerCase()} ${kind} "${name}": ${message.slice(0, longestQuote)} ` +
        `Raise the quota or ask the administrator of the namespace: kubectl -n ${namespace} describe quota`
      );
    case 'Invalid':
      return (
        `The API server refuses ${kind} "${name}" as invalid: ${message.slice(0, longestQuote)} Correct the ` +
        `ModelDeployment's spec: kubectl -n ${namespace} get modeldeployments`
      );
  }
}
