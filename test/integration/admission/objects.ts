/** What Flyball and the cluster's controllers make, and the like of people, as small as the API server accepts it. */
import { label, managedBy } from '../../../src/api/labels.ts';
import type { Rule, Sent } from './cluster.ts';

/** All that RBAC can give in a namespace, but for verbs that no request has, such as `restore`. */
export const everything: Rule = {
  apiGroups: ['', 'batch', 'apps', 'policy', 'flyball.dev'],
  resources: ['*'],
  verbs: ['get', 'list', 'create', 'update', 'patch', 'delete', 'deletecollection'],
};

export type Labels = Readonly<Record<string, string>>;

export const trainingLabels: Labels = {
  [label.managedBy]: managedBy,
  [label.trainingRun]: 'fraud',
  [label.attempt]: 'fraud-1',
  [label.stage]: 'train',
};

export const servingLabels: Labels = {
  [label.managedBy]: managedBy,
  [label.modelDeployment]: 'fraud',
  [label.revision]: '0a1b2c3d',
};

/** Of the restricted Pod Security Standard and without a token, as the operator has to make them. */
const restricted = {
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'main',
      image: 'example.com/main:1',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};

/** By what of their labels pods are selected; those of others by one of their own. */
const selectorOf = (labels: Labels): Labels => {
  const name = labels[label.modelDeployment];
  return name === undefined ? { app: 'fraud' } : { [label.modelDeployment]: name };
};

export const pod = (labels: Labels, name = 'pod'): Sent => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels },
  spec: { restartPolicy: 'Never', ...restricted },
});

export const job = (labels: Labels, name = 'job', ofPods = labels): Sent => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, labels },
  spec: { suspend: true, template: { metadata: { labels: ofPods }, spec: { restartPolicy: 'Never', ...restricted } } },
});

const withReplicas =
  (kind: string) =>
  (labels: Labels, name = 'server', ofPods = labels): Sent => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, labels },
    spec: {
      selector: { matchLabels: selectorOf(ofPods) },
      template: { metadata: { labels: { app: 'fraud', ...ofPods } }, spec: restricted },
    },
  });

export const deployment = withReplicas('Deployment');
export const replicaSet = withReplicas('ReplicaSet');
export const statefulSet = withReplicas('StatefulSet');

export const service = (labels: Labels, name = 'service'): Sent => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels },
  spec: { selector: selectorOf(labels), ports: [{ port: 80 }] },
});

export const disruptionBudget = (labels: Labels, name = 'budget'): Sent => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, labels },
  spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf(labels) } },
});

const nobody = 'b7e6d2a0-0000-4000-8000-000000000000';

/** As owned by an object; one that nobody has seen, where no garbage is collected. */
export function ownedBy(apiVersion: string, kind: string, object: Sent, uid = nobody): Sent {
  const owner = { apiVersion, kind, name: 'fraud', uid, controller: true };
  return { ...object, metadata: { ...object.metadata, ownerReferences: [owner] } };
}

/** The accounts of the cluster's own controllers. */
export const controller = (name: string) => ({ as: `system:serviceaccount:kube-system:${name}` });
