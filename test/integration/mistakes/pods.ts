import type { Mistake } from './mistake.ts';

const kind = 'TrainingRun';
const server = 'server:\n  image: example.com/serve:1\n  port: 8080\n  protocol: OpenInference\n';

/** What people write of where and as whom pods run. */
export const podMistakes: readonly Mistake[] = [
  {
    title: 'A pod that runs as root',
    kind,
    wrong: 'pod:\n  runAsUser: 0',
    right: 'pod:\n  runAsUser: 1000',
    named: ['spec.pod.runAsUser', '0', 'greater than or equal to 1'],
    advice:
      'Pods pass the restricted Pod Security Standard, so nothing runs as root. An image whose user is root mostly runs as any other number, too.',
  },
  {
    title: 'A toleration without a key',
    kind,
    wrong: 'pod:\n  tolerations:\n    - value: gpu\n      effect: NoSchedule',
    right: 'pod:\n  tolerations:\n    - key: pool\n      value: gpu\n      effect: NoSchedule',
    named: ['spec.pod.tolerations[0]', 'name the key of the taint', 'operator: Exists'],
  },
  {
    title: 'A taint as kubectl writes it',
    kind,
    wrong: 'pod:\n  tolerations:\n    - key: nvidia.com/gpu:NoSchedule\n      operator: Exists',
    right: 'pod:\n  tolerations:\n    - key: nvidia.com/gpu\n      operator: Exists\n      effect: NoSchedule',
    named: ['spec.pod.tolerations[0].key', 'nvidia.com/gpu:NoSchedule'],
    advice:
      'Key, value and effect are fields of their own. The taint of the accelerator itself is tolerated without a word.',
  },
  {
    title: 'More shared memory than memory',
    kind,
    wrong: 'resources:\n  memory: 8Gi\npod:\n  sharedMemory: 16Gi',
    right: 'resources:\n  memory: 24Gi\npod:\n  sharedMemory: 16Gi',
    named: ['spec.pod.sharedMemory', '16Gi', '8Gi', 'lower it, or raise the memory'],
  },
  {
    title: 'A profile and its hardware',
    kind,
    wrong: 'accelerator:\n  profile: h100\n  resource: nvidia.com/gpu\n  count: 8',
    right: 'accelerator:\n  profile: h100\n  count: 8',
    named: ['spec.accelerator', 'h100', 'nvidia.com/gpu', 'by one of them'],
  },
  {
    title: 'A volume without a source',
    kind,
    wrong: 'pod:\n  volumes:\n    - name: cache\n      mountPath: /cache',
    right: 'pod:\n  volumes:\n    - name: cache\n      mountPath: /cache\n      emptyDir: {}',
    named: ['spec.pod.volumes[0]', 'cache', 'write exactly one of configMap, secret, emptyDir'],
  },
  {
    title: 'A volume where Flyball has its own',
    kind,
    wrong: 'pod:\n  volumes:\n    - name: code\n      mountPath: /flyball\n      configMap:\n        name: code',
    right: 'pod:\n  volumes:\n    - name: code\n      mountPath: /code\n      configMap:\n        name: code',
    named: ['spec.pod.volumes[0].mountPath', '/flyball', 'choose another path'],
  },
  {
    title: 'A folder of the node',
    kind,
    wrong: 'pod:\n  volumes:\n    - name: data\n      mountPath: /data\n      hostPath:\n        path: /mnt/data',
    right: 'pod:\n  volumes:\n    - name: data\n      mountPath: /data\n      claimName: data',
    named: ['hostPath'],
    advice:
      'The restricted Pod Security Standard has no volumes of nodes. A PersistentVolume of type `local` or of a CSI driver has the same files for those who may use its claim.',
  },
  {
    title: 'A label of ours',
    kind,
    wrong: 'pod:\n  labels:\n    flyball.dev/training-run: fraud',
    right: 'pod:\n  labels:\n    example.com/training-run: fraud',
    named: ['spec.pod.labels', 'flyball.dev/training-run', 'remove it'],
  },
  {
    title: 'A grace period that is a number',
    kind: 'ModelDeployment',
    wrong: `${server}  pod:\n    terminationGracePeriod: 120`,
    right: `${server}  pod:\n    terminationGracePeriod: 120s`,
    named: ['terminationGracePeriod', 'string'],
    advice: 'Lengths of time have a unit: `120s`, `2m`.',
  },
  {
    title: 'A timeout in days',
    kind,
    wrong: 'timeout: 2d',
    right: 'timeout: 48h',
    named: ['spec.timeout', '2d', 'write whole numbers with h, m, s or ms'],
  },
  {
    title: 'A variable with valueFrom',
    kind,
    wrong: 'env:\n  - name: TOKEN\n    valueFrom:\n      secretKeyRef:\n        name: hub\n        key: token',
    right: 'env:\n  - name: TOKEN\n    secretKeyRef:\n      name: hub\n      key: token',
    named: ['valueFrom'],
    advice: 'One level less than in a pod: `secretKeyRef` stands beside `name`. All of a ConfigMap comes by `envFrom`.',
  },
  {
    title: 'A source that is called as in volumes',
    kind,
    wrong: 'envFrom:\n  - configMap:\n      name: settings',
    right: 'envFrom:\n  - configMapRef:\n      name: settings',
    named: ['configMap'],
    advice: 'As in a pod: `configMapRef` and `secretRef`.',
  },
];
