import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { type Key, keyOf } from '../api/resource.ts';
import { rerunCommand } from './advice.ts';
import { mainContainer } from './pod.ts';
import type { Recipe } from './recipe.ts';

/** Why an attempt ended without a version: what is wrong, whose move it is, and the next command. */
export interface Diagnosis {
  readonly reason: string;
  readonly message: string;
}

interface Failure {
  readonly run: Key;
  readonly job: IJob;
  /** The pod that failed last, unless it is gone. */
  readonly pod: IPod | undefined;
  readonly recipe: Recipe;
}

type Rule = (failure: Failure) => Diagnosis | undefined;

/** Diagnoses a failed Job by the pod that failed last, or, if its pods are gone, by what the Job says. */
export function diagnose(run: Key, job: IJob, pods: readonly IPod[], recipe: Recipe): Diagnosis {
  const failure = { run, job, pod: lastFailed(pods), recipe };
  for (const rule of rules) {
    const diagnosis = rule(failure);
    if (diagnosis !== undefined) return diagnosis;
  }
  return jobFailed(failure);
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

const rules: readonly Rule[] = [outOfMemory, commandNotStarted, commandFailed, podFailed];

function outOfMemory({ run, pod, recipe }: Failure): Diagnosis | undefined {
  if (terminated(pod)?.reason !== 'OOMKilled') return undefined;
  const limit =
    recipe.resources?.memory === undefined ? 'what its node has' : `its limit of ${recipe.resources.memory}`;
  return {
    reason: 'OutOfMemory',
    message: `the container took more memory than ${limit} and was killed. Raise spec.resources.memory or use less: kubectl -n ${run.namespace} edit trun ${run.name}`,
  };
}

function commandNotStarted({ run, pod }: Failure): Diagnosis | undefined {
  const state = terminated(pod);
  if (state === undefined || !['StartError', 'ContainerCannotRun'].includes(state.reason ?? '')) return undefined;
  return {
    reason: 'CommandNotStarted',
    message: `the container could not start${excerpt(state.message)}. Correct spec.command or spec.args: kubectl -n ${run.namespace} edit trun ${run.name}`,
  };
}

function commandFailed({ run, job, pod }: Failure): Diagnosis | undefined {
  const state = terminated(pod);
  if (state === undefined || state.exitCode === 0) return undefined;
  return {
    reason: 'CommandFailed',
    message:
      `the command ended with exit code ${state.exitCode}${excerpt(state.message)}. Read its log: ${logsCommand(run, job)}; ` +
      `an edit of the recipe starts another attempt, so does: ${rerunCommand(run)}`,
  };
}

function podFailed({ run, pod }: Failure): Diagnosis | undefined {
  if (pod?.status?.reason === undefined) return undefined;
  return {
    reason: 'PodFailed',
    message: `the pod failed with ${pod.status.reason}${excerpt(pod.status.message)}. Run again once that is solved: ${rerunCommand(run)}`,
  };
}

function jobFailed({ run, job }: Failure): Diagnosis {
  const condition = failedCondition(job);
  return {
    reason: 'JobFailed',
    message: `Job ${keyOf(job).name} failed with ${condition?.reason ?? 'no reason'}${excerpt(condition?.message)}, and its pods are gone. Run again: ${rerunCommand(run)}`,
  };
}

function lastFailed(pods: readonly IPod[]): IPod | undefined {
  const ended = (pod: IPod) => Date.parse(terminated(pod)?.finishedAt ?? '') || 0;
  return pods.filter((pod) => pod.status?.phase === 'Failed').toSorted((one, other) => ended(other) - ended(one))[0];
}

function terminated(pod: IPod | undefined) {
  return pod?.status?.containerStatuses?.find((container) => container.name === mainContainer)?.state?.terminated;
}

/** The first 512 characters of what a container or the cluster says, as one line. */
function excerpt(message: string | undefined): string {
  const line = (message ?? '').slice(0, 512).replace(/\s+/g, ' ').trim();
  return line === '' ? '' : `: ${line}`;
}

function logsCommand(run: Key, job: IJob): string {
  return `kubectl -n ${run.namespace} logs job/${keyOf(job).name}`;
}
