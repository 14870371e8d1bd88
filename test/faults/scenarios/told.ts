/** What steps wait for: that an object says something in its status. */
import { type Condition, findCondition } from '../../../src/api/condition.ts';
import type { IModelDeployment, IMonitor, ITrainingRun } from '../../../src/api/types.ts';
import { modelDeployments, monitors, trainingRuns } from '../../../src/api/kinds.ts';
import type { Kind, Resource } from '../../../src/api/resource.ts';
import type { World } from '../world.ts';

interface Telling extends Resource {
  readonly metadata: Resource['metadata'] & { readonly generation?: number };
  readonly status?: { readonly conditions?: readonly Condition[]; readonly observedGeneration?: number };
}

/** Whether a condition has one of these reasons, about the spec as it is now. */
function tells(kind: Kind, name: string, type: string, reasons: readonly string[]) {
  return ({ history }: World): boolean => {
    const object = history.get(kind, name) as Telling | undefined;
    const { conditions, observedGeneration } = object?.status ?? {};
    const found = findCondition(conditions, type);
    return found !== undefined && observedGeneration === object?.metadata.generation && reasons.includes(found.reason);
  };
}

export const run = (name: string, ...reasons: readonly string[]) => tells(trainingRuns, name, 'Succeeded', reasons);
export const stalledRun = (name: string, ...reasons: readonly string[]) =>
  tells(trainingRuns, name, 'Stalled', reasons);
export const served = (name: string, ...reasons: readonly string[]) => tells(modelDeployments, name, 'Ready', reasons);
export const stalledServing = (name: string, ...reasons: readonly string[]) =>
  tells(modelDeployments, name, 'Stalled', reasons);
export const rollingOut = (name: string, ...reasons: readonly string[]) =>
  tells(modelDeployments, name, 'Reconciling', reasons);
export const checked = (name: string, ...reasons: readonly string[]) => tells(monitors, name, 'ChecksPassed', reasons);

/** What is said of a run of which nothing is known to be wrong. */
const neutral = ['Waiting', 'Started', 'Training'];

/** Whether the summary of a run says that something is wrong. */
export const isTold = (name: string) => (world: World) => {
  const summary = findCondition(runStatus(world, name).conditions, 'Succeeded');
  return summary !== undefined && !neutral.includes(summary.reason);
};

export function runStatus({ history }: World, name: string): NonNullable<ITrainingRun['status']> {
  return history.get(trainingRuns, name)?.status ?? {};
}

export function servedStatus({ history }: World, name: string): NonNullable<IModelDeployment['status']> {
  return history.get(modelDeployments, name)?.status ?? {};
}

export function monitorStatus({ history }: World, name: string): NonNullable<IMonitor['status']> {
  return history.get(monitors, name)?.status ?? {};
}

/** Whether a version serves and nothing else is under way. */
export const settledOn = (name: string, version: string) => (world: World) => {
  const { stable, candidate } = servedStatus(world, name);
  return stable?.version === version && candidate === undefined && isQuiet(world, name);
};

/** Nothing is under way, and the pods of the others are gone. */
function isQuiet({ history }: World, name: string): boolean {
  const { spec, status } = history.get(modelDeployments, name) ?? {};
  const isReady = findCondition(status?.conditions, 'Ready')?.status === 'True';
  const hasAll = status?.replicas === spec?.replicas && status?.readyReplicas === spec?.replicas;
  return isReady && hasAll && findCondition(status?.conditions, 'Reconciling') === undefined;
}
