import type { IModelVersion, IMonitor } from '../../api/types.ts';
import {
  deployments,
  modelDeployments,
  modelVersions,
  monitors,
  podDisruptionBudgets,
  pods,
  services,
  trainingRuns,
} from '../../api/kinds.ts';
import { label, managedSelector } from '../../api/labels.ts';
import { keyOf } from '../../api/resource.ts';
import type { Key, Kind, Resource } from '../../api/resource.ts';
import type { Reader, Watch } from '../../controller.ts';

/** What a ModelDeployment depends on. */
export const watches: readonly Watch[] = [
  child(deployments),
  child(services),
  child(podDisruptionBudgets),
  { kind: pods, labelSelector: managedSelector, parents: labelled },
  { kind: modelVersions, parents: servers },
  { kind: trainingRuns, parents: followers },
  { kind: monitors, parents: monitored },
];

function child(kind: Kind): Watch {
  return { kind, labelSelector: managedSelector, parents: labelled };
}

/** Pods are owned by ReplicaSets, which are not watched: the label names the deployment of them and of all other children. */
function labelled({ metadata }: Resource): readonly Key[] {
  const name = metadata?.labels?.[label.modelDeployment];
  return name === undefined ? [] : [{ namespace: metadata?.namespace ?? '', name }];
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
