import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../api/duration.ts';
import { jobController } from '../api/labels.ts';
import { isOwnedBy, uidOf } from '../api/resource.ts';
import { containersOf } from './diagnosis/containers.ts';

/** How far the watch of pods may lag behind that of Jobs until a pod that was never seen is taken for gone. */
const podsSeenWithin: Milliseconds = 60_000;

export function isComplete(job: IJob): boolean {
  return (
    job.status?.conditions?.some((condition) => condition.type === 'Complete' && condition.status === 'True') ?? false
  );
}

/** The condition by which a Job says that it failed for good. */
export function failedCondition(job: IJob) {
  return job.status?.conditions?.find((condition) => condition.type === 'Failed' && condition.status === 'True');
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

/** The pod that reports for a Job that completed: it succeeded, is of this very Job, and is the first of its gang. */
export function reportingPod(job: IJob, pods: readonly IPod[]): IPod | undefined {
  return pods.find(
    (pod) =>
      pod.status?.phase === 'Succeeded' &&
      isOwnedBy(pod, uidOf(job)) &&
      (pod.metadata?.annotations?.[jobController.completionIndex] ?? '0') === '0',
  );
}

/** The pod that failed last. */
export function lastFailed(pods: readonly IPod[]): IPod | undefined {
  return pods.filter((pod) => pod.status?.phase === 'Failed').toSorted((one, other) => ended(other) - ended(one))[0];
}

/** Whether a gang's Job failed because the cluster took a pod away: by the Job's only failure rule, or as a pod still shows. */
export function isDisrupted(job: IJob, pods: readonly IPod[]): boolean {
  return (
    failedCondition(job)?.reason === 'PodFailurePolicy' ||
    pods.some((pod) =>
      pod.status?.conditions?.some((condition) => condition.type === 'DisruptionTarget' && condition.status === 'True'),
    )
  );
}

function ended(pod: IPod): number {
  const ends = containersOf(pod).map(({ status }) => Date.parse(status.state?.terminated?.finishedAt ?? '') || 0);
  return Math.max(0, ...ends);
}
