import type { IModelVersion, IMonitor } from '../api/index.ts';
import { modelDeployments, modelVersions, monitors, trainingRuns } from '../api/kinds.ts';
import { keyOf } from '../api/resource.ts';
import type { Key, Kind, Resource } from '../api/resource.ts';
import type { Reader, Watch } from '../controller.ts';

/** What a Monitor depends on: whose revision it judges, whom it asks for training, and what came of that. */
export const watches: readonly Watch[] = [
  watch(modelDeployments, ({ spec }, { metadata }) => spec.modelDeploymentRef.name === metadata?.name),
  watch(trainingRuns, ({ spec }, { metadata }) => spec.retrain?.trainingRunRef.name === metadata?.name),
  watch(modelVersions, concerns),
];

function watch<R extends Resource>(
  kind: Kind<R>,
  refers: (monitor: IMonitor, changed: R, read: Reader) => boolean,
): Watch {
  return {
    kind,
    parents(changed, read): readonly Key[] {
      return read
        .list(monitors, keyOf(changed).namespace)
        .filter((monitor) => refers(monitor, changed as R, read))
        .map(keyOf);
    },
  };
}

/** A version of the run that is asked, or the one that is served, whose profile is compared with. */
function concerns(monitor: IMonitor, { metadata, spec }: IModelVersion, read: Reader): boolean {
  if (monitor.spec.retrain?.trainingRunRef.name === spec.trainingRun) return true;
  const { namespace } = keyOf(monitor);
  const deployment = read.get(modelDeployments, { namespace, name: monitor.spec.modelDeploymentRef.name });
  return deployment?.status?.stable?.version === metadata?.name;
}
