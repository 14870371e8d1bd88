import type { Accelerator } from '../../../src/api/types.ts';
import { modelDeployment, trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

type Amount = string | number;

const memory: Place<Amount> = {
  field: 'spec.resources.memory',
  at: (value) => trainingRun({ resources: { memory: value } }),
};
const cpu: Place<Amount> = { field: 'spec.resources.cpu', at: (value) => trainingRun({ resources: { cpu: value } }) };
const serverMemory: Place<Amount> = {
  field: 'spec.server.resources.memory',
  at: (value) =>
    modelDeployment({
      server: { image: 'serve', port: 8080, protocol: 'HTTP', resources: { memory: value } },
    }),
};

const observed = (resources: Readonly<Record<string, Amount>>) => modelDeployment({ observe: { resources } });
const accelerated = (accelerator: Partial<Accelerator>) =>
  trainingRun({ accelerator: { resource: 'nvidia.com/gpu', count: 1, ...accelerator } });
const resource: Place = { field: 'spec.accelerator.resource', at: (value) => accelerated({ resource: value }) };
const product: Place = { field: 'spec.accelerator.product', at: (value) => accelerated({ product: value }) };
const longest = `example.com/${'d'.repeat(56)}`;

const tooLittle = (value: Amount, remedy: string) =>
  `memory is ${value} and is counted in bytes, so that no container could start: ${remedy}`;
const noCPU = (value: Amount) =>
  `cpu is ${value} and is counted in cores, so that no program would get anywhere: ask for at least "10m", or leave cpu out`;
const tooManyCPUs = (value: Amount) =>
  `cpu is ${value} and is counted in cores, of which no machine has so many: ask for at most "4096"; memory is a field of its own`;
const noDevice = (value: string) =>
  `resource "${value}" is no extended resource: write it as the device plugin advertises it to nodes, with its domain, such as nvidia.com/gpu`;
const ofKubernetes = (value: string) =>
  `resource "${value}" is one of Kubernetes itself and no device: name the extended resource that the device plugin advertises, such as nvidia.com/gpu`;

export const amountRefusals: readonly Refusal[] = [
  refusedValue(
    'memory is in thousandths of a byte',
    memory,
    '500m',
    '500M',
    tooLittle('500m', 'did you mean "500Mi"?'),
  ),
  refusedValue('memory is half a byte', memory, '0.5', '0.5G', tooLittle('0.5', 'did you mean "0.5Gi"?')),
  refusedValue('memory has no unit', memory, 512, 536_870_912, tooLittle(512, 'did you mean "512Mi"?')),
  refusedValue('memory is a text without unit', memory, '512', '512M', tooLittle('512', 'did you mean "512Mi"?')),
  refusedValue('memory is one megabyte', memory, '1M', '8Mi', tooLittle('1M', 'did you mean "1Gi"?')),
  refusedValue(
    'no container starts in so little memory',
    memory,
    '8388607',
    '8388608',
    tooLittle('8388607', 'did you mean "8388607Mi"?'),
  ),
  refusedValue(
    'no memory is asked for',
    memory,
    0,
    '16Gi',
    tooLittle(0, 'ask for instance for "16Gi", or leave memory out'),
  ),
  {
    because: 'an observer gets too little memory',
    object: observed({ memory: '95Mi' }),
    border: observed({ memory: '96Mi' }),
    field: 'spec.observe.resources.memory',
    message:
      'Invalid value: observe.resources.memory is 95Mi, and the observer takes more with a few clients: write at least "96Mi", or leave memory out',
  },
  {
    because: 'an observer gets too few processors',
    object: observed({ cpu: '49m' }),
    border: observed({ cpu: '0.05' }),
    field: 'spec.observe.resources.cpu',
    message:
      'Invalid value: observe.resources.cpu is 49m, a limit by which every request would wait: write at least "50m", or leave cpu out',
  },
  refusedValue('a server has memory without unit', serverMemory, 16, '16Mi', tooLittle(16, 'did you mean "16Mi"?')),
  refusedValue(
    'memory has an unknown unit',
    memory,
    '16GB',
    '16G',
    'memory is "16GB", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "16Gi"',
  ),
  refusedValue('no processor is asked for', cpu, '0', '10m', noCPU('0')),
  refusedValue('a thousandth of a processor is asked for', cpu, '0.001', '0.01', noCPU('0.001')),
  refusedValue('a processor is asked for as if it were memory', cpu, '4Gi', '4', tooManyCPUs('4Gi')),
  refusedValue('more processors are asked for than any machine has', cpu, 4097, 4096, tooManyCPUs(4097)),
  refusedValue(
    'processors are no quantity',
    cpu,
    '4 cores',
    '4',
    'cpu is "4 cores", which is no quantity: write a number of cores, such as "4" or "0.5", or of thousandths, such as "500m"',
  ),
  refusedValue('an accelerator has no domain', resource, 'gpu', 'nvidia.com/gpu', noDevice('gpu')),
  refusedValue(
    'an accelerator has an impossible domain',
    resource,
    'nvidia..com/gpu',
    'nvidia.co.m/gpu',
    noDevice('nvidia..com/gpu'),
  ),
  refusedValue(
    'an accelerator has an index',
    resource,
    'nvidia.com/gpu:1',
    'nvidia.com/gpu.1',
    noDevice('nvidia.com/gpu:1'),
  ),
  refusedValue(
    'an accelerator has too long a name',
    resource,
    `a.b/${'d'.repeat(64)}`,
    `a.b/${'d'.repeat(63)}`,
    noDevice(`a.b/${'d'.repeat(64)}`),
  ),
  refusedValue(
    'an accelerator is a resource of Kubernetes',
    resource,
    'kubernetes.io/gpu',
    'kubernetes.example/gpu',
    ofKubernetes('kubernetes.io/gpu'),
  ),
  refusedValue(
    'an accelerator is the name of a quota',
    resource,
    'requests.nvidia.com/gpu',
    'nvidia.com/gpu',
    ofKubernetes('requests.nvidia.com/gpu'),
  ),
  refusedValue(
    'a product has a space',
    product,
    'NVIDIA H100',
    'NVIDIA-H100',
    'product "NVIDIA H100" is no value of a label: write it as the node label <resource>.product has it, such as NVIDIA-H100-80GB-HBM3',
  ),
  {
    because: 'no node can have the label of a product',
    object: accelerated({ resource: longest, product: 'X' }),
    field: 'spec.accelerator.product',
    message: `Invalid value: accelerator has a product, but no node can have the label ${longest}.product, whose name would be longer than 63 characters: remove product`,
    border: accelerated({ resource: longest.slice(0, -1), product: 'X' }),
  },
];
