import type { IModelVersion } from '../../api/types.ts';
import { modelDeployments, modelVersions, monitors, trainingRuns } from '../../api/kinds.ts';
import { keyOf } from '../../api/resource.ts';
import type { Key, Kind, Resource } from '../../api/resource.ts';
import type { Reader, Watch } from '../../controller.ts';

/** What a Monitor depends on: whose revision it judges, whom it asks for training, and what came of that. */
export const watches: readonly Watch[] = [
  { kind: modelDeployments, parents: (deployment, read) => referring(modelDeployments, keyOf(deployment), read) },
  { kind: trainingRuns, parents: (run, read) => referring(trainingRuns, keyOf(run), read) },
  { kind: modelVersions, parents: concerned },
];

function referring(kind: Kind, key: Key, read: Reader): readonly Key[] {
  return read.referring(monitors, kind, key).map(keyOf);
}

/** Those that ask the version's run, and those that judge it, since they compare with its profile. */
function concerned(changed: Resource, read: Reader): readonly Key[] {
  const { namespace, name } = keyOf(changed);
  const run = (changed as IModelVersion).spec.trainingRun;
  const serving = read
    .referring(modelDeployments, modelVersions, { namespace, name })
    .filter(({ status }) => status?.stable?.version === name);
  return [
    ...referring(trainingRuns, { namespace, name: run }, read),
    ...serving.flatMap((deployment) => referring(modelDeployments, keyOf(deployment), read)),
  ];
}
