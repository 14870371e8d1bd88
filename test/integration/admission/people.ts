/** What people write who train and serve, as small as the API server accepts it, and their rights. */
import type { Rule, Sent } from './cluster.ts';

/** What the role `edit` lets people do with Flyball's kinds. */
export const editor: Rule = {
  apiGroups: ['flyball.dev'],
  resources: ['trainingruns', 'modeldeployments', 'modeldeployments/scale', 'monitors'],
  verbs: ['get', 'create', 'update', 'patch', 'delete'],
};

const apiVersion = 'flyball.dev/v1alpha1';

const variables = (secrets: readonly string[]) =>
  secrets.map((name, index) => ({ name: `VARIABLE_${index}`, secretKeyRef: { name, key: 'value' } }));

export const trainingRun = (secrets: readonly string[] = []) =>
  ({
    apiVersion,
    kind: 'TrainingRun',
    metadata: { name: 'fraud' },
    spec: { image: 'train', ...(secrets.length > 0 && { env: variables(secrets) }) },
  }) satisfies Sent;

export const modelDeployment = (secrets: readonly string[] = [], rollout?: object) =>
  ({
    apiVersion,
    kind: 'ModelDeployment',
    metadata: { name: 'fraud' },
    spec: {
      model: { trainingRunRef: { name: 'fraud' } },
      server: { image: 'serve', port: 8080, protocol: 'HTTP', ...(secrets.length > 0 && { env: variables(secrets) }) },
      ...(rollout !== undefined && { rollout }),
    },
  }) satisfies Sent;

export const monitor = (actions: object = {}) =>
  ({
    apiVersion,
    kind: 'Monitor',
    metadata: { name: 'fraud' },
    spec: {
      modelDeploymentRef: { name: 'fraud' },
      checks: [{ name: 'errors', errors: {}, max: 0.01 }],
      ...actions,
    },
  }) satisfies Sent;
