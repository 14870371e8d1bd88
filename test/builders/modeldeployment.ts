import type { IModelDeployment, ModelDeploymentSpec, ModelDeploymentStatus } from '../../src/api/types.ts';

/** A server that speaks the Open Inference Protocol. */
export const server: ModelDeploymentSpec['server'] = {
  image: 'registry/server:1',
  port: 8080,
  protocol: 'OpenInference',
};

/** A ModelDeployment as the API server would hold it; it follows the TrainingRun fraud. */
export function modelDeployment(
  fields: { spec?: Partial<ModelDeploymentSpec>; status?: ModelDeploymentStatus; labels?: Record<string, string> } = {},
): IModelDeployment {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'ModelDeployment',
    metadata: {
      name: 'fraud',
      namespace: 'team',
      uid: 'uid-deployment',
      generation: 1,
      ...(fields.labels && { labels: fields.labels }),
    },
    spec: { model: { trainingRunRef: { name: 'fraud' } }, server, replicas: 4, ...fields.spec },
    ...(fields.status && { status: fields.status }),
  };
}

export const canary = {
  steps: [
    { weight: 25, hold: '1m' },
    { weight: 50, hold: '2m' },
  ],
} satisfies ModelDeploymentSpec['rollout'];

/** Version `number` of the run fraud, with its own artifact. */
export function artifact(number: number): { readonly uri: string; readonly digest: string } {
  return { uri: `pvc://models/fraud/fraud-${number}`, digest: `sha256:${String(number).padStart(64, '0')}` };
}
