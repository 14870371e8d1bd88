import type { IPod } from 'kubernetes-models/v1';
import { stringify } from 'yaml';
import { findCondition } from '../../../src/api/condition.ts';
import type { IModelDeployment, ITrainingRun } from '../../../src/api/types.ts';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { Kubectl } from '../../../hack/loop/kubectl.ts';
import type { Report } from '../report.ts';
import type { Observations, Satisfied, Sight } from './observations.ts';

interface Event {
  readonly reason: string;
  readonly note: string;
  readonly regarding: { readonly kind: string; readonly name: string };
}

/** A namespace of one scene, with all that the scene does and sees there. */
export class Place {
  readonly kubectl: Kubectl;
  readonly namespace: string;
  readonly #title: string;
  readonly #observations: Observations;
  readonly #report: Report;

  constructor(title: string, namespace: string, cluster: Cluster, observations: Observations, report: Report) {
    this.#title = title;
    this.namespace = namespace;
    this.kubectl = new Kubectl(cluster);
    this.#observations = observations;
    this.#report = report;
  }

  /** Makes the namespace, in which pods have to be restricted; its labels may ask for more. */
  async make(labels: Readonly<Record<string, string>> = {}): Promise<void> {
    const all = { 'pod-security.kubernetes.io/enforce': 'restricted', ...labels };
    await this.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.namespace, labels: all } });
  }

  async apply(...objects: readonly object[]): Promise<void> {
    const manifest = objects.map((object) => stringify(object)).join('---\n');
    await this.kubectl.run(['apply', '--server-side', '--namespace', this.namespace, '--filename', '-'], manifest);
  }

  /** What the API server would make of an object. */
  dryRun(object: object): Promise<string> {
    const args = ['create', '--dry-run=server', '--output', 'json', '--namespace', this.namespace, '--filename', '-'];
    return this.kubectl.run(args, stringify(object));
  }

  get sight(): Sight {
    return this.#observations.of(this.namespace);
  }

  until<T>(what: string, satisfied: Satisfied<T>): Promise<T> {
    return this.#observations.until(what, this.namespace, satisfied);
  }

  expect(claim: string, holds: boolean, detail = ''): void {
    this.#report.record(`${this.#title}: ${claim}`, holds, detail);
  }

  logs(object: string, container = 'main'): Promise<string> {
    return this.kubectl.run(['logs', object, '--namespace', this.namespace, '--container', container]);
  }

  /** What the operator announced about its objects. */
  async events(): Promise<readonly Event[]> {
    const all = await this.kubectl.list<Event>('events.events.k8s.io', this.namespace);
    return all.filter(({ regarding }) => regarding.kind === 'TrainingRun' || regarding.kind === 'ModelDeployment');
  }

  /** Asks the API server to evict a pod, as a node's drain does. */
  async evict(pod: string): Promise<void> {
    const metadata = { name: pod, namespace: this.namespace };
    const path = `/api/v1/namespaces/${this.namespace}/pods/${pod}/eviction`;
    const eviction = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata });
    await this.kubectl.run(['create', '--raw', path, '--filename', '-'], eviction);
  }

  /** Prints all that people were told. */
  async tell(): Promise<void> {
    for (const line of this.#observations.story(this.namespace)) console.log(`    ${line}`);
    for (const { reason, note, regarding } of await this.events())
      console.log(`    event of ${regarding.kind} ${regarding.name}: ${reason}: ${note}`);
  }
}

/** What happens in one namespace. */
export interface Scene {
  readonly title: string;
  readonly namespace: string;
  play(place: Place): Promise<void>;
}

/** Makes the namespace of a scene, plays it, and prints what people were told; an exception counts as one failure. */
export async function play(scene: Scene, cluster: Cluster, observations: Observations, report: Report): Promise<void> {
  const place = new Place(scene.title, scene.namespace, cluster, observations, report);
  const started = performance.now();
  try {
    await place.make();
    await scene.play(place);
  } catch (error) {
    place.expect('it came to its end', false, error instanceof Error ? error.message : String(error));
  }
  console.log(`  ${scene.title}, ${Math.round((performance.now() - started) / 1000)} s; what people were told:`);
  await place.tell();
}

export const named = <T extends { metadata?: { name?: string } }>(objects: readonly T[], name: string) =>
  objects.find(({ metadata }) => metadata?.name === name);

/** The summary of a TrainingRun or a ModelDeployment. */
export function summary(object: ITrainingRun | IModelDeployment | undefined) {
  return findCondition(object?.status?.conditions, object?.kind === 'TrainingRun' ? 'Succeeded' : 'Ready');
}

export function isReady(pod: IPod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
