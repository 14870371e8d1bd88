import {
  deployments,
  jobs,
  modelDeployments,
  modelVersions,
  monitors,
  podDisruptionBudgets,
  pods,
  services,
  trainingRuns,
} from '../../src/api/kinds.ts';
import type { Kind } from '../../src/api/resource.ts';

/** All that is watched for the judge and for those who play the world. */
export const observed: readonly Kind[] = [
  trainingRuns,
  modelVersions,
  modelDeployments,
  monitors,
  jobs,
  pods,
  services,
  deployments,
  podDisruptionBudgets,
];
