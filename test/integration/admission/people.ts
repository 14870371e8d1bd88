/** What people write who train and serve, as small as the API server accepts it, and their rights. */
import type { Rule, Sent } from './cluster.ts';

/** What the role `edit` lets people do with Flyball's kinds. */
export const editor: Rule = {
  apiGroups: ['flyball.dev'],
  resources: ['trainingruns', 'modeldeployments', 'modeldeployments/scale', 'monitors'],
  verbs: ['get', 'create', 'update', 'patch', 'delete'],
};

const apiVersion = 'flyball.dev/v1alpha1';

export const variables = (secrets: readonly string[]) =>
  secrets.map((name, index) => ({ name: `VARIABLE_${index}`, secretKeyRef: { name, key: 'value' } }));

export const trainingRun = (secrets: readonly string[] = [], options: object = {}) =>
  ({
    apiVersion,
    kind: 'TrainingRun',
    metadata: { name: 'fraud' },
    spec: { image: 'train', ...(secrets.length > 0 && { env: variables(secrets) }), ...options },
  }) satisfies Sent;

/** @param options of its server. */
export const modelDeployment = (secrets: readonly string[] = [], options: object = {}, rollout?: object) =>
  ({
    apiVersion,
    kind: 'ModelDeployment',
    metadata: { name: 'fraud' },
    spec: {
      model: { trainingRunRef: { name: 'fraud' } },
      server: {
        image: 'serve',
        port: 8080,
        protocol: 'HTTP',
        ...(secrets.length > 0 && { env: variables(secrets) }),
        ...options,
      },
      ...(rollout !== undefined && { rollout }),
    },
  }) satisfies Sent;

/** The kinds of which pods are made: where their container is declared, and the right beside which no other is asked for. */
export const authored = [
  {
    plural: 'trainingruns',
    object: trainingRun,
    main: 'spec',
    right: 'jobs.batch',
    ownLabel: 'flyball.dev/training-run',
    workloads: { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create'] },
    changed: { spec: { command: ['env'] } },
  },
  {
    plural: 'modeldeployments',
    object: modelDeployment,
    main: 'spec.server',
    right: 'deployments.apps',
    ownLabel: 'flyball.dev/model-deployment',
    workloads: { apiGroups: ['apps'], resources: ['deployments'], verbs: ['create'] },
    changed: { spec: { server: { command: ['env'] } } },
  },
];

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
