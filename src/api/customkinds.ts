/** The kinds that crds/ adds to a cluster. They are public: see index.ts. */
import type { IModelDeployment } from './generated/modeldeployment.ts';
import type { IModelVersion } from './generated/modelversion.ts';
import type { IMonitor } from './generated/monitor.ts';
import type { ITrainingRun } from './generated/trainingrun.ts';
import { apiVersion } from './labels.ts';
import type { Kind, Reference } from './resource.ts';

export const trainingRuns: Kind<ITrainingRun> = { apiVersion, kind: 'TrainingRun', plural: 'trainingruns' };
export const modelVersions: Kind<IModelVersion> = {
  apiVersion,
  kind: 'ModelVersion',
  plural: 'modelversions',
  references: ({ spec }) => named(trainingRuns, spec.trainingRun),
};
export const modelDeployments: Kind<IModelDeployment> = {
  apiVersion,
  kind: 'ModelDeployment',
  plural: 'modeldeployments',
  references: ({ spec: { model }, status }) => {
    const roles = [status?.stable, status?.candidate, status?.previous, ...(status?.rejected ?? [])];
    return [
      ...named(trainingRuns, model.trainingRunRef?.name),
      ...named(modelVersions, model.versionRef?.name, ...roles.map((role) => role?.version)),
    ];
  },
};
export const monitors: Kind<IMonitor> = {
  apiVersion,
  kind: 'Monitor',
  plural: 'monitors',
  references: ({ spec }) => [
    ...named(modelDeployments, spec.modelDeploymentRef.name),
    ...named(trainingRuns, spec.retrain?.trainingRunRef.name),
  ],
};

function named(kind: Kind, ...names: readonly (string | undefined)[]): Reference[] {
  return names.flatMap((name) => (name === undefined ? [] : [{ kind, name }]));
}
