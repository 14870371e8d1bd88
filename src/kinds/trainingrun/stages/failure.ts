import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { quoting } from '../../../api/condition.ts';
import { type Key, keyOf } from '../../../api/resource.ts';
import { containersOf } from '../../../workload/diagnosis/containers.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { rerunCommand } from '../status/advice.ts';
import { failureMessage, place } from './words.ts';

/** Why an attempt ended without a version: what is wrong, whose move it is, and the next command. */
interface Diagnosis {
  readonly reason: string;
  readonly message: string;
}

/** Diagnoses a failed Job by the pod that failed last, or, if its pods are gone or tell nothing, by what the Job says. */
export function diagnose(run: Key, job: IJob, pods: readonly IPod[]): Diagnosis {
  const pod = lastFailed(pods);
  const finding = pod && findingOf([pod], place);
  if (finding === undefined) return jobFailed(run, job, pod);
  return { reason: finding.reason, message: failureMessage(finding, run, keyOf(job).name) };
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

/** The condition by which a Job says that it failed for good. */
export function failedCondition(job: IJob) {
  return job.status?.conditions?.find((condition) => condition.type === 'Failed' && condition.status === 'True');
}

/** The pod that failed last. */
export function lastFailed(pods: readonly IPod[]): IPod | undefined {
  return pods.filter((pod) => pod.status?.phase === 'Failed').toSorted((one, other) => ended(other) - ended(one))[0];
}

function ended(pod: IPod): number {
  const ends = containersOf(pod).map(({ status }) => Date.parse(status.state?.terminated?.finishedAt ?? '') || 0);
  return Math.max(0, ...ends);
}

function jobFailed(run: Key, job: IJob, pod: IPod | undefined): Diagnosis {
  const condition = failedCondition(job);
  const why = pod === undefined ? ', and its pods are gone' : ', and its pod does not tell why';
  const message = `Job ${keyOf(job).name} failed with ${condition?.reason ?? 'no reason'}${why}. Run again: ${rerunCommand(run)}`;
  return { reason: 'JobFailed', message: quoting(message, { by: 'the Job', words: condition?.message }) };
}
