import type { IDeployment, IReplicaSet } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../api/types.ts';
import { isOwnedBy, keyOf, type Resource, uidOf } from '../api/resource.ts';
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

/** The Jobs of a run, by attempt and retry. Whose an object is, its owner's UID tells, and no label. */
export function jobsOf(run: ITrainingRun, { jobs }: ProductObjects): PlacedJob[] {
  const owned = jobs.filter((job) => isOwnedBy(job, uidOf(run)));
  return placedJobs(keyOf(run).name, owned).toSorted(
    (one, other) => one.number - other.number || one.retry - other.retry,
  );
}

/** The pods that an object made itself. */
export function podsOf(owner: Resource, { pods }: ProductObjects): IPod[] {
  return pods.filter((pod) => isOwnedBy(pod, uidOf(owner)));
}

/** What keeps the pods of a ModelDeployment's revisions. */
export function workloadsOf(deployment: IModelDeployment, { workloads }: ProductObjects): IDeployment[] {
  return workloads.filter((workload) => isOwnedBy(workload, uidOf(deployment)));
}

/** The pods of a revision, which a ReplicaSet keeps for its workload. */
export function servingPodsOf(workload: IDeployment, objects: ProductObjects): IPod[] {
  const owned = objects.replicaSets.filter((replicaSet) => isOwnedBy(replicaSet, uidOf(workload)));
  return owned.flatMap((replicaSet) => podsOf(replicaSet, objects));
}
