import type { IDeployment, IReplicaSet } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import { modelDeployments } from './customkinds.ts';
import { label } from './labels.ts';
import type { Kind } from './resource.ts';

export { modelDeployments, modelVersions, monitors, trainingRuns } from './customkinds.ts';

export const jobs: Kind<IJob> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  plural: 'jobs',
  // The rest is half of the memory that a run would need. What runs is never compared with what would be made today.
  specFields: ['suspend', 'parallelism', 'activeDeadlineSeconds'],
};
/** Jobs with all of their spec, for one that the API server is asked for by its name: what runs is read from its template. */
export const wholeJobs: Kind<IJob> = { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' };
export const pods: Kind<IPod> = {
  apiVersion: 'v1',
  kind: 'Pod',
  plural: 'pods',
  // Those that serve are owned by ReplicaSets: the label finds them, and these tell which of them are ours.
  references: ({ metadata }) => {
    const name = metadata?.labels?.[label.modelDeployment];
    return name === undefined ? [] : [{ kind: modelDeployments, name }];
  },
};
export const services: Kind<IService> = { apiVersion: 'v1', kind: 'Service', plural: 'services' };
export const deployments: Kind<IDeployment> = { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' };
/** Only whose they are is read. */
export const replicaSets: Kind<IReplicaSet> = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  specFields: [],
};
export const podDisruptionBudgets: Kind<IPodDisruptionBudget> = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
};
