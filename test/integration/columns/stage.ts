import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../../src/api/types.ts';
import { modelDeployments, modelVersions, monitors, trainingRuns } from '../../../src/api/kinds.ts';
import type { Resource } from '../../../src/api/resource.ts';
import { results } from '../../builders/pod.ts';
import { answerTo, type Requests } from '../../builders/requests.ts';
import { serving, type Fate, type PodStatus } from '../faults/kubelet.ts';
import type { Cluster } from '../faults/cluster.ts';
import type { Prometheus } from '../faults/prometheus.ts';
import { digest, modelDeployment, modelVersion, monitor, trainingRun } from '../objects.ts';

type Spec<R extends { readonly spec: object }> = Partial<R['spec']>;

/** A namespace in which a situation is set up: what people write, and how their pods and requests fare. */
export class Stage {
  readonly namespace: string;
  readonly #cluster: Cluster;
  readonly #prometheus: Prometheus;

  constructor(namespace: string, cluster: Cluster, prometheus: Prometheus) {
    this.namespace = namespace;
    this.#cluster = cluster;
    this.#prometheus = prometheus;
  }

  plays(name: string, fate: Fate | PodStatus): void {
    this.#cluster.kubelet.plays({ namespace: this.namespace, name }, fate);
  }

  /** What the observers have counted. */
  counts(requests: Requests): void {
    this.#prometheus.answers(this.namespace, (expression) => answerTo(expression, requests));
  }

  async run(spec: Spec<ITrainingRun>, name = 'fraud'): Promise<void> {
    await this.#cluster.create(trainingRuns, this.#here(trainingRun(spec), name));
  }

  async deployment(spec: Spec<IModelDeployment>, name = 'fraud'): Promise<void> {
    await this.#cluster.create(modelDeployments, this.#here(modelDeployment(spec), name));
  }

  async version(name: string): Promise<void> {
    await this.#cluster.create<IModelVersion>(modelVersions, this.#here(modelVersion({ digest }), name));
  }

  async monitor(spec: Spec<IMonitor>, name = 'fraud'): Promise<void> {
    await this.#cluster.create(monitors, this.#here(monitor(spec), name));
  }

  async edit(kind: 'trun' | 'mdep', spec: object, name = 'fraud'): Promise<void> {
    const kinds = { trun: trainingRuns, mdep: modelDeployments };
    await this.#cluster.patch(kinds[kind], { namespace: this.namespace, name }, { spec });
  }

  /** Waits until the run has a version of that name. */
  async registered(version: string): Promise<void> {
    const key = { namespace: this.namespace, name: 'fraud' };
    await this.#cluster.until<ITrainingRun>(trainingRuns, key, ({ status }) => status?.latestVersion?.name === version);
  }

  /** Waits until a version serves, and returns its revision. */
  async serves(version: string, name = 'fraud'): Promise<string> {
    const key = { namespace: this.namespace, name };
    const isServed = ({ status }: IModelDeployment) =>
      status?.stable?.version === version &&
      status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') === true;
    const { status } = await this.#cluster.until<IModelDeployment>(modelDeployments, key, isServed);
    return status?.stable?.revision ?? '';
  }

  /** A run whose first version is served, and by which revision. */
  async served(spec: Spec<IModelDeployment>): Promise<string> {
    this.trains('fraud');
    await this.run({ output: { uri: 'pvc://models/fraud' } });
    await this.registered('fraud-1');
    this.plays('serve', serving);
    await this.deployment(spec, 'serve');
    return await this.serves('fraud-1', 'serve');
  }

  /** The pods of a run train well, and better from attempt to attempt. */
  trains(name: string): void {
    this.plays(name, ({ metadata }) => {
      const attempt = Number(metadata?.labels?.['flyball.dev/attempt']?.split('-').at(-1));
      const model = { digest: `sha256:${String(attempt).repeat(64)}` };
      return results({ f1: (92 + attempt) / 100 }, { model });
    });
  }

  #here<R extends Resource>(object: R, name: string): R {
    return { ...object, metadata: { name, namespace: this.namespace } };
  }
}
