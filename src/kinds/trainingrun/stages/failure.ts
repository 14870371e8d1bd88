import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { type Key, keyOf } from '../../../api/resource.ts';
import { editCommand, excerpt, rerunCommand } from '../status/advice.ts';
import { evictionDiagnosis } from './eviction.ts';
import { mainContainer } from './pod.ts';
import type { Recipe } from '../../../domain/recipe.ts';

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

const rules: readonly Rule[] = [
  evicted,
  outOfMemory,
  diskFull,
  commandNotStarted,
  commandKilled,
  commandFailed,
  podFailed,
];

/** Before the exit code, which is that of the kill. */
function evicted({ run, pod }: Failure): Diagnosis | undefined {
  return evictionDiagnosis(run, pod);
}

function outOfMemory({ run, pod, recipe }: Failure): Diagnosis | undefined {
  if (terminated(pod)?.reason !== 'OOMKilled') return undefined;
  const limit =
    recipe.resources?.memory === undefined ? 'what its node has' : `its limit of ${recipe.resources.memory}`;
  return {
    reason: 'OutOfMemory',
    message: `the container took more memory than ${limit} and was killed. Raise spec.resources.memory or use less: ${editCommand(run)}`,
  };
}

function diskFull({ run, pod }: Failure): Diagnosis | undefined {
  const message = terminated(pod)?.message;
  if (!/no space left on device|disk quota exceeded/i.test(message ?? '')) return undefined;
  return {
    reason: 'DiskFull',
    message: `a disk was full${excerpt(message, 256)}. Make room in the claims of spec.output and spec.checkpoint, or enlarge them; if it was the node's own disk, the administrator has to act; then run again: ${rerunCommand(run)}`,
  };
}

function commandNotStarted({ run, pod }: Failure): Diagnosis | undefined {
  const state = terminated(pod);
  if (state === undefined || !['StartError', 'ContainerCannotRun'].includes(state.reason ?? '')) return undefined;
  return {
    reason: 'CommandNotStarted',
    message: `the container could not start${excerpt(state.message)}. Correct spec.command or spec.args: ${editCommand(run)}`,
  };
}

/** The kubelet tells of a lack of memory only if the first process of the container is what was killed. */
function commandKilled({ run, job, pod }: Failure): Diagnosis | undefined {
  const state = terminated(pod);
  if (state?.exitCode !== 137) return undefined;
  return {
    reason: 'CommandKilled',
    message:
      `the command was killed (exit code 137), and the kubelet does not tell why${excerpt(state.message)}. Read its log: ${logsCommand(run, job)}; ` +
      `if one of its processes took too much, raise spec.resources.memory: ${editCommand(run)}; else run again: ${rerunCommand(run)}`,
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

/** The pod that failed last. */
export function lastFailed(pods: readonly IPod[]): IPod | undefined {
  const ended = (pod: IPod) => Date.parse(terminated(pod)?.finishedAt ?? '') || 0;
  return pods.filter((pod) => pod.status?.phase === 'Failed').toSorted((one, other) => ended(other) - ended(one))[0];
}

function terminated(pod: IPod | undefined) {
  return pod?.status?.containerStatuses?.find((container) => container.name === mainContainer)?.state?.terminated;
}

function logsCommand(run: Key, job: IJob): string {
  return `kubectl -n ${run.namespace} logs job/${keyOf(job).name}`;
}
