import type { ITrainingRun, TrainingRunSpec, TrainingRunStatus } from '../../src/api/types.ts';

/** A TrainingRun as the API server would hold it. */
export function trainingRun(
  fields: { name?: string; spec?: Partial<TrainingRunSpec>; status?: TrainingRunStatus } = {},
): ITrainingRun {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'TrainingRun',
    metadata: {
      name: fields.name ?? 'fraud',
      namespace: 'team',
      uid: 'run-uid',
      generation: 1,
      resourceVersion: '1',
      creationTimestamp: '2026-11-24T10:00:00Z',
    },
    spec: { image: 'registry/fraud-train:1', ...fields.spec },
    ...(fields.status && { status: fields.status }),
  };
}
