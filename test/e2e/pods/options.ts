/** Every option of a pod, in one training and in one server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PodOptions } from '../../../src/api/types.ts';
import { fabric, pool, priorityClass, runtimeClass, taint } from './node.ts';
import { image, programOf } from '../outcomes/objects.ts';

const source = (name: string) => readFileSync(join(import.meta.dirname, 'programs', name), 'utf8');

const labels = { 'example.com/team': 'fraud' };
const selector = { matchLabels: labels };

/** What the namespace has that pods are given. */
export const given: readonly object[] = [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'trainer' } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'words' },
    data: { MODE: 'careful', 'words.txt': 'from a ConfigMap' },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'programs' }, data: { 'seen.py': source('seen.py') } },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'access' }, stringData: { TOKEN: 'hush', token: 'hush' } },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'keep' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
];

export const envFrom = [{ configMapRef: { name: 'words' } }, { prefix: 'API_', secretRef: { name: 'access' } }];

const prepare = "import pathlib; pathlib.Path('/prepared/words').write_text('prepared')";

export const pod: PodOptions = {
  runAsUser: 2000,
  runAsGroup: 2000,
  fsGroup: 3000,
  serviceAccountName: 'trainer',
  automountServiceAccountToken: true,
  imagePullSecrets: [{ name: 'access' }],
  nodeSelector: pool,
  tolerations: [{ ...taint, operator: 'Equal' }],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'Exists' }] }],
      },
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, podAffinityTerm: { labelSelector: selector, topologyKey: 'kubernetes.io/hostname' } },
      ],
    },
  },
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: selector },
  ],
  priorityClassName: priorityClass,
  runtimeClassName: runtimeClass,
  schedulerName: 'default-scheduler',
  terminationGracePeriod: '1m30s',
  labels,
  annotations: { 'example.com/owner': 'fraud@example.com' },
  sharedMemory: '96Mi',
  volumes: [
    {
      name: 'config',
      mountPath: '/config',
      configMap: { name: 'words', items: [{ key: 'words.txt', path: 'words.txt' }] },
    },
    { name: 'programs', mountPath: '/programs', configMap: { name: 'programs' } },
    { name: 'secret', mountPath: '/secret', secret: { secretName: 'access' } },
    { name: 'scratch', mountPath: '/scratch', emptyDir: { sizeLimit: '64Mi' } },
    { name: 'keep', mountPath: '/keep', claimName: 'keep' },
    { name: 'fast', mountPath: '/fast', ephemeral: { size: '1Gi' } },
    { name: 'tools', mountPath: '/tools', image: { reference: image } },
    { name: 'prepared', mountPath: '/prepared', readOnly: true, emptyDir: {} },
  ],
  initContainers: [
    {
      name: 'prepare',
      image,
      command: ['/usr/bin/python3', '-c', prepare],
      volumeMounts: [{ name: 'prepared', mountPath: '/prepared' }],
    },
  ],
  sidecars: [
    { name: 'beside', image, ...programOf(import.meta.dirname, 'beside'), resources: { cpu: '10m', memory: '32Mi' } },
  ],
};

export const container = {
  image,
  command: ['/usr/bin/python3', '/programs/seen.py'],
  workingDir: '/app',
  envFrom,
  resources: {
    cpu: '1',
    memory: '256Mi',
    ephemeralStorage: '1Gi',
    extended: { [fabric]: '1' },
    requests: { cpu: '50m', memory: '128Mi' },
  },
};

/** What the program sees in such a pod, by dotted names. */
export const seen: Readonly<Record<string, string>> = {
  'user.id': '2000',
  'user.group': '2000',
  'user.is_of_group_3000': '1',
  'folder.is_app': '1',
  'shm.mebibytes': '96',
  from_config_map: '1',
  from_secret: '1',
  'files.config': '1',
  'files.secret': '1',
  'files.image': '1',
  'files.init': '1',
  'writable.scratch': '1',
  'writable.claim': '1',
  'writable.ephemeral': '1',
  sidecar: '1',
  token: '1',
};
