import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import { label } from '../../../api/labels.ts';
import type { Milliseconds } from '../../../controller.ts';

/** What the pods of a revision say about it. */
export type Health =
  /** All pods that exist are ready, or there are none yet. */
  | { readonly type: 'Healthy' }
  /** Not ready yet; `within`: how long it may still take. */
  | { readonly type: 'Starting'; readonly within?: Milliseconds }
  /** The cluster has no room. Nobody's fault, so never rejected. */
  | { readonly type: 'Blocked'; readonly reason: string; readonly message: string }
  /** Something that the revision needs is missing. The user's move; not the model's fault, so never rejected. */
  | { readonly type: 'Held'; readonly reason: string; readonly message: string }
  /** The server itself fails. */
  | { readonly type: 'Guilty'; readonly reason: string; readonly message: string };

export interface HealthFacts {
  readonly deployment: IDeployment | undefined;
  readonly pods: readonly IPod[];
}

/** How long a server may take from its start until it is ready; loading a large model takes minutes. */
export const longestStart: Milliseconds = 30 * 60_000;

const crashesTolerated = 2;
const longestQuote = 300;

type Sign = (facts: HealthFacts, now: Date) => Health | undefined;

/** In this order: a server that crashes is guilty whatever else is wrong, and what merely waits is judged last. */
const signs: readonly Sign[] = [
  crashes,
  podsForbidden,
  imageMissing,
  secretMissing,
  runsAsRoot,
  containerRefused,
  claimMissing,
  unschedulable,
  neverReady,
];

/** The first sign that holds. */
export function healthOf(facts: HealthFacts, now: Date): Health {
  const pods = facts.pods.filter(({ metadata }) => metadata?.deletionTimestamp === undefined);
  for (const sign of signs) {
    const health = sign({ ...facts, pods }, now);
    if (health !== undefined) return health;
  }
  return { type: 'Healthy' };
}

function crashes({ pods }: HealthFacts): Health | undefined {
  const crashing = pods.find((pod) => (mainOf(pod)?.restartCount ?? 0) > crashesTolerated);
  if (crashing === undefined) return undefined;
  const last = mainOf(crashing)?.lastState?.terminated;
  const how = last === undefined ? '' : ` (${last.reason ?? 'Error'}, exit code ${last.exitCode})`;
  const message = `The server crashed more than ${crashesTolerated} times${how}. Read why: ${logs(crashing)} --previous`;
  return { type: 'Guilty', reason: last?.reason === 'OOMKilled' ? 'OutOfMemory' : 'CrashLooping', message };
}

function podsForbidden({ deployment }: HealthFacts): Health | undefined {
  const failure = deployment?.status?.conditions?.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  if (failure === undefined) return undefined;
  const message = `The API server refuses its pods: ${quote(failure.message)}. Raise the quota or change the spec.`;
  return { type: 'Held', reason: 'PodsForbidden', message };
}

const imageReasons = ['ImagePullBackOff', 'ErrImagePull', 'InvalidImageName', 'ErrImageNeverPull', 'ErrImageInspect'];

function imageMissing({ pods }: HealthFacts): Health | undefined {
  const image = pods
    .flatMap(statusesOf)
    .find(({ state }) => imageReasons.includes(state?.waiting?.reason ?? ''))?.image;
  if (image === undefined) return undefined;
  const message = `Image "${quote(image)}" cannot be pulled. Push it, or correct the image in spec.server.`;
  return { type: 'Held', reason: 'ImagePullFailed', message };
}

const refusals = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'];

function secretMissing({ pods }: HealthFacts): Health | undefined {
  const text = refusalIn(pods);
  const secret = /secret "([^"]{1,253})" not found/.exec(text ?? '')?.[1];
  const [, key, of] = /couldn't find key (\S{1,253}) in Secret (?:\S+\/)?(\S{1,253})/.exec(text ?? '') ?? [];
  if (secret === undefined && key === undefined) return undefined;
  const what = secret === undefined ? `Secret "${of}" has no key "${key}"` : `Secret "${secret}" does not exist`;
  return { type: 'Held', reason: 'SecretMissing', message: `${what}. Create it, or correct spec.server.env.` };
}

function runsAsRoot({ pods }: HealthFacts): Health | undefined {
  if (!/runAsNonRoot/.test(refusalIn(pods) ?? '')) return undefined;
  const message =
    'The image runs as root or as a user without a number, which the restricted Pod Security Standard forbids. ' +
    'Build it with a numeric USER such as 65532, or correct spec.server.image.';
  return { type: 'Held', reason: 'RunAsRoot', message };
}

function containerRefused({ pods }: HealthFacts): Health | undefined {
  const text = refusalIn(pods);
  if (text === undefined) return undefined;
  const message = `The kubelet cannot start the container: ${quote(text)}. Create what is missing, or correct spec.server.`;
  return { type: 'Held', reason: 'ContainerRefused', message };
}

/** The kubelet's words about a container that it cannot start. */
function refusalIn(pods: readonly IPod[]): string | undefined {
  const waiting = pods.flatMap(statusesOf).map(({ state }) => state?.waiting);
  const refusal = waiting.find((state) => refusals.includes(state?.reason ?? ''));
  return refusal === undefined ? undefined : (refusal.message ?? 'no reason given');
}

function claimMissing({ pods }: HealthFacts): Health | undefined {
  const claim = /persistentvolumeclaim "([^"]{1,253})" not found/.exec(unschedulableIn(pods) ?? '')?.[1];
  if (claim === undefined) return undefined;
  const message = `PersistentVolumeClaim "${claim}", where the model is, does not exist. Create it, or serve another model.`;
  return { type: 'Held', reason: 'ClaimMissing', message };
}

function unschedulable({ pods }: HealthFacts): Health | undefined {
  const text = unschedulableIn(pods);
  if (text === undefined) return undefined;
  const message =
    `No node has room for a pod: ${quote(text)}. It starts as soon as one has; free or add nodes: ` +
    'kubectl describe nodes';
  return { type: 'Blocked', reason: 'Unschedulable', message };
}

/** The scheduler's words about a pod that fits nowhere. */
function unschedulableIn(pods: readonly IPod[]): string | undefined {
  const condition = pods
    .flatMap(({ status }) => status?.conditions ?? [])
    .find(({ type, status, reason }) => type === 'PodScheduled' && status === 'False' && reason === 'Unschedulable');
  return condition === undefined ? undefined : (condition.message ?? 'no reason given');
}

function neverReady({ pods }: HealthFacts, now: Date): Health | undefined {
  const starting = pods.filter((pod) => !isReady(pod));
  const [slowest] = starting;
  if (slowest === undefined) return undefined;
  const remaining = starting.flatMap((pod) => remainingOf(pod, now));
  const within = Math.min(...remaining);
  if (remaining.length === 0) return { type: 'Starting' };
  if (within > 0) return { type: 'Starting', within };
  const message =
    `The server runs but did not get ready within ${longestStart / 60_000} minutes. Does it answer on spec.server.port ` +
    `by spec.server.protocol? ${logs(slowest)}`;
  return { type: 'Guilty', reason: 'NeverReady', message };
}

/** Only a pod that was never ready since its server started is measured: one that lost its readiness had shown that it works. */
function remainingOf(pod: IPod, now: Date): Milliseconds[] {
  const main = mainOf(pod);
  const startedAt = main?.state?.running?.startedAt;
  if (startedAt === undefined || main?.started === true) return [];
  return [Date.parse(startedAt) + longestStart - now.getTime()];
}

function mainOf(pod: IPod) {
  return pod.status?.containerStatuses?.find(({ name }) => name === 'main');
}

function statusesOf({ status }: IPod) {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}

function isReady({ status }: IPod): boolean {
  return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
}

/** A pod's name is random; the Deployment's stands for it, so that the message stays the same. */
function logs({ metadata }: IPod): string {
  const { [label.modelDeployment]: name, [label.revision]: revision } = metadata?.labels ?? {};
  return `kubectl logs deployment/${name}-${revision} -c main -n ${metadata?.namespace}`;
}

function quote(text: string | undefined): string {
  const plain = (text ?? 'no reason given').replace(/\.+\s*$/, '');
  return plain.length <= longestQuote ? plain : `${plain.slice(0, longestQuote - 1)}…`;
}
