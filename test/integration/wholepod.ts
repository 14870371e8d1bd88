import type { IModelDeployment, ITrainingRun } from '../../src/api/types.ts';

type Spec = ITrainingRun['spec'];
type Server = IModelDeployment['spec']['server'];
type PodOptions = NonNullable<Spec['pod']>;

const image = 'example.com/own:1';
const labelSelector = { matchLabels: { 'app.kubernetes.io/name': 'fraud' } };
const near = { labelSelector, topologyKey: 'kubernetes.io/hostname' };
const items = [{ key: 'train.py', path: 'src/train.py' }];
const preference = {
  matchExpressions: [
    { key: 'zone', operator: 'In' as const, values: ['a', 'b'] },
    { key: 'gpus', operator: 'Gt' as const, values: ['4'] },
    { key: 'spot', operator: 'DoesNotExist' as const },
  ],
};
const podAffinity = {
  requiredDuringSchedulingIgnoredDuringExecution: [near],
  preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: near }],
};

const placement: PodOptions = {
  nodeSelector: { pool: 'gpu', 'example.com/spot': '' },
  tolerations: [
    { key: 'nvidia.com/gpu', operator: 'Equal', value: 'present', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 0 },
    { operator: 'Exists' },
  ],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [preference] },
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference }],
    },
    podAffinity,
    podAntiAffinity: podAffinity,
  },
  topologySpreadConstraints: [
    { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector },
  ],
  priorityClassName: 'high',
  runtimeClassName: 'nvidia',
  schedulerName: 'volcano',
};

const volumes: PodOptions['volumes'] = [
  { name: 'code', mountPath: '/code', readOnly: true, configMap: { name: 'code', items } },
  { name: 'file', mountPath: '/app/train.py', subPath: 'train.py', configMap: { name: 'code' } },
  { name: 'tls', mountPath: '/tls', secret: { secretName: 'tls', items } },
  { name: 'scratch', mountPath: '/scratch', emptyDir: { sizeLimit: '100Gi', medium: 'Memory' } },
  { name: 'plain', emptyDir: {} },
  { name: 'home', mountPath: '/home', claimName: 'home' },
  { name: 'cache', mountPath: '/cache', ephemeral: { size: '500Gi', storageClassName: 'fast' } },
  { name: 'weights', mountPath: '/weights', image: { reference: 'example.com/weights:1' } },
  {
    name: 'vault',
    mountPath: '/vault',
    csi: {
      driver: 'secrets-store.csi.k8s.io',
      volumeAttributes: { secretProviderClass: 'vault' },
      nodePublishSecretRef: { name: 'vault' },
    },
  },
];

const beside = {
  image,
  command: ['sh', '-c'],
  args: ['true', ''],
  env: [
    { name: 'MODE', value: '' },
    { name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } },
  ],
  resources: { cpu: '100m', memory: '64Mi' },
  volumeMounts: [{ name: 'plain', mountPath: '/plain', subPath: 'a/b', readOnly: true }],
};

/** Every option of a pod. */
export const wholePod: PodOptions = {
  runAsUser: 1,
  runAsGroup: 2000,
  fsGroup: 2_147_483_647,
  serviceAccountName: 'trainer',
  automountServiceAccountToken: true,
  imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }],
  ...placement,
  terminationGracePeriod: '1h',
  labels: { team: 'fraud', 'sidecar.istio.io/inject': 'false' },
  annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false', 'example.com/note': 'a "b": c' },
  sharedMemory: '16Gi',
  volumes,
  initContainers: [{ name: 'get', ...beside }],
  sidecars: [{ name: 'proxy', ...beside }],
};

/** What the containers of people have in both kinds. */
export const wholeContainer: Pick<Spec & Server, 'workingDir' | 'envFrom' | 'resources' | 'pod'> = {
  workingDir: '/app',
  envFrom: [{ configMapRef: { name: 'settings' } }, { prefix: 'HUB_', secretRef: { name: 'hub' } }],
  resources: {
    cpu: '500m',
    memory: '16Gi',
    ephemeralStorage: '200Gi',
    extended: { 'rdma/hca': '1', 'example.com/nic': 2 },
    requests: { cpu: '250m', memory: '8Gi' },
  },
  pod: wholePod,
};
