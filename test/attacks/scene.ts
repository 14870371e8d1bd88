import { setTimeout as pause } from 'node:timers/promises';
import type { IPod } from 'kubernetes-models/v1';
import { modelDeployments, monitors, trainingRuns } from '../../src/api/kinds.ts';
import { keyOf, type Kind, type Resource, uidOf } from '../../src/api/resource.ts';
import { type Administrator, pathOf } from '../faults/administrator.ts';
import type { History } from '../faults/history.ts';
import { Kubelets } from '../faults/kubelets.ts';
import type { Fate, PodStatus } from '../integration/faults/kubelet.ts';
import type { Answer } from '../integration/faults/prometheus.ts';
import type { World } from './world.ts';
import type { Ground } from './ground.ts';
import type { Identity, Person } from './person.ts';
import { clusterRoleOf, type Right, roleOf } from './rights.ts';

/** The image of whatever an attacker wants to have run. */
export const evil = 'example.com/evil:1';

/** How long anything may take that certainly comes about: the machine may be busy. */
const certain = 30_000;

/** Harmless edits, by which one sees that the operator has come round to an object. */
const harmless: readonly (readonly [Kind, object])[] = [
  [trainingRuns, { spec: { attemptHistoryLimit: 9 } }],
  [modelDeployments, { spec: { rollout: { minReady: '2s' } } }],
  [monitors, { spec: { interval: '7s' } }],
];

interface Observed extends Resource {
  readonly status?: { readonly observedGeneration?: number };
}

/** A namespace with its victims, the attacker, and those who play kubelets and Prometheus. */
export class Scene {
  readonly namespace: string;
  readonly history: History;
  readonly attacker: Person;
  readonly ground: Ground;
  readonly world: World;
  readonly #administrator: Administrator;
  readonly #kubelets: Kubelets;
  #forged: Fate = () => undefined;

  private constructor(ground: Ground, namespace: string, world: World) {
    this.ground = ground;
    this.world = world;
    this.namespace = namespace;
    this.#administrator = ground.administrator;
    this.history = ground.histories.open(namespace);
    this.attacker = ground.people.person({ user: `somebody-of-${namespace}` }, namespace);
    this.#kubelets = new Kubelets(ground.administrator, this.history, namespace);
  }

  static async open(ground: Ground, namespace: string, world: World, rights: readonly Right[]): Promise<Scene> {
    const scene = new Scene(ground, namespace, world);
    await scene.#insist('POST', '/api/v1/namespaces', { metadata: { name: namespace, labels: { team: namespace } } });
    await scene.#give(scene.attacker, `somebody-of-${namespace}`, rights);
    return scene;
  }

  /** Somebody else who has these rights here. */
  async alsoFor(identity: Identity, rights: readonly Right[]): Promise<Person> {
    const person = this.ground.people.person(identity, this.namespace);
    await this.#give(person, identity.user, rights);
    return person;
  }

  /** Somebody who has one of the roles that clusters come with, which the chart extends. */
  async withRole(role: 'view' | 'edit' | 'admin'): Promise<Person> {
    const user = `${role}-of-${this.namespace}`;
    const person = this.ground.people.person({ user }, this.namespace);
    const { binding, proof } = clusterRoleOf(user, role, this.namespace);
    await this.#insist('POST', `/apis/rbac.authorization.k8s.io/v1/namespaces/${this.namespace}/rolebindings`, binding);
    while (!(await person.may(proof))) await pause(50);
    return person;
  }

  async #give(person: Person, user: string, rights: readonly Right[]): Promise<void> {
    const root = `/apis/rbac.authorization.k8s.io/v1/namespaces/${this.namespace}`;
    const [role, binding] = roleOf(user, rights, this.namespace);
    await this.#insist('POST', `${root}/roles`, role);
    await this.#insist('POST', `${root}/rolebindings`, binding);
    for (const right of rights) while (!(await person.may(right))) await pause(50);
  }

  /** What went wrong with the rig itself. */
  get problems(): readonly string[] {
    return this.#kubelets.problems;
  }

  close(): void {
    this.#kubelets.leave();
    this.ground.histories.close(this.namespace);
  }

  /** By the administrator of the cluster. */
  async create<R extends Resource>(kind: Kind<R>, object: Partial<Resource>): Promise<R> {
    const { apiVersion, kind: name } = kind;
    const metadata = { ...object.metadata, namespace: this.namespace };
    return (await this.#insist('POST', pathOf(kind, this.namespace), {
      ...object,
      apiVersion,
      kind: name,
      metadata,
    })) as R;
  }

  async patch(kind: Kind, name: string, body: object, subresource = ''): Promise<void> {
    await this.#insist('PATCH', `${pathOf(kind, this.namespace)}/${name}${subresource}`, body);
  }

  async delete(kind: Kind, name: string): Promise<void> {
    await this.#administrator.insist('DELETE', `${pathOf(kind, this.namespace)}/${name}?propagationPolicy=Background`);
  }

  /** Labels the namespace, as administrators do who want pods there changed. */
  async label(labels: Readonly<Record<string, string>>): Promise<void> {
    await this.#insist('PATCH', `/api/v1/namespaces/${this.namespace}`, { metadata: { labels } });
  }

  /** Sets what becomes of the pods of a parent, other than those that an attacker made or changed. */
  plays(parent: string, fate: Fate | PodStatus): void {
    const played = typeof fate === 'function' ? fate : () => fate;
    this.#kubelets.plays(parent, (pod) => (isForged(pod) ? this.#forged(pod) : played(pod)));
  }

  /** Sets what becomes of pods that an attacker made or changed. */
  playsForged(fate: Fate | PodStatus): void {
    this.#forged = typeof fate === 'function' ? fate : () => fate;
    this.#kubelets.repeat();
  }

  /** Sets what Prometheus answers about this namespace. */
  answers(answers: (expression: string) => Answer): void {
    this.ground.prometheus.answers(`"${this.namespace}"`, answers);
  }

  /** What Prometheus was asked about this namespace. */
  asked(): readonly string[] {
    return this.ground.prometheus.asked(`"${this.namespace}"`);
  }

  /** Waits for what has to come about before an attack makes sense. */
  async until(what: string, holds: () => boolean): Promise<void> {
    if (await this.history.until(holds, certain)) return;
    throw new Error(`it does not come about that ${what}: ${this.describe()}`);
  }

  /** Waits until the operator has seen all that is there; whether it does. */
  async isCaughtUp(): Promise<boolean> {
    for (const [kind, edit] of harmless) {
      for (const { metadata } of this.history.list(kind)) {
        if (metadata?.deletionTimestamp !== undefined) continue;
        await this.#administrator.insist('PATCH', `${pathOf(kind, this.namespace)}/${metadata?.name}`, edit);
      }
    }
    // A harmless edit changes the generation, also where the history does not tell of it yet.
    const wanted = await this.#generations();
    const isSeen = ({ kind, name, uid, generation }: Generation) => {
      const object = this.history.get<Observed>(kind as Kind<Observed>, name);
      return object === undefined || uidOf(object) !== uid || (object.status?.observedGeneration ?? 0) >= generation;
    };
    return this.history.until(() => wanted.every(isSeen), certain);
  }

  /** What a failure has to show. */
  describe(): string {
    const told = harmless
      .flatMap(([kind]) => this.history.list(kind))
      .map((object) => ({
        name: keyOf(object).name,
        status: (object as { status?: unknown }).status,
      }));
    const others = this.history.changes
      .slice(-5)
      .map(({ type, plural, object }) => `${type} ${plural} ${keyOf(object).name}`);
    return `${JSON.stringify(told).slice(0, 1_500)} ${others.join(', ')}`;
  }

  async #generations(): Promise<readonly Generation[]> {
    const all = await Promise.all(
      harmless.map(async ([kind]) => {
        const { items } = await this.#administrator.list(pathOf(kind, this.namespace));
        return items.map((item) => ({
          kind,
          name: keyOf(item).name,
          uid: uidOf(item),
          generation: item.metadata?.generation ?? 0,
        }));
      }),
    );
    return all.flat();
  }

  async #insist(method: 'POST' | 'PATCH', path: string, body: object | undefined): Promise<unknown> {
    const reply = await this.#administrator.insist(method, path, body);
    if (reply.status >= 300) throw new Error(`${method} ${path} is refused: ${JSON.stringify(reply.body)}`);
    return reply.body;
  }
}

interface Generation {
  readonly kind: Kind;
  readonly name: string;
  readonly uid: string;
  readonly generation: number;
}

function isForged({ spec }: IPod): boolean {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].some(({ image }) => image === evil);
}
