import type { IPod } from 'kubernetes-models/v1';
import { type Kind, type Resource, uidOf } from '../../src/api/resource.ts';
import type { Fate, PodStatus } from '../integration/faults/kubelet.ts';
import type { Answer, Prometheus } from '../integration/faults/prometheus.ts';
import { type Administrator, pathOf, type Reply } from './administrator.ts';
import { isForged } from './forged.ts';
import type { Ground } from './ground.ts';
import type { History } from './history.ts';
import { Kubelets } from './kubelets.ts';
import { type Conduct, Observers } from './store/observers.ts';

/** What people did in a namespace, as far as the judge has to tell it from what the operator did. */
export interface Deeds {
  /** The versions of objects that people's writes led to. */
  readonly written: Set<string>;
  /** The UIDs of what people made, other than what the operator is to act upon. */
  readonly foreign: Set<string>;
  /** The UIDs of what people deleted. */
  readonly deleted: Set<string>;
  /** Whether a pod can never do what it is for. */
  isBroken: (pod: IPod) => boolean;
}

/** What a world is played on. */
type WorldGround = Pick<Ground, 'administrator' | 'prometheus' | 'store'>;

/** The people, the kubelets and the metrics store of one namespace. */
export class World {
  readonly namespace: string;
  readonly history: History;
  readonly deeds: Deeds = { written: new Set(), foreign: new Set(), deleted: new Set(), isBroken: () => false };
  readonly #administrator: Administrator;
  readonly #prometheus: Prometheus;
  readonly #store: Ground['store'];
  readonly #kubelets: Kubelets;
  #stopObserving: () => void = () => undefined;

  constructor({ administrator, prometheus, store }: WorldGround, history: History, namespace: string) {
    this.#administrator = administrator;
    this.#prometheus = prometheus;
    this.#store = store;
    this.history = history;
    this.namespace = namespace;
    this.#kubelets = new Kubelets(administrator, history, namespace);
  }

  /** What went wrong with the rig itself. */
  get problems(): readonly string[] {
    return this.#kubelets.problems;
  }

  leave(): void {
    this.#kubelets.leave();
    this.#stopObserving();
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
    this.#kubelets.plays(name, fate, after);
  }

  /** Sets how the pods of one end when they are asked to: unless this is set they are killed at once. */
  ends(name: string, fate: Fate | PodStatus, after = 0): void {
    this.#kubelets.ends(name, fate, after);
  }

  /** From now on nothing is heard of the node of a pod. */
  lose(pod: IPod): void {
    this.#kubelets.lose(pod);
  }

  /** The kubelets tell again how their pods are: the API server may have forgotten. */
  repeat(): void {
    this.#kubelets.repeat();
  }

  /** What there is of a kind, but for what a hostile user has put beside it. */
  own<R extends Resource>(kind: Kind<R>): readonly R[] {
    return this.history.list(kind).filter((object) => !isForged(object));
  }

  /** Something else that is done in the namespace, to what is of the core group: `pods/fraud/eviction`. */
  async act(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Reply> {
    return await this.#administrator.insist(method, `/api/v1/namespaces/${this.namespace}/${path}`, body);
  }

  /** Sets what the metrics store answers to expressions about this namespace. */
  answers(answers: (expression: string) => Answer): void {
    this.#prometheus.answers(this.#matcher, answers);
  }

  /** From now on the metrics store answers by what the observers of pods count, whose servers behave like this. */
  async observes(conductOf: (pod: IPod) => Conduct): Promise<void> {
    const store = await this.#store();
    const observers = new Observers(this.history, conductOf);
    const remove = store.add(() => observers.page());
    this.#prometheus.forwards(this.#matcher, store.url);
    this.#stopObserving = () => {
      observers.stop();
      remove();
    };
  }

  /** By which expressions about this namespace are known. */
  get #matcher(): string {
    return `namespace="${this.namespace}"`;
  }

  #note({ body }: Reply): void {
    const version = (body as Resource | undefined)?.metadata?.resourceVersion;
    if (version !== undefined) this.deeds.written.add(version);
  }
}

function refused(what: string, { status, body }: Reply): Error {
  return new Error(`${what}: ${status} ${JSON.stringify(body)}`);
}
