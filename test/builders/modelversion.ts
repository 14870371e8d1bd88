import type { IModelVersion, ModelVersionSpec } from '../../src/api/types.ts';

/** A ModelVersion of a run as the API server would hold it. */
export function modelVersion(number: number, spec: Partial<ModelVersionSpec> = {}): IModelVersion {
  const trainingRun = spec.trainingRun ?? 'fraud';
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'ModelVersion',
    metadata: {
      name: `${trainingRun}-${number}`,
      namespace: 'team',
      uid: `uid-version-${number}`,
      creationTimestamp: '2026-11-24T09:00:00Z',
    },
    spec: {
      number,
      trainingRun,
      attemptUID: `uid-${trainingRun}-${number}-train`,
      recipeDigest: 'sha256:other',
      trigger: { type: 'Created', time: '2026-11-24T09:00:00Z' },
      coversUntil: '2026-11-24T09:00:00Z',
      metrics: { f1: '0.93' },
      image: 'registry/fraud-train:1',
      ...spec,
    },
  };
}
