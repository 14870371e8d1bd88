import type { IDeployment, IReplicaSet } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../api/types.ts';
import { controllerOf, keyOf, type Resource, uidOf } from '../api/resource.ts';
import { type PlacedJob, placedJobs } from '../kinds/trainingrun/attempt/names.ts';

/** What products are made of, as it was read, in one namespace or in all. */
export interface ProductObjects {
  readonly runs: readonly ITrainingRun[];
  readonly versions: readonly IModelVersion[];
  readonly deployments: readonly IModelDeployment[];
  readonly monitors: readonly IMonitor[];
  readonly jobs: readonly IJob[];
  /** What keeps the pods of revisions. */
  readonly workloads: readonly IDeployment[];
  readonly replicaSets: readonly IReplicaSet[];
  readonly pods: readonly IPod[];
}

/** Nothing, to begin with where little is read. */
export const noObjects: ProductObjects = {
  runs: [],
  versions: [],
  deployments: [],
  monitors: [],
  jobs: [],
  workloads: [],
  replicaSets: [],
  pods: [],
};

/** The Jobs of a run, by attempt and retry. Whose an object is, its owner's UID tells, and no label. */
export function jobsOf(run: ITrainingRun, { jobs }: ProductObjects): PlacedJob[] {
  return placedJobs(keyOf(run).name, ownedBy(run, jobs)).toSorted(
    (one, other) => one.number - other.number || one.retry - other.retry,
  );
}

/** The pods that an object made itself. */
export function podsOf(owner: Resource, { pods }: ProductObjects): IPod[] {
  return ownedBy(owner, pods);
}

/** What keeps the pods of a ModelDeployment's revisions. */
export function workloadsOf(deployment: IModelDeployment, { workloads }: ProductObjects): IDeployment[] {
  return ownedBy(deployment, workloads);
}

/** The pods of a revision, which a ReplicaSet keeps for its workload. */
export function servingPodsOf(workload: IDeployment, objects: ProductObjects): IPod[] {
  return ownedBy(workload, objects.replicaSets).flatMap((replicaSet) => podsOf(replicaSet, objects));
}

/** Of each list that was read, by the UID of what manages them: nobody looks for the pods of a thousand owners by looking at all. */
const indexes = new WeakMap<readonly Resource[], Map<string, readonly Resource[]>>();

function ownedBy<R extends Resource>(owner: Resource, all: readonly R[]): R[] {
  const index = indexes.get(all) ?? Map.groupBy<string, Resource>(all, (object) => controllerOf(object)?.uid ?? '');
  indexes.set(all, index);
  // What is in the index of a list is from that list.
  return [...((index.get(uidOf(owner)) ?? []) as readonly R[])];
}
