import type { IModelDeployment, IModelVersion, IMonitor } from '../../api/types.ts';
import { jobs, modelDeployments, modelVersions, monitors, pods, services, trainingRuns } from '../../api/kinds.ts';
import { label, managedSelector } from '../../api/labels.ts';
import { type Key, keyOf, type Kind, type Resource } from '../../api/resource.ts';
import type { Reader, Watch } from '../../controller.ts';

/** What a TrainingRun depends on: its children, its versions, who asks it to train, and who rejects what it made. */
export const watches: readonly Watch[] = [
  { kind: jobs, labelSelector: managedSelector, parents: ownersAndLabelled },
  { kind: services, labelSelector: managedSelector, parents: ownersOf },
  { kind: pods, labelSelector: managedSelector, parents: labelled },
  watch(modelVersions, (version) => [inNamespace(version, version.spec.trainingRun)]),
  watch(monitors, requestedRuns),
  watch(modelDeployments, followedRuns),
];

/** `parents` of a watch is given objects of its own kind only. */
function watch<R extends Resource>(kind: Kind<R>, parents: (changed: R, read: Reader) => readonly Key[]): Watch {
  return { kind, parents: (changed, read) => parents(changed as R, read) };
}

function ownersOf(changed: Resource): Key[] {
  const owners = changed.metadata?.ownerReferences ?? [];
  return owners
    .filter((owner) => owner.apiVersion === trainingRuns.apiVersion && owner.kind === trainingRuns.kind)
    .map((owner) => inNamespace(changed, owner.name));
}

/** Of a Job that was given another owner, the attempt that made it goes on. */
function ownersAndLabelled(changed: Resource): Key[] {
  const owners = ownersOf(changed);
  return [...owners, ...labelled(changed).filter(({ name }) => !owners.some((owner) => owner.name === name))];
}

function labelled(changed: Resource): Key[] {
  const name = changed.metadata?.labels?.[label.trainingRun];
  return name === undefined ? [] : [inNamespace(changed, name)];
}

function requestedRuns(monitor: IMonitor): Key[] {
  const name = monitor.spec.retrain?.trainingRunRef.name;
  return name === undefined ? [] : [inNamespace(monitor, name)];
}

/** A rollback changes the champion of the run that the version came from, also if the deployment follows another one by now. */
function followedRuns(deployment: IModelDeployment, read: Reader): Key[] {
  const { namespace } = keyOf(deployment);
  const { trainingRunRef, versionRef } = deployment.spec.model;
  const versions = [versionRef?.name, ...(deployment.status?.rejected ?? []).map((revision) => revision.version)];
  const runs = versions.flatMap((name) => (name === undefined ? [] : runOfVersion(read, { namespace, name })));
  const names = new Set([...(trainingRunRef === undefined ? [] : [trainingRunRef.name]), ...runs]);
  return [...names].map((name) => inNamespace(deployment, name));
}

function runOfVersion(read: Reader, key: Key): string[] {
  const version: IModelVersion | undefined = read.get(modelVersions, key);
  return version === undefined ? [] : [version.spec.trainingRun];
}

function inNamespace(changed: Resource, name: string): Key {
  return { namespace: keyOf(changed).namespace, name };
}
