import { setTimeout as pause } from 'node:timers/promises';
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../src/api/kinds.ts';
import { label } from '../../src/api/labels.ts';
import { keyOf, uidOf } from '../../src/api/resource.ts';
import type { Fate, PodStatus } from '../integration/faults/kubelet.ts';
import { type Administrator, pathOf, type Reply } from './administrator.ts';
import { forgedFate, isForged } from './forged.ts';
import type { History } from './history.ts';

/** How the pods of one TrainingRun or ModelDeployment fare, after some milliseconds. */
interface Played {
  readonly fate: Fate;
  readonly after: number;
}

const atOnce = 0;
/** How long it takes from the end of a pod's containers until nothing of it is left on its node, in milliseconds. */
const cleaning = 1_500;
const nowhere = () => undefined;

/** Plays the kubelets of a namespace: gives pods the status that was set for them. */
export class Kubelets {
  /** What went wrong with the rig itself. */
  readonly problems: string[] = [];
  readonly #administrator: Administrator;
  readonly #history: History;
  readonly #namespace: string;
  readonly #fates = new Map<string, Played>();
  readonly #ends = new Map<string, Played>();
  /** By pod: the status that it was given last. */
  readonly #given = new Map<string, string>();
  /** The UIDs of the pods whose node has not been heard of. */
  readonly #lost = new Set<string>();
  readonly #leave: () => void;

  constructor(administrator: Administrator, history: History, namespace: string) {
    this.#administrator = administrator;
    this.#history = history;
    this.#namespace = namespace;
    this.#leave = history.listen(({ plural, object, type }) => {
      if (plural === pods.plural && type !== 'Deleted') void this.#play(object as IPod);
    });
  }

  leave(): void {
    this.#leave();
  }

  /** Sets what becomes of the pods of a parent from now on, also of those that are there. */
  plays(name: string, fate: Fate | PodStatus, after = atOnce): void {
    this.#fates.set(name, played(fate, after));
    this.#playAll();
  }

  /** Sets how the pods of a parent end when they are asked to; unless this is set they are killed at once. */
  ends(name: string, fate: Fate | PodStatus, after = atOnce): void {
    this.#ends.set(name, played(fate, after));
  }

  /** Tells again how the pods are: the API server may have forgotten. */
  repeat(): void {
    this.#given.clear();
    this.#playAll();
  }

  /** From now on nothing is heard of the node of a pod. */
  lose(pod: IPod): void {
    this.#lost.add(uidOf(pod));
  }

  #playAll(): void {
    for (const pod of this.#history.list(pods)) void this.#play(pod);
  }

  async #play(told: IPod): Promise<void> {
    const { [label.trainingRun]: run, [label.modelDeployment]: deployment } = told.metadata?.labels ?? {};
    const parent = run ?? deployment ?? '';
    const { fate, after } = (isGoing(told) ? this.#ends.get(parent) : this.#fateOf(told, parent)) ?? unless(told);
    if (after > 0) await pause(after);
    const pod = this.#history.get(pods, keyOf(told).name);
    if (pod === undefined || this.#lost.has(uidOf(pod))) return;
    if (hasEnded(pod)) return this.#letGo(pod);
    // What was asked for meanwhile is played by itself.
    if (isGoing(pod) !== isGoing(told)) return;
    await this.#give(pod, fate(pod));
  }

  /** What becomes of the hostile user's programs is no part of the scenario. */
  #fateOf(pod: IPod, parent: string): Played | undefined {
    return isForged(pod) ? played(forgedFate, atOnce) : this.#fates.get(parent);
  }

  async #give(pod: IPod, status: PodStatus | undefined): Promise<void> {
    const text = JSON.stringify(status);
    if (status === undefined || this.#given.get(uidOf(pod)) === text) return;
    this.#given.set(uidOf(pod), text);
    const body = { metadata: { uid: uidOf(pod) }, status: dated(status, new Date()) };
    const reply = await this.#administrator.insist('PATCH', `${this.#pathOf(pod)}/status`, body);
    const isOvertaken = this.#given.get(uidOf(pod)) !== text || this.#isGone(pod);
    if (reply.status === 422 && !isOvertaken) this.problems.push(refused('a pod status', reply));
  }

  /** Of a pod that has ended and is to go the kubelet takes its hands; only the Job controller's may be left. */
  async #letGo(pod: IPod): Promise<void> {
    const isBound = pod.spec?.nodeName !== undefined;
    if (!isGoing(pod) || !isBound || pod.metadata?.deletionGracePeriodSeconds === 0) return;
    await pause(cleaning);
    await this.#administrator.insist('DELETE', `${this.#pathOf(pod)}?gracePeriodSeconds=0`);
  }

  /** Whether a pod has ended or was replaced by now, so that what was to be told of it is no longer true. */
  #isGone(pod: IPod): boolean {
    const now = this.#history.get(pods, keyOf(pod).name);
    return now === undefined || uidOf(now) !== uidOf(pod) || hasEnded(now);
  }

  #pathOf(pod: IPod): string {
    return `${pathOf(pods, this.#namespace)}/${keyOf(pod).name}`;
  }
}

function played(fate: Fate | PodStatus, after: number): Played {
  return { fate: typeof fate === 'function' ? fate : () => fate, after };
}

/** A container that is asked to end is killed, unless it has ended; only then does the Job controller let go of its pod. */
function unless(pod: IPod): Played {
  return isGoing(pod) ? played({ phase: 'Failed' }, atOnce) : played(nowhere, atOnce);
}

function isGoing({ metadata }: IPod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

function hasEnded({ status }: IPod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** A kubelet says when a container ended. */
function dated(status: PodStatus, now: Date): PodStatus {
  const finishedAt = `${now.toISOString().slice(0, 19)}Z`;
  const { containerStatuses = [], initContainerStatuses = [], ...rest } = status;
  const ended = (statuses: NonNullable<PodStatus['containerStatuses']>) =>
    statuses.map((one) => {
      const { terminated } = one.state ?? {};
      if (terminated === undefined) return one;
      return { ...one, state: { terminated: { startedAt: finishedAt, finishedAt, ...terminated } } };
    });
  return {
    ...rest,
    ...(containerStatuses.length > 0 && { containerStatuses: ended(containerStatuses) }),
    ...(initContainerStatuses.length > 0 && { initContainerStatuses: ended(initContainerStatuses) }),
  };
}

function refused(what: string, { status, body }: Reply): string {
  return `${what}: ${status} ${JSON.stringify(body)}`;
}
