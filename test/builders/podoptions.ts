import type { PodOptions } from '../../src/api/generated/shared.ts';

/** Every option that a pod can have, as the schema has them. */
export const everyOption: Required<PodOptions> = {
  runAsUser: 2000,
  runAsGroup: 3000,
  fsGroup: 4000,
  serviceAccountName: 'trainer',
  automountServiceAccountToken: true,
  imagePullSecrets: [{ name: 'registry' }],
  nodeSelector: { pool: 'gpu' },
  tolerations: [{ key: 'team', operator: 'Equal', value: 'risk', effect: 'NoExecute', tolerationSeconds: 60 }],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] }],
      },
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 10, preference: { matchExpressions: [{ key: 'spot', operator: 'DoesNotExist' }] } },
      ],
    },
    podAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { labelSelector: { matchLabels: { app: 'cache' } }, topologyKey: 'topology.kubernetes.io/zone' },
      ],
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight: 1,
          podAffinityTerm: { labelSelector: { matchLabels: { team: 'risk' } }, topologyKey: 'kubernetes.io/hostname' },
        },
      ],
    },
  },
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'kubernetes.io/hostname',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { team: 'risk' } },
    },
  ],
  priorityClassName: 'batch',
  runtimeClassName: 'nvidia',
  schedulerName: 'bin-packer',
  terminationGracePeriod: '1m30s',
  labels: { team: 'risk' },
  annotations: { 'example.com/owner': 'risk' },
  sharedMemory: '1Gi',
  volumes: [
    { name: 'code', mountPath: '/code', configMap: { name: 'code', items: [{ key: 'train', path: 'train.py' }] } },
    { name: 'keys', mountPath: '/keys', readOnly: true, secret: { secretName: 'keys' } },
    { name: 'scratch', mountPath: '/scratch', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
    { name: 'empty', emptyDir: {} },
    { name: 'shared', mountPath: '/shared', subPath: 'team/a', claimName: 'shared' },
    { name: 'local', mountPath: '/local', ephemeral: { size: '500Gi', storageClassName: 'fast' } },
    { name: 'weights', mountPath: '/weights', readOnly: true, image: { reference: 'registry/weights:1' } },
    {
      name: 'vault',
      mountPath: '/vault',
      readOnly: true,
      csi: {
        driver: 'secrets-store.csi.k8s.io',
        volumeAttributes: { secretProviderClass: 'vault' },
        nodePublishSecretRef: { name: 'vault' },
      },
    },
  ],
  initContainers: [
    {
      name: 'warm',
      image: 'registry/warm:1',
      command: ['warm'],
      args: ['/scratch'],
      env: [
        { name: 'LEVEL', value: 'debug' },
        { name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } },
      ],
      resources: { cpu: 1, memory: '1Gi' },
      volumeMounts: [{ name: 'scratch', mountPath: '/scratch', subPath: 'warm', readOnly: false }],
    },
  ],
  sidecars: [{ name: 'proxy', image: 'registry/proxy:1', volumeMounts: [{ name: 'empty', mountPath: '/run/proxy' }] }],
};
