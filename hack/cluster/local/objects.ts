/** What a local cluster's API server holds from the start: rights for CoreDNS, a StorageClass and its volumes. */
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { run } from '../command.ts';
import type { Layout } from './layout.ts';
import { kubeconfigOf } from './pki.ts';

const storageClass = 'standard';
const volumeCount = 16;

const corednsRights = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'system:coredns' },
    rules: [
      { apiGroups: [''], resources: ['services', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'system:coredns' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:coredns' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'system:coredns' }],
  },
];

/** Named and default as on kind, so that the same claims work on both. Nothing provisions: volumes wait to be bound. */
const standardClass = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name: storageClass, annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
  provisioner: 'kubernetes.io/no-provisioner',
  volumeBindingMode: 'WaitForFirstConsumer',
};

function volume(layout: Layout, name: string): object {
  const terms = [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [layout.nodeName] }] }];
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      storageClassName: storageClass,
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
      // Unlike hostPath, a local volume honours a pod's fsGroup.
      local: { path: layout.file('volumes', name) },
      nodeAffinity: { required: { nodeSelectorTerms: terms } },
      persistentVolumeReclaimPolicy: 'Retain',
    },
  };
}

interface Volumes {
  readonly items: readonly { readonly metadata: { readonly name: string }; readonly status?: { phase?: string } }[];
}

/** Runs kubectl as the cluster's own setup, which the audit log tells from a person. */
export async function setupKubectl(
  layout: Layout,
  kubectl: string,
  args: readonly string[],
  input?: string,
): Promise<string> {
  const all = [`--kubeconfig=${kubeconfigOf(layout, 'setup')}`, ...args];
  return run(kubectl, all, input === undefined ? {} : { input });
}

/** Deletes the volumes whose claim was deleted, with their files, so that they are made anew. */
async function recycleReleased(layout: Layout, kubectl: string): Promise<void> {
  const list = await setupKubectl(layout, kubectl, ['get', 'persistentvolumes', '--output=json']);
  const released = (JSON.parse(list) as Volumes).items.filter((item) => item.status?.phase === 'Released');
  for (const { metadata } of released) {
    await setupKubectl(layout, kubectl, ['delete', 'persistentvolume', metadata.name]);
    rmSync(layout.file('volumes', metadata.name), { recursive: true, force: true });
  }
}

/** Applies the objects; repeated by every `up`, which gives released volumes back. */
export async function applyObjects(layout: Layout, kubectl: string): Promise<void> {
  await recycleReleased(layout, kubectl);
  const names = Array.from({ length: volumeCount }, (_, index) => `volume-${index}`);
  for (const name of names) {
    mkdirSync(layout.file('volumes', name), { recursive: true });
    chmodSync(layout.file('volumes', name), 0o777);
  }
  const items = [...corednsRights, standardClass, ...names.map((name) => volume(layout, name))];
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await setupKubectl(layout, kubectl, ['apply', '--server-side', '--force-conflicts', '--filename=-'], list);
}
