import type { IModelVersion, IMonitor } from '../../api/types.ts';
import {
  modelDeployments,
  modelVersions,
  monitors,
  podDisruptionBudgets,
  pods,
  services,
  trainingRuns,
} from '../../api/kinds.ts';
import { keyOf } from '../../api/resource.ts';
import type { Key, Resource } from '../../api/resource.ts';
import type { Reader, Watch } from '../../controller.ts';
import { watchOf } from './children.ts';
import { workloads } from './revision/workloads/index.ts';
import type { Traffic } from './traffic/traffic.ts';

/** What a ModelDeployment depends on, whichever backend divides its requests. */
export function watchesOf(backends: readonly Traffic[]): readonly Watch[] {
  return [
    ...workloads.flatMap(({ kind, makesBy }) => [watchOf(kind), ...(makesBy === undefined ? [] : [watchOf(makesBy)])]),
    watchOf(services),
    watchOf(podDisruptionBudgets),
    watchOf(pods),
    ...backends.flatMap(({ watches }) => watches),
    { kind: modelVersions, parents: servers },
    { kind: trainingRuns, parents: followers },
    { kind: monitors, parents: monitored },
  ];
}

/** Those that follow the version's run, and those that pin the version, serve it or rejected it. */
function servers(changed: Resource, read: Reader): readonly Key[] {
  const { namespace, name } = keyOf(changed);
  const run = (changed as IModelVersion).spec.trainingRun;
  return [
    ...read.referring(modelDeployments, trainingRuns, { namespace, name: run }),
    ...read.referring(modelDeployments, modelVersions, { namespace, name }),
  ].map(keyOf);
}

function followers(changed: Resource, read: Reader): readonly Key[] {
  return read.referring(modelDeployments, trainingRuns, keyOf(changed)).map(keyOf);
}

function monitored(changed: Resource): readonly Key[] {
  return [{ namespace: keyOf(changed).namespace, name: (changed as IMonitor).spec.modelDeploymentRef.name }];
}
