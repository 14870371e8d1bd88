import type { HardwareProfile } from '../../src/workload/hardware.ts';

/** A profile that says all that one can. */
export const everyField: HardwareProfile = {
  name: 'h100',
  resource: 'nvidia.com/gpu',
  product: 'NVIDIA-H100-80GB-HBM3',
  nodeSelector: { pool: 'h100', 'topology.kubernetes.io/zone': 'a' },
  tolerations: [
    { key: 'pool', operator: 'Equal', value: 'h100', effect: 'NoSchedule' },
    { key: 'maintenance', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
  ],
  runtimeClassName: 'nvidia',
  sharedMemory: '64Gi',
  extended: { 'rdma/hca': 1 },
  env: [{ name: 'NCCL_IB_HCA', value: 'mlx5' }],
};

const plain = { name: 'h100', resource: 'nvidia.com/gpu' };
const many = <T>(count: number, item: (index: number) => T) => Array.from({ length: count }, (_, index) => item(index));
const long = 'x'.repeat(54);

/** Profiles that have the form of some and cannot be any, with what the operator and Helm say of them after the name of the list. */
export const profileRefusals: readonly [string, readonly HardwareProfile[], string][] = [
  [
    'a name that people could not write',
    [{ ...plain, name: 'H100' }],
    'has the name "H100": use at most 63 lower-case letters, digits and "-", since people write it in accelerator.profile',
  ],
  ['one name twice', [plain, plain], 'has the name "h100" twice: give each profile a name of its own'],
  [
    'a resource without domain',
    [{ ...plain, resource: 'gpu' }],
    '"h100" has the resource "gpu", which is no device: write the extended resource that the device plugin advertises, such as nvidia.com/gpu',
  ],
  [
    'processors, which are no device',
    [{ ...plain, resource: 'cpu' }],
    '"h100" has the resource "cpu", which is no device: write the extended resource that the device plugin advertises, such as nvidia.com/gpu',
  ],
  [
    'a resource of Kubernetes itself',
    [{ ...plain, resource: 'kubernetes.io/gpu' }],
    '"h100" has the resource "kubernetes.io/gpu", which is no device: write the extended resource that the device plugin advertises, such as nvidia.com/gpu',
  ],
  [
    'a product that is no value of a label',
    [{ ...plain, product: 'NVIDIA H100' }],
    '"h100" has the product "NVIDIA H100", which is no value of a label: write it as the node label nvidia.com/gpu.product has it',
  ],
  [
    'a product whose label would be too long',
    [{ ...plain, resource: `a.b/${long}xx`, product: 'A' }],
    `"h100" has a product, but no node can have the label a.b/${long}xx.product, whose name would be longer than 63 characters: remove product`,
  ],
  [
    'a label that no node can have',
    [{ ...plain, nodeSelector: { pool: 'a b' } }],
    '"h100" has the label "pool=a b" in nodeSelector, which no node can have: write keys as in topology.kubernetes.io/zone and values of letters, digits, "-", "_" and "."',
  ],
  [
    'a product twice',
    [{ ...plain, product: 'A', nodeSelector: { 'nvidia.com/gpu.product': 'B' } }],
    '"h100" has a product and the label nvidia.com/gpu.product in nodeSelector, which is the same: keep product',
  ],
  [
    'too many labels',
    [{ ...plain, nodeSelector: Object.fromEntries(many(17, (index) => [`k${index}`, 'v'])) }],
    '"h100" has 17 labels in nodeSelector: write at most 16',
  ],
  [
    'a toleration of nothing',
    [{ ...plain, tolerations: [{ value: 'a' }] }],
    '"h100" has a toleration without key: name that of the taint, or write operator: Exists to tolerate all',
  ],
  [
    'a toleration of what no taint is called',
    [{ ...plain, tolerations: [{ key: 'a b' }] }],
    '"h100" has a toleration with the key "a b", which no taint can have: write for instance nvidia.com/gpu',
  ],
  [
    'a toleration of a value that no taint has',
    [{ ...plain, tolerations: [{ key: 'a', value: 'b c' }] }],
    '"h100" has a toleration with the value "b c", which no taint can have: use letters, digits, "-", "_" and "."',
  ],
  [
    'a toleration that contradicts itself',
    [{ ...plain, tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }],
    '"h100" has a toleration with operator Exists and the value "b": remove one of them',
  ],
  [
    'a toleration for a while of what evicts nothing',
    [{ ...plain, tolerations: [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 1 }] }],
    '"h100" has a toleration with tolerationSeconds, which only the effect NoExecute has: write effect: NoExecute, or remove it',
  ],
  [
    'too many tolerations',
    [{ ...plain, tolerations: many(17, (index) => ({ key: `k${index}` })) }],
    '"h100" has 17 tolerations: write at most 16',
  ],
  [
    'a runtime class by no name',
    [{ ...plain, runtimeClassName: 'NVIDIA' }],
    '"h100" has the runtimeClassName "NVIDIA", which is no name of a RuntimeClass: use lower-case letters, digits, "-" and "."',
  ],
  [
    'shared memory that is no quantity',
    [{ ...plain, sharedMemory: '16 GB' }],
    '"h100" has the sharedMemory "16 GB", which is no amount of memory: write at least "1Mi", for instance "16Gi"',
  ],
  [
    'shared memory that is too little for anything',
    [{ ...plain, sharedMemory: '16' }],
    '"h100" has the sharedMemory "16", which is no amount of memory: write at least "1Mi", for instance "16Gi"',
  ],
  [
    'a further resource that is no device',
    [{ ...plain, extended: { memory: '1Gi' } }],
    '"h100" has the extended resource "memory", which is no device: write it as its device plugin advertises it, such as rdma/hca',
  ],
  [
    'its resource twice',
    [{ ...plain, extended: { 'nvidia.com/gpu': 1 } }],
    '"h100" has its resource nvidia.com/gpu in extended too: remove it there, since accelerator.count says how many',
  ],
  [
    'a part of a device',
    [{ ...plain, extended: { 'rdma/hca': '500m' } }],
    '"h100" has "500m" of rdma/hca in extended: write a whole number of 1 or more',
  ],
  [
    'too many further resources',
    [{ ...plain, extended: Object.fromEntries(many(9, (index) => [`a.b/${index}`, 1])) }],
    '"h100" has 9 extended resources: write at most 8',
  ],
  [
    'a variable by no name',
    [{ ...plain, env: [{ name: 'NCCL-DEBUG', value: '' }] }],
    '"h100" has the variable "NCCL-DEBUG", which is no name of one: use letters, digits and "_", and begin with no digit',
  ],
  [
    "a variable of the operator's",
    [{ ...plain, env: [{ name: 'FLYBALL_OUTPUT', value: '/' }] }],
    '"h100" has the variable "FLYBALL_OUTPUT": names that begin with FLYBALL_ are the operator\'s',
  ],
  [
    'a variable twice',
    [
      {
        ...plain,
        env: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      },
    ],
    '"h100" has the variable "A" twice: keep one of them',
  ],
  [
    'too many variables',
    [{ ...plain, env: many(33, (index) => ({ name: `A${index}`, value: '' })) }],
    '"h100" has 33 variables: write at most 32',
  ],
  [
    'more than fits beside a recipe',
    [{ ...plain, env: many(2, (index) => ({ name: `A${index}`, value: 'x'.repeat(2000) })) }],
    '"h100" has 4101 bytes as JSON: write at most 4000',
  ],
  ['too many profiles', many(33, (index) => ({ ...plain, name: `p${index}` })), 'has 33 profiles: write at most 32'],
];
