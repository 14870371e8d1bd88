import type { IModelDeployment, ITrainingRun } from '../../../src/api/types.ts';
import { modelDeployment, trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

type PodOptions = NonNullable<ITrainingRun['spec']['pod']>;
type Server = IModelDeployment['spec']['server'];

const server: Server = { image: 'serve', port: 8080, protocol: 'HTTP' };
const pod = (options: PodOptions) => trainingRun({ pod: options });
const option = (field: string, at: (value: string) => PodOptions): Place => ({
  field: `spec.pod.${field}`,
  at: (value) => pod(at(value)),
});
const name = (field: string, value: string, what: string) =>
  `${field} "${value}" is no name of a ${what}: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit`;

const account = option('serviceAccountName', (serviceAccountName) => ({ serviceAccountName }));
const pullSecret = option('imagePullSecrets[0].name', (value) => ({ imagePullSecrets: [{ name: value }] }));
const priorityClass = option('priorityClassName', (priorityClassName) => ({ priorityClassName }));
const runtimeClass = option('runtimeClassName', (runtimeClassName) => ({ runtimeClassName }));
const scheduler = option('schedulerName', (schedulerName) => ({ schedulerName }));
const grace = option('terminationGracePeriod', (terminationGracePeriod) => ({ terminationGracePeriod }));
const serverGrace: Place = {
  field: 'spec.server.pod.terminationGracePeriod',
  at: (terminationGracePeriod) => modelDeployment({ server: { ...server, pod: { terminationGracePeriod } } }),
};
const accelerator = { resource: 'nvidia.com/gpu', count: 1 };
const sharedMemory: Place<string | number> = {
  field: 'spec.pod.sharedMemory',
  at: (value) => pod({ sharedMemory: value }),
};

const labelRefusals: readonly Refusal[] = [
  {
    because: 'a label of pods has an impossible name',
    object: pod({ labels: { team: 'a', 'cost center': 'b' } }),
    field: 'spec.pod.labels',
    message: 'Invalid value: pod.labels has the name "cost center", which is none: write for instance example.com/team',
    border: pod({ labels: { team: 'a', 'cost-center': 'b' } }),
  },
  {
    because: 'a label of pods is one of ours',
    object: pod({ labels: { 'flyball.dev/training-run': 'other' } }),
    field: 'spec.pod.labels',
    message:
      'Invalid value: pod.labels has "flyball.dev/training-run", which Flyball or Kubernetes itself writes: remove it',
    border: pod({ labels: { 'example.com/training-run': 'other' } }),
  },
  {
    because: 'a label of pods has an impossible value',
    object: pod({ labels: { team: 'fraud detection' } }),
    field: 'spec.pod.labels',
    message:
      'Invalid value: pod.labels has the value "fraud detection", which is none of a label: use letters, digits, "-", "_" and ".", and begin and end with a letter or digit',
    border: pod({ labels: { team: 'fraud-detection' } }),
  },
  {
    because: 'an annotation of pods has an impossible name',
    object: pod({ annotations: { 'a//b': '' } }),
    field: 'spec.pod.annotations',
    message: 'Invalid value: pod.annotations has the name "a//b", which is none: write for instance example.com/team',
    border: pod({ annotations: { 'a/b': 'any text: { "at": 1 }' } }),
  },
  {
    because: 'an annotation of pods is one of the Job controller',
    object: pod({ annotations: { 'batch.kubernetes.io/job-completion-index': '3' } }),
    field: 'spec.pod.annotations',
    message:
      'Invalid value: pod.annotations has "batch.kubernetes.io/job-completion-index", which Flyball or Kubernetes itself writes: remove it',
    border: pod({ annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } }),
  },
  {
    because: 'an annotation of pods would take AppArmor from main',
    object: pod({ annotations: { 'container.apparmor.security.beta.kubernetes.io/main': 'unconfined' } }),
    field: 'spec.pod.annotations',
    message:
      'Invalid value: pod.annotations has "container.apparmor.security.beta.kubernetes.io/main", which would free the pod of a restriction: remove it',
    border: pod({ annotations: { 'apparmor.example.com/main': 'unconfined' } }),
  },
];

const container = (value: string) => ({ name: value, image: 'example.com/own:1' });

const containerRefusals: readonly Refusal[] = [
  refusedValue(
    'an init container has an impossible name',
    option('initContainers[0].name', (value) => ({ initContainers: [container(value)] })),
    'Get_Data',
    'get-data',
    'container "Get_Data" is no name: use lower-case letters, digits and "-", and begin and end with a letter or digit',
  ),
  refusedValue(
    'a sidecar is called as the container that it is beside',
    option('sidecars[0].name', (value) => ({ sidecars: [container(value)] })),
    'main',
    'proxy',
    'container "main" is one of the names of Flyball itself: choose another one',
  ),
  {
    because: 'an init container and a sidecar have one name',
    object: pod({ initContainers: [container('get')], sidecars: [container('get')] }),
    field: 'spec.pod.sidecars',
    message:
      'Invalid value: pod.initContainers and pod.sidecars both have the name "get": give each container a name of its own',
    border: pod({ initContainers: [container('get')], sidecars: [container('got')] }),
  },
  ...(['initContainers', 'sidecars'] as const).map((list) => ({
    because: `one of ${list} mounts a volume that there is not`,
    object: pod({ [list]: [{ ...container('get'), volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] }] }),
    field: `spec.pod.${list}`,
    message: `Invalid value: pod.${list} has in container "get" a volumeMount that names no volume of pod.volumes: add the volume, or correct the name`,
    border: pod({
      volumes: [{ name: 'scratch', emptyDir: {} }],
      [list]: [{ ...container('get'), volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }] }],
    }),
  })),
];

/** How pods run: as whom, with which rights, how important they are, how long they end. */
export const podRefusals: readonly Refusal[] = [
  refusedValue(
    'a ServiceAccount cannot be called so',
    account,
    'My Account',
    'my-account',
    name('pod.serviceAccountName', 'My Account', 'ServiceAccount'),
  ),
  refusedValue(
    'a pull secret cannot be called so',
    pullSecret,
    'Registry',
    'registry',
    name('imagePullSecrets.name', 'Registry', 'Secret'),
  ),
  refusedValue(
    'a PriorityClass cannot be called so',
    priorityClass,
    'High!',
    'high',
    name('pod.priorityClassName', 'High!', 'PriorityClass'),
  ),
  refusedValue(
    'a RuntimeClass cannot be called so',
    runtimeClass,
    'NVIDIA',
    'nvidia',
    name('pod.runtimeClassName', 'NVIDIA', 'RuntimeClass'),
  ),
  refusedValue(
    'a scheduler cannot be called so',
    scheduler,
    'my_scheduler',
    'my-scheduler',
    name('pod.schedulerName', 'my_scheduler', 'scheduler'),
  ),
  refusedValue(
    'a priority is one of the system',
    priorityClass,
    'system-node-critical',
    'node-critical',
    'pod.priorityClassName "system-node-critical" is for the system: name one that an administrator made for people',
  ),
  {
    because: 'a token is asked for without a ServiceAccount',
    object: pod({ automountServiceAccountToken: true }),
    field: 'spec.pod.automountServiceAccountToken',
    message:
      'Invalid value: pod.automountServiceAccountToken is true without a ServiceAccount: name one in pod.serviceAccountName that has the rights which the program needs',
    border: pod({ automountServiceAccountToken: true, serviceAccountName: 'trainer' }),
  },
  refusedValue(
    'a grace period is a number',
    grace,
    '120',
    '120s',
    'pod.terminationGracePeriod is "120", which is no duration: write whole numbers with h, m, s or ms and no space, such as "10m"',
  ),
  refusedValue('there is no time to end', grace, '0s', '1s', 'pod.terminationGracePeriod is "0s": write at least "1s"'),
  refusedValue(
    'a server takes hours to end',
    serverGrace,
    '2h',
    '1h',
    'pod.terminationGracePeriod is "2h": write at most "1h"',
  ),
  refusedValue(
    'shared memory is no quantity',
    sharedMemory,
    '16 GB',
    '16G',
    'pod.sharedMemory is "16 GB", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"',
  ),
  refusedValue(
    'shared memory has no unit',
    sharedMemory,
    16,
    '16Mi',
    'pod.sharedMemory is 16 and is counted in bytes, which is too little for anything: write for instance "16Gi"',
  ),
  ...[
    {
      object: (memory: string) => trainingRun({ resources: { memory }, pod: { sharedMemory: '16Gi' } }),
      field: 'spec.pod.sharedMemory',
    },
    {
      object: (memory: string) =>
        modelDeployment({ server: { ...server, resources: { memory }, pod: { sharedMemory: '16Gi' } } }),
      field: 'spec.server.pod.sharedMemory',
    },
  ].map(({ object, field }) => ({
    because: `${field} is more than the memory that it is taken of`,
    object: object('8Gi'),
    field,
    message:
      'Invalid value: pod.sharedMemory is 16Gi, above resources.memory, which is 8Gi and of which it is taken: lower it, or raise the memory',
    border: object('16Gi'),
  })),
  ...[
    {
      object: (extended: Record<string, number>) => trainingRun({ resources: { extended }, accelerator }),
      field: 'spec.resources.extended',
    },
    {
      object: (extended: Record<string, number>) =>
        modelDeployment({ server: { ...server, resources: { extended }, accelerator } }),
      field: 'spec.server.resources.extended',
    },
  ].map(({ object, field }) => ({
    because: `${field} has the accelerator once more`,
    object: object({ 'nvidia.com/gpu': 1 }),
    field,
    message:
      'Invalid value: resources.extended has nvidia.com/gpu, which is the accelerator already: remove it there, and say in accelerator.count how many',
    border: object({ 'rdma/hca': 1 }),
  })),
  ...labelRefusals,
  ...containerRefusals,
];
