import type { IPod } from 'kubernetes-models/v1';
import { label } from '../../../src/api/labels.ts';
import { type Key, keyOf, uidOf } from '../../../src/api/resource.ts';
import type { Environment } from '../environment.ts';

/** A pod's status, as kubelet and scheduler write it. */
export type PodStatus = NonNullable<IPod['status']>;

/** What becomes of a pod; undefined leaves it as it is. */
export type Fate = (pod: IPod) => PodStatus | undefined;

/**
 * Plays kubelet and scheduler: gives the pods of each TrainingRun and ModelDeployment the status that the test has set for
 * them, also to those that come later, and lets pods that are deleted end. The API server may be away meanwhile.
 */
export class Kubelet {
  readonly #environment: Environment;
  readonly #fates = new Map<string, Fate>();
  readonly #written = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Sets what becomes of the pods of a TrainingRun or ModelDeployment from now on. */
  plays({ namespace, name }: Key, fate: Fate | PodStatus): void {
    this.#fates.set(`${namespace}/${name}`, typeof fate === 'function' ? fate : () => fate);
  }

  start(): void {
    const pass = async (): Promise<void> => {
      await this.#pass().catch(() => undefined);
      if (!this.#isStopped) this.#timer = setTimeout(() => void pass(), 100);
    };
    void pass();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #pass(): Promise<void> {
    const { body } = await this.#environment.request('GET', '/api/v1/pods');
    const pods = (body as { items?: IPod[] }).items ?? [];
    await Promise.all(pods.map((pod) => this.#update(pod)));
  }

  async #update(pod: IPod): Promise<void> {
    const status = pod.metadata?.deletionTimestamp === undefined ? this.#fateOf(pod)?.(pod) : ended(pod);
    const text = JSON.stringify(status);
    if (status === undefined || this.#written.get(uidOf(pod)) === text) return;
    const { namespace, name } = keyOf(pod);
    const answer = await this.#environment.request('PATCH', `/api/v1/namespaces/${namespace}/pods/${name}/status`, {
      body: { metadata: { uid: uidOf(pod) }, status },
      contentType: 'application/merge-patch+json',
    });
    if (answer.status === 422) throw new Error(`no such pod status: ${JSON.stringify(answer.body)}`);
    if (answer.status === 200) this.#written.set(uidOf(pod), text);
  }

  #fateOf({ metadata }: IPod): Fate | undefined {
    const { [label.trainingRun]: run, [label.modelDeployment]: deployment } = metadata?.labels ?? {};
    return this.#fates.get(`${metadata?.namespace}/${run ?? deployment}`);
  }
}

/** A container that is asked to end is killed; only then does the Job controller let go of its pod. */
function ended({ status }: IPod): PodStatus | undefined {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed' ? undefined : { phase: 'Failed' };
}

/** A model server that answers its probes. */
export function serving({ spec, status }: IPod): PodStatus {
  const container = { ready: true, started: true, restartCount: 0, state: { running: { startedAt } } };
  const named = (name: string, image = '') => ({ ...container, name, image, imageID: `${image}@sha256:1f` });
  return {
    phase: 'Running',
    conditions: readiness('True', status),
    containerStatuses: (spec?.containers ?? []).map(({ name, image }) => named(name, image)),
  };
}

/** How long a pod has been ready, or unready, is what controllers count by: the time is that of the change. */
function readiness(wanted: 'True' | 'False', before: PodStatus | undefined): NonNullable<PodStatus['conditions']> {
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  return ['Ready', 'ContainersReady'].map((type) => {
    const known = before?.conditions?.find((condition) => condition.type === type && condition.status === wanted);
    return { type, status: wanted, lastTransitionTime: known?.lastTransitionTime ?? now };
  });
}

/** A model server that runs and does not answer its probes any more. */
export function unready(pod: IPod): PodStatus {
  const { containerStatuses = [], ...status } = serving(pod);
  const silent = containerStatuses.map((one) => ({ ...one, ready: false }));
  return { ...status, conditions: readiness('False', pod.status), containerStatuses: silent };
}

/** A model server that ends again and again. */
export function crashing({ spec, status }: IPod): PodStatus {
  return {
    phase: 'Running',
    conditions: readiness('False', status),
    containerStatuses: (spec?.containers ?? []).map(({ name, image = '' }) => ({
      name,
      image,
      imageID: `${image}@sha256:1f`,
      ready: false,
      restartCount: 3,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })),
  };
}

const startedAt = '2026-11-24T10:01:00Z';
