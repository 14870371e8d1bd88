import { deployments, pods, replicaSets } from '../../api/kinds.ts';
import { label } from '../../api/labels.ts';
import type { Key, Kind, Resource } from '../../api/resource.ts';
import { noObjects } from '../../product/objects.ts';
import type { Cluster, Unread } from './cluster.ts';
import type { ReadObjects } from './objects.ts';

/** Lists what bears a label in a namespace, and keeps what could not be read. */
export class LabelledObjects {
  readonly unread: Unread[] = [];
  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #labelSelector: string;

  constructor(cluster: Cluster, namespace: string, labelSelector: string) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#labelSelector = labelSelector;
  }

  async all<R extends Resource>(kind: Kind<R>): Promise<readonly R[]> {
    const what = `the ${kind.kind}s of namespace ${this.#namespace}`;
    const reading = await this.#cluster.reading(what, () =>
      this.#cluster.all(kind, this.#namespace, this.#labelSelector),
    );
    if (reading.type === 'Read') return reading.value;
    this.unread.push(reading);
    return [];
  }
}

/** What serves for one ModelDeployment. */
export async function readServing(cluster: Cluster, { namespace, name }: Key): Promise<ReadObjects> {
  const reading = new LabelledObjects(cluster, namespace, `${label.modelDeployment}=${name}`);
  const [workloads, sets, all] = await Promise.all([
    reading.all(deployments),
    reading.all(replicaSets),
    reading.all(pods),
  ]);
  return { objects: { ...noObjects, workloads, replicaSets: sets, pods: all }, unread: reading.unread };
}
