import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun, RevisionStatus } from '../../api/types.ts';
import { modelDeployments, modelVersions, trainingRuns } from '../../api/kinds.ts';
import { keyOf } from '../../api/resource.ts';
import type { Reader } from '../../controller.ts';
import { isRegistered } from '../../domain/provenance.ts';
import { identityOf, isSameVersion } from '../../domain/versions.ts';

/** A metrics store that the administrator has opened to some namespaces. */
export interface QuerySource {
  readonly name: string;
  readonly namespaces: readonly string[];
}

/** All that a plan is made from, besides the answers and the time. */
export interface MonitorFacts {
  readonly monitor: IMonitor;
  readonly deployment: IModelDeployment | undefined;
  /** The version that is served. */
  readonly version: IModelVersion | undefined;
  /** The run of spec.retrain, and the versions that it has registered. */
  readonly run: ITrainingRun | undefined;
  readonly versions: readonly IModelVersion[];
  /** The query sources that are open to the namespace. */
  readonly openSources: readonly string[];
}

/** Reads the cache. */
export function observe(monitor: IMonitor, read: Reader, sources: readonly QuerySource[]): MonitorFacts {
  const { namespace } = keyOf(monitor);
  const deployment = read.get(modelDeployments, { namespace, name: monitor.spec.modelDeploymentRef.name });
  const served = deployment?.status?.stable;
  const runName = monitor.spec.retrain?.trainingRunRef.name;
  const run = runName === undefined ? undefined : read.get(trainingRuns, { namespace, name: runName });
  return {
    monitor,
    deployment,
    version: served && versionOf(served, namespace, read),
    run,
    versions: run === undefined ? [] : registeredBy(run, read),
    openSources: sources.filter(({ namespaces }) => namespaces.includes(namespace)).map(({ name }) => name),
  };
}

/** Another version may bear the name by now, with another profile. */
function versionOf(served: RevisionStatus, namespace: string, read: Reader): IModelVersion | undefined {
  const found = read.get(modelVersions, { namespace, name: served.version ?? '' });
  return found !== undefined && isSameVersion(identityOf(found), served) ? found : undefined;
}

/** Anybody may have written what names a run. */
function registeredBy(run: ITrainingRun, read: Reader): readonly IModelVersion[] {
  return read.referring(modelVersions, trainingRuns, keyOf(run)).filter((version) => isRegistered(run, version));
}
