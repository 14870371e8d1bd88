import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../api/duration.ts';
import { isOwnedBy, uidOf } from '../api/resource.ts';
import { isCutShort, isDisrupted, isFailed, isTakenAway, lastEnd, mainRuns } from './podend.ts';

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

/** Whether the end of a Job is decided, be it that pods are still to go. */
export function isEnding(job: IJob): boolean {
  const isDecided = job.status?.conditions?.some(({ type, status }) => type !== 'Suspended' && status === 'True');
  return isFinished(job) || isDecided === true || job.metadata?.deletionTimestamp !== undefined;
}

/** When a Job ended, as it says itself. */
export function endOf(job: IJob): string | undefined {
  return job.status?.completionTime ?? failedCondition(job)?.lastTransitionTime;
}

/** How long to wait for the pod that ended a Job: it may still be seen running or not at all, since the two watches are not in step. */
export function podMayCome(job: IJob, pods: readonly IPod[], now: Date): Milliseconds | undefined {
  const left = (Date.parse(endOf(job) ?? '') || 0) + podsSeenWithin - now.getTime();
  const isBehind = pods.some((pod) => pod.status?.phase === 'Running' || mainRuns(pod));
  return left > 0 || isBehind ? Math.max(left, podsSeenWithin / 10) : undefined;
}

/** The pod that reports for a Job that completed: it succeeded, is of this very Job, and is the first of its gang. */
export function reportingPod(job: IJob, pods: readonly IPod[]): IPod | undefined {
  return pods.find((pod) => pod.status?.phase === 'Succeeded' && isOwnedBy(pod, uidOf(job)) && indexOf(pod) === 0);
}

/** The pod that failed last. */
export function lastFailed(pods: readonly IPod[]): IPod | undefined {
  return pods.filter(isFailed).toSorted((one, other) => lastEnd(other) - lastEnd(one))[0];
}

/** Whether a Job failed by one of its failure rules about pods. */
export function failedByRule(job: IJob): boolean {
  return failedCondition(job)?.reason === 'PodFailurePolicy';
}

/**
 * The failure rules about pods of a gang say that the cluster took one of them away, also when they are gone. The others are about what
 * fetches and saves; the Job tells them by words alone: "Container save for pod team/fraud-8-train-abcde failed with exit code 3 …".
 */
export function failedByDisruption(job: IJob): boolean {
  return (
    failedByRule(job) && !/^Container \S+ for pod \S+ failed with exit code/.test(failedCondition(job)?.message ?? '')
  );
}

/** Whether a Job failed because too many of its pods did. */
export function failedByPods(job: IJob): boolean {
  return failedCondition(job)?.reason === 'BackoffLimitExceeded';
}

/** Whether a Job failed because its time was over, whoever set it. */
export function failedByDeadline(job: IJob): boolean {
  return failedCondition(job)?.reason === 'DeadlineExceeded';
}

/**
 * Whether somebody takes a pod of a Job away before its work has ended. The Job controller itself deletes the pods of a Job that is
 * suspended or about to end, and the others of a gang of which one failed.
 */
export function losesPods(job: IJob, pods: readonly IPod[]): boolean {
  if (pods.some(isDisrupted)) return true;
  const isEnding =
    job.status?.conditions?.some(({ type, status }) => type !== 'Suspended' && status === 'True') === true;
  const hasFailed = (job.spec?.parallelism ?? 1) > 1 && pods.some((pod) => isFailed(pod) && !isCutShort(pod));
  return job.spec?.suspend !== true && !isEnding && !hasFailed && pods.some(isTakenAway);
}

/** The failed pods of a single pod's Job that it counts; it passes over those that the cluster took away. */
export function countedFailures(pods: readonly IPod[]): IPod[] {
  return pods.filter(isFailed).filter((pod) => !isDisrupted(pod));
}

/**
 * The place of a pod in its gang; 0 for a single pod. Its host name tells it, which stays as the Job controller made it; the annotation
 * could be edited, so that another pod than the first would speak for all.
 */
export function indexOf({ spec }: IPod): number {
  return Number(/-(\d{1,10})$/.exec(spec?.hostname ?? '')?.[1] ?? 0);
}
