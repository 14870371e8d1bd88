import { setTimeout as pause } from 'node:timers/promises';
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../src/api/kinds.ts';
import { label } from '../../src/api/labels.ts';
import { keyOf, type Kind, type Resource, uidOf } from '../../src/api/resource.ts';
import type { Fate, PodStatus } from '../integration/faults/kubelet.ts';
import type { Answer, Prometheus } from '../integration/faults/prometheus.ts';
import { type Administrator, pathOf, type Reply } from './administrator.ts';
import type { History } from './history.ts';

/** What people did in a namespace, as far as the judge has to tell it from what the operator did. */
export interface Deeds {
  /** The versions of objects that people's writes led to. */
  readonly written: Set<string>;
  /** The UIDs of what people made, other than what the operator is to act upon. */
  readonly foreign: Set<string>;
  /** The UIDs of what people deleted. */
  readonly deleted: Set<string>;
}

/** The people, the kubelets and the metrics store of one namespace. */
export class World {
  readonly namespace: string;
  readonly history: History;
  readonly deeds: Deeds = { written: new Set(), foreign: new Set(), deleted: new Set() };
  /** What went wrong with the rig itself. */
  readonly problems: string[] = [];
  readonly #administrator: Administrator;
  readonly #prometheus: Prometheus;
  readonly #fates = new Map<string, Fate>();
  readonly #slowness = new Map<string, number>();
  /** By pod: the status that it was given last. */
  readonly #given = new Map<string, string>();
  readonly #leave: () => void;

  constructor(administrator: Administrator, prometheus: Prometheus, history: History, namespace: string) {
    this.#administrator = administrator;
    this.#prometheus = prometheus;
    this.history = history;
    this.namespace = namespace;
    this.#leave = history.listen(({ plural, object, type }) => {
      if (plural === pods.plural && type !== 'Deleted') void this.#play(object as IPod);
    });
  }

  leave(): void {
    this.#leave();
    this.answers(() => undefined);
  }

  /** A parent is what the operator is to act upon; everything else that people make is none of its business. */
  async create(kind: Kind, object: Resource, role: 'Parent' | 'Foreign' = 'Parent'): Promise<void> {
    const { namespace } = this;
    const body = { ...object, metadata: { ...object.metadata, namespace } };
    const reply = await this.#administrator.insist('POST', `${pathOf(kind, namespace)}?fieldValidation=Strict`, body);
    if (reply.status !== 201 && reply.status !== 409) throw refused(`${kind.kind} is not created`, reply);
    this.#note(reply);
    if (role === 'Foreign' && reply.status === 201) this.deeds.foreign.add(uidOf(reply.body as Resource));
  }

  /** A JSON merge patch, of the status if said so. Of an object that is not there, nothing. */
  async patch(kind: Kind, name: string, body: object, subresource = ''): Promise<void> {
    const path = `${pathOf(kind, this.namespace)}/${name}${subresource}`;
    const reply = await this.#administrator.insist('PATCH', path, body);
    if (reply.status !== 200 && reply.status !== 404) throw refused(`${kind.kind} ${name} is not patched`, reply);
    this.#note(reply);
  }

  async delete(kind: Kind, name: string): Promise<void> {
    const uid = this.history.get(kind, name)?.metadata?.uid;
    if (uid !== undefined) this.deeds.deleted.add(uid);
    const path = `${pathOf(kind, this.namespace)}/${name}?propagationPolicy=Background`;
    await this.#administrator.insist('DELETE', path);
  }

  /**
   * Sets what becomes of the pods of a TrainingRun or ModelDeployment from now on, also of those that are there; by default at
   * once, else after some milliseconds.
   */
  plays(name: string, fate: Fate | PodStatus, after = 0): void {
    this.#slowness.set(name, after);
    this.#fates.set(name, typeof fate === 'function' ? fate : () => fate);
    for (const pod of this.history.list(pods)) void this.#play(pod);
  }

  /** The kubelets tell again how their pods are: the API server may have forgotten. */
  repeat(): void {
    this.#given.clear();
    for (const pod of this.history.list(pods)) void this.#play(pod);
  }

  /** Sets what the metrics store answers to expressions about this namespace. */
  answers(answers: (expression: string) => Answer): void {
    this.#prometheus.answers(`namespace="${this.namespace}"`, answers);
  }

  #note({ body }: Reply): void {
    const version = (body as Resource | undefined)?.metadata?.resourceVersion;
    if (version !== undefined) this.deeds.written.add(version);
  }

  async #play(told: IPod): Promise<void> {
    const { [label.trainingRun]: run, [label.modelDeployment]: deployment } = told.metadata?.labels ?? {};
    const name = run ?? deployment ?? '';
    const after = this.#slowness.get(name) ?? 0;
    if (after > 0) await pause(after);
    const pod = this.history.get(pods, keyOf(told).name);
    if (pod === undefined || hasEnded(pod)) return;
    const isGoing = pod.metadata?.deletionTimestamp !== undefined;
    const status = isGoing ? { phase: 'Failed' } : this.#fates.get(name)?.(pod);
    const text = JSON.stringify(status);
    if (status === undefined || this.#given.get(uidOf(pod)) === text) return;
    this.#given.set(uidOf(pod), text);
    const path = `${pathOf(pods, this.namespace)}/${keyOf(pod).name}/status`;
    const reply = await this.#administrator.insist('PATCH', path, { metadata: { uid: uidOf(pod) }, status });
    const isOvertaken = this.#given.get(uidOf(pod)) !== text || this.#isGone(pod);
    if (reply.status === 422 && !isOvertaken) this.problems.push(refused('a pod status', reply).message);
  }

  /** Whether a pod has ended or was replaced by now, so that what was to be told of it is no longer true. */
  #isGone(pod: IPod): boolean {
    const now = this.history.get(pods, keyOf(pod).name);
    return now === undefined || uidOf(now) !== uidOf(pod) || hasEnded(now);
  }
}

/** A container that is asked to end is killed, unless it has ended; only then does the Job controller let go of its pod. */
function hasEnded({ status }: IPod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

function refused(what: string, { status, body }: Reply): Error {
  return new Error(`${what}: ${status} ${JSON.stringify(body)}`);
}
