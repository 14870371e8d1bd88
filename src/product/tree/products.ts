import { type Key, keyOf, type Resource } from '../../api/resource.ts';
import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../api/types.ts';
import type { ProductObjects } from '../objects.ts';

/**
 * What belongs together: a run with its versions, the ModelDeployments that serve them, and the Monitors of these. Each object is in one of
 * them, also a version whose run is gone, and a Monitor of a ModelDeployment that does not exist.
 */
export interface Product extends Key {
  readonly run: ITrainingRun | undefined;
  readonly versions: readonly IModelVersion[];
  readonly deployments: readonly IModelDeployment[];
  readonly monitors: readonly IMonitor[];
}

/** By namespace and name. */
export function productsOf(objects: ProductObjects): Product[] {
  const { runs, versions, deployments, monitors } = objects;
  const named = new Map(versions.map((version) => [idOf(version, keyOf(version).name), version]));
  const run = (object: Resource, name: string | undefined) => name && idOf(object, name);
  const groupOf = new Map<string, string>();
  const groups = new Map<string, Grouped>();
  const group = (id: string, object: Resource): Grouped => {
    const { namespace } = keyOf(object);
    const found = groups.get(id) ?? { namespace, runs: [], versions: [], deployments: [], monitors: [] };
    groups.set(id, found);
    return found;
  };
  for (const one of runs) group(idOf(one, keyOf(one).name), one).runs.push(one);
  for (const one of versions) group(idOf(one, one.spec.trainingRun), one).versions.push(one);
  for (const one of deployments) {
    const { name } = keyOf(one);
    const { trainingRunRef, versionRef } = one.spec.model;
    const pinned = versionRef && named.get(idOf(one, versionRef.name))?.spec.trainingRun;
    const id = run(one, trainingRunRef?.name ?? pinned) ?? `mdep ${idOf(one, name)}`;
    groupOf.set(idOf(one, name), id);
    group(id, one).deployments.push(one);
  }
  for (const one of monitors) {
    const watched = idOf(one, one.spec.modelDeploymentRef.name);
    const retrained = run(one, one.spec.retrain?.trainingRunRef.name);
    const known = retrained !== undefined && groups.has(retrained) ? retrained : undefined;
    group(groupOf.get(watched) ?? known ?? `mdep ${watched}`, one).monitors.push(one);
  }
  return [...groups.values()].map(productOf).toSorted(byKey);
}

interface Grouped {
  readonly namespace: string;
  readonly runs: ITrainingRun[];
  readonly versions: IModelVersion[];
  readonly deployments: IModelDeployment[];
  readonly monitors: IMonitor[];
}

/** It is called after what serves it; else after what it comes from. */
function productOf({ namespace, runs, versions, deployments, monitors }: Grouped): Product {
  const [run] = runs;
  const names = [
    ...deployments.map((one) => keyOf(one).name),
    ...(deployments.length > 0 ? [] : [run && keyOf(run).name, versions[0]?.spec.trainingRun]),
    ...(deployments.length + versions.length + runs.length > 0
      ? []
      : monitors.map(({ spec }) => spec.modelDeploymentRef.name)),
  ];
  const name = [...new Set(names.filter((one) => one !== undefined))].toSorted().join(', ');
  return {
    namespace,
    name,
    run,
    versions,
    deployments: deployments.toSorted(byName),
    monitors: monitors.toSorted(byName),
  };
}

function idOf(object: Resource, name: string): string {
  return `${keyOf(object).namespace}/${name}`;
}

function byName(one: Resource, other: Resource): number {
  return compare(keyOf(one).name, keyOf(other).name);
}

function byKey(one: Key, other: Key): number {
  return compare(one.namespace, other.namespace) || compare(one.name, other.name);
}

/** As the API server orders them, whatever the language of whoever looks. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
