/** What the search of a ModelDeployment knows of its world beyond the cluster. */
import type { IModelDeployment } from '../../src/api/types.ts';
import type { ModelDeploymentFacts } from '../../src/kinds/modeldeployment/observe.ts';
import type { Cluster } from './cluster.ts';
import type { World } from './world.ts';

export type Metrics = 'None' | 'Good' | 'Bad';

/** What the cluster does not hold and the invariants need. */
export interface Extra {
  readonly edits: number;
  readonly changes: number;
  /** What Prometheus says about any candidate. */
  readonly metrics: Metrics;
  /** Whether the declared capacity was available, and nothing but the operator has taken from it since. */
  readonly reached: boolean;
  /** How often people have held the rollout back or let it go on. */
  readonly steers: number;
  /** How often a server failed that had served. */
  readonly failures: number;
  /** The revisions that ever had a pod which had stayed ready. */
  readonly proven: readonly string[];
  /** The revisions that ever were rejected. */
  readonly rejected: readonly string[];
  /** When the clock stops. */
  readonly until: number;
}

export type ServingWorld = World<Extra>;
export type ServingCluster = Cluster<IModelDeployment, ModelDeploymentFacts, Extra>;

/** How many pods are declared. */
export function replicasOf({ options: { parent } }: ServingCluster): number {
  return parent.spec.replicas ?? 1;
}

/** Whether pods are ended before others come. */
export function isWithoutSurge({ options: { parent } }: ServingCluster): boolean {
  return parent.spec.rollout?.surge === 'Never';
}

export const most = { edits: 2, changes: 2, steers: 2, failures: 1 };
