import { findCondition } from '../api/condition.ts';
import type { Condition } from '../api/condition.ts';
import type { ModelDeploymentStatus } from '../api/index.ts';
import { label, managedSelector } from '../api/labels.ts';
import { keyOf } from '../api/resource.ts';
import type { Action, Refusal } from '../controller.ts';

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
  const what = `${action.kind.kind} "${nameOf(action)}"`;
  if (reason === 'NameConflict') {
    return (
      `${what} exists already and does not belong to this ModelDeployment, so it is left alone. Delete or rename it, or ` +
      `give the ModelDeployment another name: kubectl get ${action.kind.plural} ${nameOf(action)}`
    );
  }
  if (reason === 'LabelChanged') {
    const command = `kubectl label ${action.kind.plural} ${nameOf(action)} ${managedSelector} --overwrite`;
    return `${what} lost the label ${label.managedBy} and cannot be watched without it. Give it back: ${command}`;
  }
  const move = reason === 'Forbidden' ? 'Raise the quota or ask the administrator.' : 'Correct the spec.';
  return `The API server refused to ${action.type.toLowerCase()} ${what}: ${message.slice(0, longestQuote)} ${move}`;
}

function nameOf(action: Action): string {
  return action.type === 'Create' ? keyOf(action.object).name : action.key.name;
}
