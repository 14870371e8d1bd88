import type { IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../src/api/types.ts';

type Spec<T extends { readonly spec: object }> = Partial<T['spec']> & Readonly<Record<string, unknown>>;

const meta = (name: string) => ({ name, namespace: 'default' });
const apiVersion = 'flyball.dev/v1alpha1';
export const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** A TrainingRun that the API server accepts, with what `spec` changes; fields that are no fields may be given too. */
export function trainingRun(spec: Spec<ITrainingRun> = {}, name = 'fraud'): ITrainingRun {
  return { apiVersion, kind: 'TrainingRun', metadata: meta(name), spec: { image: 'example.com/train:1', ...spec } };
}

/** A ModelVersion that the API server accepts. */
export function modelVersion(spec: Spec<IModelVersion> = {}, name = 'fraud-1'): IModelVersion {
  return {
    apiVersion,
    kind: 'ModelVersion',
    metadata: meta(name),
    spec: {
      number: 1,
      trainingRun: 'fraud',
      attemptUID: 'b7e6d2a0-0000-4000-8000-000000000000',
      recipeDigest: 'a1b2c3d4',
      trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
      coversUntil: '2026-11-24T10:00:00Z',
      metrics: { f1: '0.93' },
      image: 'example.com/train:1',
      ...spec,
    },
  };
}

/** A ModelDeployment that the API server accepts. */
export function modelDeployment(spec: Spec<IModelDeployment> = {}, name = 'fraud'): IModelDeployment {
  return {
    apiVersion,
    kind: 'ModelDeployment',
    metadata: meta(name),
    spec: {
      model: { trainingRunRef: { name: 'fraud' } },
      server: { image: 'example.com/serve:1', port: 8080, protocol: 'OpenInference' },
      ...spec,
    },
  };
}

/** A Monitor that the API server accepts. */
export function monitor(spec: Spec<IMonitor> = {}, name = 'fraud'): IMonitor {
  return {
    apiVersion,
    kind: 'Monitor',
    metadata: meta(name),
    spec: {
      modelDeploymentRef: { name: 'fraud' },
      checks: [{ name: 'errors', errors: {}, max: 0.01 }],
      ...spec,
    },
  };
}
