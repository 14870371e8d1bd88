import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { timestamp } from '../../../api/condition.ts';
import type { Attempt, IModelVersion, ITrainingRun } from '../../../api/types.ts';
import type { Key } from '../../../api/resource.ts';
import type { Action, Milliseconds } from '../../../controller.ts';
import { defined } from '../../../api/defined.ts';
import { failedCondition } from './failure.ts';
import type { Snapshot } from '../start/snapshot.ts';
import type { Problem } from './waiting.ts';

/** All that is known about one attempt. */
export interface Subject {
  readonly run: ITrainingRun;
  readonly key: Key;
  readonly attempt: Attempt;
  /** Its Jobs, the newest last: more than one only for a gang that was made again. */
  readonly jobs: readonly IJob[];
  readonly pods: readonly IPod[];
  readonly snapshot: Snapshot | undefined;
  /** The ModelVersion of the attempt's name, whoever made it. */
  readonly version: IModelVersion | undefined;
  /** All ModelVersions of the run. */
  readonly versions: readonly IModelVersion[];
  /** Whether the API server confirmed that the Job is gone. */
  readonly isVanished: boolean;
}

/** What becomes of an attempt in this pass. Without a verdict it goes on. */
export interface Conclusion {
  readonly attempt: Attempt;
  readonly actions?: readonly Action[];
  readonly problem?: Problem;
  readonly requeueAfter?: Milliseconds;
}

/** How far the watch of pods may lag behind that of Jobs until a pod that was never seen is taken for gone. */
const podsSeenWithin: Milliseconds = 60_000;

/** Something was written whose effect the next pass has to see. */
export const soon: Milliseconds = 1;

/** The UID of an attempt's first Job, which may be gone when a gang was made again. */
export function attemptUID({ jobs, snapshot }: Subject): string | undefined {
  return snapshot?.retry?.attemptUID ?? jobs[0]?.metadata?.uid;
}

/** The end of an attempt is that of its Job, whenever it is seen. */
export function ended(attempt: Attempt, job: IJob | undefined, now?: Date): Attempt {
  const time = job && (job.status?.completionTime ?? failedCondition(job)?.lastTransitionTime);
  return defined<Attempt>({
    ...attempt,
    jobUID: job?.metadata?.uid ?? attempt.jobUID,
    endTime: attempt.endTime ?? time ?? (now && timestamp(now)),
  });
}

export function isComplete(job: IJob): boolean {
  return (
    job.status?.conditions?.some((condition) => condition.type === 'Complete' && condition.status === 'True') ?? false
  );
}

export function isFinished(job: IJob): boolean {
  return isComplete(job) || failedCondition(job) !== undefined;
}

/** How long to wait for the pod that ended a Job: it may still be seen running or not at all, since the two watches are not in step. */
export function podMayCome(job: IJob, pods: readonly IPod[], now: Date): Milliseconds | undefined {
  const time = Date.parse(job.status?.completionTime ?? failedCondition(job)?.lastTransitionTime ?? '') || 0;
  const left = time + podsSeenWithin - now.getTime();
  const isBehind = pods.some((pod) => pod.status?.phase === 'Running');
  return left > 0 || isBehind ? Math.max(left, podsSeenWithin / 10) : undefined;
}
