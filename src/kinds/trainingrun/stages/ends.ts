import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../../../controller.ts';
import { failedCondition } from './failure.ts';

/** How far the watch of pods may lag behind that of Jobs until a pod that was never seen is taken for gone. */
const podsSeenWithin: Milliseconds = 60_000;

export function isComplete(job: IJob): boolean {
  return (
    job.status?.conditions?.some((condition) => condition.type === 'Complete' && condition.status === 'True') ?? false
  );
}

export function isFinished(job: IJob): boolean {
  return isComplete(job) || failedCondition(job) !== undefined;
}

/** When a Job ended, as it says itself. */
export function endOf(job: IJob): string | undefined {
  return job.status?.completionTime ?? failedCondition(job)?.lastTransitionTime;
}

/** How long to wait for the pod that ended a Job: it may still be seen running or not at all, since the two watches are not in step. */
export function podMayCome(job: IJob, pods: readonly IPod[], now: Date): Milliseconds | undefined {
  const left = (Date.parse(endOf(job) ?? '') || 0) + podsSeenWithin - now.getTime();
  const isBehind = pods.some((pod) => pod.status?.phase === 'Running');
  return left > 0 || isBehind ? Math.max(left, podsSeenWithin / 10) : undefined;
}
