import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import { timestamp } from '../../src/api/condition.ts';
import { ownerReference } from '../../src/api/resource.ts';
import { replicaSetOf } from '../builders/replicaset.ts';
import { fetched, fetching } from './fetching.ts';

/**
 * How the server of a revision behaves once its pod runs.
 * One that blinks answers its probes for a moment, and then never; one that flaps does again and again.
 */
export type Behaviour = 'Works' | 'Crashes' | 'ImageMissing' | 'Deaf' | 'Blinks' | 'Flaps' | 'FetchFails';

export interface KubeletOptions {
  readonly behaviourOf: (deployment: IDeployment) => Behaviour;
  /** Seconds from the start of a pod until it is ready. */
  readonly startsIn: number;
  /** Seconds that a pod fetches its model before, if it has to be fetched. */
  readonly fetchesIn: (deployment: IDeployment) => number;
  /** Seconds from the end of a pod's time until it is gone; meanwhile it holds its place. */
  readonly endsIn?: number;
  /** How many pods the cluster has room for. */
  readonly room: number;
  /** How many pods, in the order of their making, do not answer their probes at the moment; below 0, of the newest. */
  readonly unready: number;
}

interface Pod {
  readonly name: string;
  readonly deployment: string;
  scheduled?: Date;
  readySince?: Date | undefined;
  /** When it became ready, or stopped to be. */
  turnedAt?: Date;
  /** The kubelet counts them for as long as there is the pod. */
  restarts: number;
}

const crashEvery = 10;

/** How long a server that blinks is ready, in seconds; for how long one that flaps counts as ready, and then does not. */
const blink = 4;
const flap = 8;

/** What kube-controller-manager, scheduler and kubelet make of Deployments, one second at a time. */
export class Kubelet {
  #pods: Pod[] = [];
  /** Those that were told to end, as they were then. */
  #ending: readonly { readonly object: IPod; readonly until: number }[] = [];
  #seen: readonly IPod[] = [];
  #made = 0;

  /** The Deployments with their new status, and all pods. */
  tick(
    deployments: readonly IDeployment[],
    now: Date,
    options: KubeletOptions,
  ): { readonly deployments: readonly IDeployment[]; readonly pods: readonly IPod[] } {
    const wanted = new Map(deployments.map((one) => [one.metadata?.name ?? '', one.spec?.replicas ?? 1]));
    const before = this.#pods;
    for (const [name, replicas] of wanted) this.#resize(name, replicas, now);
    this.#pods = this.#pods.filter(({ deployment }) => wanted.has(deployment));
    this.#end(before, now, options.endsIn ?? 0);
    for (const pod of this.#pods) {
      const room =
        options.room - this.#ending.length - this.#pods.filter(({ scheduled }) => scheduled !== undefined).length;
      if (pod.scheduled === undefined && room > 0) pod.scheduled = now;
    }
    const pods = deployments.flatMap((one) =>
      this.#podsOf(one).map((pod) =>
        podObject(one, pod, now, { ...options, deaf: this.#isDeaf(pod, options.unready) }),
      ),
    );
    for (const pod of this.#pods) {
      const isUp = pods.some((object) => object.metadata?.name === pod.name && isReady(object));
      if (isUp !== (pod.readySince !== undefined)) pod.turnedAt = now;
      pod.restarts = Math.max(
        pod.restarts,
        ...pods
          .filter(({ metadata }) => metadata?.name === pod.name)
          .flatMap(({ status }) => status?.containerStatuses?.map(({ restartCount }) => restartCount) ?? []),
      );
      pod.readySince = isUp ? (pod.readySince ?? now) : undefined;
    }
    this.#seen = pods;
    const ending = this.#ending.map(({ object }) => object);
    return { deployments: deployments.map((one) => this.#withStatus(one, now)), pods: [...pods, ...ending] };
  }

  /** What is not kept goes on for a while, with its containers and its place. */
  #end(before: readonly Pod[], now: Date, endsIn: number): void {
    const gone = new Set(before.filter((pod) => !this.#pods.includes(pod)).map(({ name }) => name));
    const until = now.getTime() + endsIn * 1000;
    const deletionTimestamp = timestamp(new Date(until));
    const ended = this.#seen
      .filter(({ metadata }) => gone.has(metadata?.name ?? ''))
      .map((pod) => ({ object: { ...pod, metadata: { ...pod.metadata, deletionTimestamp } }, until }));
    this.#ending = [...this.#ending, ...ended].filter((one) => one.until > now.getTime());
  }

  #withStatus(deployment: IDeployment, now: Date): IDeployment {
    const own = this.#podsOf(deployment);
    const ready = own.flatMap(({ readySince }) => readySince ?? []);
    const longest = now.getTime() - (deployment.spec?.minReadySeconds ?? 0) * 1000;
    const available = ready.filter((since) => since.getTime() <= longest);
    const status = { replicas: own.length, readyReplicas: ready.length, availableReplicas: available.length };
    return { ...deployment, status };
  }

  #resize(name: string, replicas: number, now: Date): void {
    const pods = this.#pods.filter(({ deployment }) => deployment === name);
    const surplus = pods
      .toSorted((left, right) => rank(left, now) - rank(right, now))
      .slice(0, Math.max(0, pods.length - replicas));
    this.#pods = this.#pods.filter((pod) => !surplus.includes(pod));
    for (let count = pods.length; count < replicas; count += 1) {
      this.#pods.push({ name: `${name}-${(this.#made += 1)}`, deployment: name, restarts: 0 });
    }
  }

  #isDeaf(pod: Pod, unready: number): boolean {
    const index = this.#pods.indexOf(pod);
    return unready < 0 ? index >= this.#pods.length + unready : index < unready;
  }

  #podsOf({ metadata }: IDeployment): readonly Pod[] {
    return this.#pods.filter(({ deployment }) => deployment === metadata?.name);
  }
}

/** Those that are not ready go first, then the youngest, as the ReplicaSet controller has it. */
function rank(pod: Pod, now: Date): number {
  return pod.readySince === undefined ? -1 : age(pod, now);
}

function age({ scheduled }: Pod, now: Date): number {
  return scheduled === undefined ? -1 : Math.floor((now.getTime() - scheduled.getTime()) / 1000);
}

type PodOptions = KubeletOptions & { readonly deaf: boolean };

function podObject(deployment: IDeployment, pod: Pod, now: Date, options: PodOptions): IPod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: pod.name,
      namespace: deployment.metadata?.namespace ?? '',
      uid: `uid-${pod.name}`,
      labels: deployment.spec?.template.metadata?.labels ?? {},
      ownerReferences: [ownerReference(replicaSetOf(deployment))],
    },
    spec: deployment.spec?.template.spec ?? { containers: [] },
    status:
      pod.scheduled === undefined
        ? withoutRoom()
        : running({ ...pod, scheduled: pod.scheduled }, deployment, now, options),
  };
}

function withoutRoom(): NonNullable<IPod['status']> {
  const message = '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.';
  return {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
  };
}

function running(
  pod: Pod & { readonly scheduled: Date },
  deployment: IDeployment,
  now: Date,
  { behaviourOf, startsIn, fetchesIn, deaf }: PodOptions,
): NonNullable<IPod['status']> {
  const behaviour = behaviourOf(deployment);
  const fetches = fetching(
    deployment,
    pod.scheduled,
    behaviour === 'FetchFails' ? undefined : fetchesIn(deployment),
    now,
  );
  if (fetches.isUnderWay) return fetches.status;
  const scheduled = fetches.until;
  const { readySince, turnedAt = scheduled } = pod;
  const seconds = age({ ...pod, scheduled }, now);
  const started = ['Works', 'Blinks', 'Flaps'].includes(behaviour) && seconds >= startsIn;
  const ready = started && !deaf && answers(behaviour, seconds - startsIn, probeLag(deployment));
  const restartCount =
    behaviour === 'Crashes' ? Math.max(pod.restarts, Math.floor(seconds / crashEvery)) : pod.restarts;
  const image = deployment.spec?.template.spec?.containers[0]?.image ?? '';
  const main = { name: 'main', image, imageID: '', ready, started, restartCount };
  const state =
    behaviour === 'ImageMissing'
      ? { waiting: { reason: 'ImagePullBackOff' } }
      : { running: { startedAt: timestamp(scheduled) } };
  const terminated = { exitCode: 1, reason: 'Error', message: 'OSError: model.bin is corrupt' };
  const lastState = restartCount > 0 ? { terminated } : {};
  const turned = ready === (readySince !== undefined) ? turnedAt : now;
  return {
    phase: 'Running',
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: ready ? 'True' : 'False', lastTransitionTime: timestamp(turned) },
    ],
    ...fetched(pod.scheduled, scheduled),
    containerStatuses: [{ ...main, state, lastState }],
  };
}

function answers(behaviour: Behaviour, seconds: number, lag: number): boolean {
  if (behaviour === 'Works') return true;
  return behaviour === 'Flaps' ? seconds % (2 * flap) < flap : seconds < blink + lag;
}

/** How long the kubelet goes on to think that a server is ready, in seconds: until so many probes have failed. */
function probeLag({ spec }: IDeployment): number {
  const { periodSeconds = 10, failureThreshold = 3 } = spec?.template.spec?.containers[0]?.readinessProbe ?? {};
  return periodSeconds * failureThreshold;
}

function isReady({ status }: IPod): boolean {
  return status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
}
