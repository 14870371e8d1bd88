import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { quoting } from '../../../api/condition.ts';
import { type Key, keyOf } from '../../../api/resource.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { failedCondition, lastFailed } from '../../../workload/job.ts';
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

function jobFailed(run: Key, job: IJob, pod: IPod | undefined): Diagnosis {
  const condition = failedCondition(job);
  const why = pod === undefined ? ', and its pods are gone' : ', and its pod does not tell why';
  const message = `Job ${keyOf(job).name} failed with ${condition?.reason ?? 'no reason'}${why}. Run again: ${rerunCommand(run)}`;
  return { reason: 'JobFailed', message: quoting(message, { by: 'the Job', words: condition?.message }) };
}
