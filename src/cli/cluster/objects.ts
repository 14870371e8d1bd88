import {
  deployments,
  modelDeployments,
  modelVersions,
  monitors,
  pods,
  replicaSets,
  trainingRuns,
  wholeJobs,
} from '../../api/kinds.ts';
import { managedSelector } from '../../api/labels.ts';
import type { Kind, Resource } from '../../api/resource.ts';
import type { ProductObjects } from '../../product/objects.ts';
import type { Cluster, Unread } from './cluster.ts';

/** What was read, and what could not be. */
export interface ReadObjects {
  readonly objects: ProductObjects;
  readonly unread: readonly Unread[];
}

/**
 * Reads what products are made of, all kinds at the same time.
 * @param namespace all namespaces if undefined.
 * @param selector which of the objects that people write; what the cluster makes of them is told by whose it is.
 */
export async function readObjects(
  cluster: Cluster,
  namespace: string | undefined,
  selector?: string,
): Promise<ReadObjects> {
  const unread: Unread[] = [];
  const list = async <R extends Resource>(kind: Kind<R>, labelSelector?: string): Promise<readonly R[]> => {
    const reading = await cluster.reading(collectionTitle(kind, namespace), () =>
      cluster.all(kind, namespace, labelSelector),
    );
    if (reading.type === 'Read') return reading.value;
    unread.push(reading);
    return [];
  };
  const [runs, versions, products, watching, jobs, workloads, sets, all] = await Promise.all([
    list(trainingRuns, selector),
    list(modelVersions, selector),
    list(modelDeployments, selector),
    list(monitors, selector),
    list(wholeJobs, managedSelector),
    list(deployments, managedSelector),
    list(replicaSets, managedSelector),
    list(pods, managedSelector),
  ]);
  return {
    objects: {
      runs,
      versions,
      deployments: products,
      monitors: watching,
      jobs,
      workloads,
      replicaSets: sets,
      pods: all,
    },
    unread,
  };
}

/** As people say it: "the Pods of namespace team". */
export function collectionTitle({ kind }: Kind, namespace: string | undefined): string {
  return `the ${kind}s of ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`}`;
}
