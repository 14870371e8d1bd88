import { findCondition, type NewCondition } from '../../../api/condition.ts';
import { explained, generationOf, type Refusal, stalled } from '../../../api/refusal.ts';
import type { IModelDeployment, ModelDeploymentStatus } from '../../../api/types.ts';

/**
 * The status after a refusal of the API server. A denied write leaves Ready what it is, since what serves goes on serving; where
 * it is False already, it tells the cause. Without a kind that it depends on nobody can see whether anything serves.
 */
export function refused(
  status: ModelDeploymentStatus,
  refusal: Refusal,
  deployment: IModelDeployment,
  now: Date,
): ModelDeploymentStatus {
  const why = explained(refusal, deployment);
  const ready = refusal.type === 'UnservedKind' ? undefined : findCondition(status.conditions, 'Ready');
  const unknown: NewCondition = { type: 'Ready', status: 'Unknown', ...why, ...generationOf(deployment) };
  const summary = ready?.status === 'False' ? { ...ready, ...why } : (ready ?? unknown);
  return {
    ...status,
    ...generationOf(deployment),
    conditions: stalled(deployment, status.conditions, [summary], why, now),
  };
}
