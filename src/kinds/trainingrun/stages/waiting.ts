import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { type Key, keyOf } from '../../../api/resource.ts';
import { cancelCommand, describeCommand } from '../status/advice.ts';
import { mainContainer } from './pod.ts';
import type { Recipe } from '../../../domain/recipe.ts';

/** Why something that was wanted does not go on. It is not an end: it goes away by itself once the cause is gone. */
export interface Problem {
  /** CamelCase, the reason of a condition. */
  readonly reason: string;
  readonly message: string;
  /** Whether only a person can help, and waiting cannot. */
  readonly isStalled: boolean;
}

interface Waiting {
  readonly pod: IPod;
  readonly recipe: Recipe;
  readonly run: Key;
  readonly attempt: string;
  readonly job: string;
}

type Rule = (waiting: Waiting) => Problem | undefined;

/**
 * What keeps the pods of a Job from running, as kubelet and scheduler have reported it; undefined if nothing does. The first rule
 * that applies to any pod wins. Messages leave out the reporters' own words, which change at every try.
 */
export function waitingProblem(
  run: Key,
  attempt: string,
  job: IJob,
  pods: readonly IPod[],
  recipe: Recipe,
): Problem | undefined {
  const pending = pods.filter(
    (pod) => pod.status?.phase === 'Pending' && pod.metadata?.deletionTimestamp === undefined,
  );
  for (const rule of rules) {
    for (const pod of pending) {
      const problem = rule({ pod, recipe, run, attempt, job: keyOf(job).name });
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

const rules: readonly Rule[] = [
  claimMissing,
  imagePullFailed,
  secretMissing,
  runsAsRoot,
  containerRefused,
  unschedulable,
];

function claimMissing({ pod, run }: Waiting): Problem | undefined {
  const claim = /persistentvolumeclaim "([^"]{1,253})" not found/.exec(unschedulableMessage(pod) ?? '')?.[1];
  if (claim === undefined) return undefined;
  return {
    reason: 'ClaimMissing',
    message: `PersistentVolumeClaim ${claim} does not exist. Create it, and training starts by itself: kubectl -n ${run.namespace} get pvc`,
    isStalled: true,
  };
}

const pullReasons = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
];

function imagePullFailed(waiting: Waiting): Problem | undefined {
  if (!pullReasons.includes(waitingState(waiting.pod)?.reason ?? '')) return undefined;
  return {
    reason: 'ImagePullFailed',
    message: `image ${waiting.recipe.image} cannot be pulled. ${orEdit(waiting, 'Push it, or let the nodes read it', 'spec.image')}`,
    isStalled: true,
  };
}

function secretMissing(waiting: Waiting): Problem | undefined {
  const state = waitingState(waiting.pod);
  if (state?.reason !== 'CreateContainerConfigError') return undefined;
  const missing = /secret "([^"]{1,253})" not found/.exec(state.message ?? '');
  const key = /couldn't find key (\S{1,253}) in Secret (?:\S+\/)?(\S{1,253})/.exec(state.message ?? '');
  if (missing === null && key === null) return undefined;
  const what = missing ? `Secret ${missing[1]} does not exist` : `Secret ${key?.[2]} has no key ${key?.[1]}`;
  return {
    reason: 'SecretMissing',
    message: `${what}. ${orEdit(waiting, 'Create it', 'spec.env')}`,
    isStalled: true,
  };
}

function runsAsRoot(waiting: Waiting): Problem | undefined {
  const state = waitingState(waiting.pod);
  if (state?.reason !== 'CreateContainerConfigError' || !/runAsNonRoot/.test(state.message ?? '')) return undefined;
  return {
    reason: 'RunAsRoot',
    message:
      `image ${waiting.recipe.image} runs as root or as a user without a number, which the restricted Pod Security Standard forbids. ` +
      orEdit(waiting, 'Build it with a numeric USER such as 65532', 'spec.image'),
    isStalled: true,
  };
}

function containerRefused(waiting: Waiting): Problem | undefined {
  const reason = waitingState(waiting.pod)?.reason;
  if (reason !== 'CreateContainerConfigError' && reason !== 'CreateContainerError') return undefined;
  return {
    reason: 'ContainerRefused',
    message: `the kubelet cannot create the container. ${orEdit(waiting, 'Read why', 'the spec')}`,
    isStalled: true,
  };
}

function unschedulable({ pod, recipe, run, attempt }: Waiting): Problem | undefined {
  const message = unschedulableMessage(pod);
  if (message === undefined) return undefined;
  const { accelerator } = recipe;
  const product = accelerator?.product === undefined ? '' : ` ${accelerator.product}`;
  const wanted = accelerator
    ? `${accelerator.count} × ${accelerator.resource}${product}`
    : 'the cpu and memory of spec.resources';
  const lacking = /Insufficient /.test(message)
    ? `no node has ${wanted} free`
    : accelerator?.product !== undefined && /node affinity\/selector/.test(message)
      ? `no node is labelled as having${product}`
      : 'no node takes the pod';
  return {
    reason: 'Unschedulable',
    message:
      `${lacking}. Training starts by itself when one does; ` +
      `if none ever can, edit spec.${accelerator ? 'accelerator' : 'resources'} or add nodes: ${describeCommand(run, attempt)}`,
    isStalled: false,
  };
}

/** An edit waits for the end of the running attempt, so the advice to edit comes with how to end it. */
function orEdit({ run, attempt, job }: Waiting, move: string, field: string): string {
  return (
    `${move} (${describeCommand(run, attempt)}), and it goes on by itself; ` +
    `or edit ${field} and end this attempt: ${cancelCommand(run, job)}`
  );
}

function waitingState(pod: IPod): { reason?: string; message?: string } | undefined {
  return pod.status?.containerStatuses?.find((container) => container.name === mainContainer)?.state?.waiting;
}

function unschedulableMessage(pod: IPod): string | undefined {
  const scheduled = pod.status?.conditions?.find((condition) => condition.type === 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return undefined;
  return scheduled.message ?? '';
}
