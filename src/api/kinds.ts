import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import type { IModelDeployment } from './generated/modeldeployment.ts';
import type { IModelVersion } from './generated/modelversion.ts';
import type { IMonitor } from './generated/monitor.ts';
import type { ITrainingRun } from './generated/trainingrun.ts';
import { apiVersion } from './labels.ts';
import type { Kind } from './resource.ts';

export const trainingRuns: Kind<ITrainingRun> = { apiVersion, kind: 'TrainingRun', plural: 'trainingruns' };
export const modelVersions: Kind<IModelVersion> = { apiVersion, kind: 'ModelVersion', plural: 'modelversions' };
export const modelDeployments: Kind<IModelDeployment> = {
  apiVersion,
  kind: 'ModelDeployment',
  plural: 'modeldeployments',
};
export const monitors: Kind<IMonitor> = { apiVersion, kind: 'Monitor', plural: 'monitors' };

export const jobs: Kind<IJob> = { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' };
export const pods: Kind<IPod> = { apiVersion: 'v1', kind: 'Pod', plural: 'pods' };
export const services: Kind<IService> = { apiVersion: 'v1', kind: 'Service', plural: 'services' };
export const deployments: Kind<IDeployment> = { apiVersion: 'apps/v1', kind: 'Deployment', plural: 'deployments' };
export const podDisruptionBudgets: Kind<IPodDisruptionBudget> = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
};
