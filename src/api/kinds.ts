import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import type { IModelDeployment } from './generated/modeldeployment.ts';
import type { IModelVersion } from './generated/modelversion.ts';
import type { IMonitor } from './generated/monitor.ts';
import type { ITrainingRun } from './generated/trainingrun.ts';
import { apiVersion, label } from './labels.ts';
import type { Kind, Reference } from './resource.ts';

export const trainingRuns: Kind<ITrainingRun> = { apiVersion, kind: 'TrainingRun', plural: 'trainingruns' };
export const modelVersions: Kind<IModelVersion> = {
  apiVersion,
  kind: 'ModelVersion',
  plural: 'modelversions',
  references: ({ spec }) => named(trainingRuns, spec.trainingRun),
};
export const modelDeployments: Kind<IModelDeployment> = {
  apiVersion,
  kind: 'ModelDeployment',
  plural: 'modeldeployments',
  references: ({ spec: { model }, status }) => {
    const roles = [status?.stable, status?.candidate, status?.previous, ...(status?.rejected ?? [])];
    return [
      ...named(trainingRuns, model.trainingRunRef?.name),
      ...named(modelVersions, model.versionRef?.name, ...roles.map((role) => role?.version)),
    ];
  },
};
export const monitors: Kind<IMonitor> = {
  apiVersion,
  kind: 'Monitor',
  plural: 'monitors',
  references: ({ spec }) => [
    ...named(modelDeployments, spec.modelDeploymentRef.name),
    ...named(trainingRuns, spec.retrain?.trainingRunRef.name),
  ],
};

export const jobs: Kind<IJob> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  plural: 'jobs',
  // The rest is half of the memory that a run would need. What runs is never compared with what would be made today.
  specFields: ['suspend'],
};
export const pods: Kind<IPod> = {
  apiVersion: 'v1',
  kind: 'Pod',
  plural: 'pods',
  // Those that serve are owned by ReplicaSets, which are not watched.
  references: ({ metadata }) => named(modelDeployments, metadata?.labels?.[label.modelDeployment]),
};
export const services: Kind<IService> = { apiVersion: 'v1', kind: 'Service', plural: 'services' };
export const deployments: Kind<IDeployment> = { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' };
export const podDisruptionBudgets: Kind<IPodDisruptionBudget> = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
};

function named(kind: Kind, ...names: readonly (string | undefined)[]): Reference[] {
  return names.flatMap((name) => (name === undefined ? [] : [{ kind, name }]));
}
