import type { Accelerator, IModelDeployment, ITrainingRun } from '../../../src/api/types.ts';
import { modelDeployment, trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

type Resources = NonNullable<ITrainingRun['spec']['resources']>;
type Server = IModelDeployment['spec']['server'];

const place = (field: string, at: Place['at']): Place => ({ field: `spec.${field}`, at });
const named = (field: string, value: string, what: string) =>
  `${field} "${value}" is no name of a ${what}: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit`;
const noDuration = (field: string, value: string, example: string) =>
  `${field} is "${value}", which is no duration: write whole numbers with h, m, s or ms and no space, such as "${example}"`;

const noSeconds = (field: string, value: string, example: string) =>
  `${field} is "${value}", which is no duration in whole seconds: write whole numbers with h, m or s and no space, such as "${example}"`;

const workingDir = place('workingDir', (value) => trainingRun({ workingDir: value }));
const results = place('results.path', (path) => trainingRun({ results: { path } }));
const timeout = place('timeout', (value) => trainingRun({ timeout: value }));
const prefix = place('envFrom[0].prefix', (value) =>
  trainingRun({ envFrom: [{ prefix: value, configMapRef: { name: 'settings' } }] }),
);
const configMap = place('envFrom[0].configMapRef.name', (name) =>
  trainingRun({ envFrom: [{ configMapRef: { name } }] }),
);
const secret = place('envFrom[0].secretRef.name', (name) => trainingRun({ envFrom: [{ secretRef: { name } }] }));
const resources = (value: Resources) => trainingRun({ resources: value });
const disk: Place<string | number> = {
  field: 'spec.resources.ephemeralStorage',
  at: (value) => resources({ ephemeralStorage: value }),
};
const accelerated = (accelerator: Partial<Accelerator>) => trainingRun({ accelerator: { count: 8, ...accelerator } });
const profile = place('accelerator.profile', (value) => accelerated({ profile: value }));

const probed = (probes: Partial<Pick<Server, 'readiness' | 'liveness'>>) =>
  modelDeployment({ server: { image: 'serve', port: 8080, protocol: 'HTTP', ...probes } });
const probe = (field: 'path' | 'period' | 'timeout', which: 'readiness' | 'liveness' = 'readiness') =>
  place(`server.${which}.${field}`, (value) => probed({ [which]: { [field]: value } }));

const resourceRefusals: readonly Refusal[] = [
  {
    because: 'more processors are set aside than may be taken',
    object: resources({ cpu: '2', requests: { cpu: '2100m' } }),
    field: 'spec.resources.requests.cpu',
    message:
      'Invalid value: resources.requests.cpu is 2100m, above resources.cpu, which is 2: lower the request or raise the limit',
    border: resources({ cpu: '2', requests: { cpu: '2000m' } }),
  },
  {
    because: 'more memory is set aside than may be taken',
    object: resources({ memory: '1Gi', requests: { memory: '1025Mi' } }),
    field: 'spec.resources.requests.memory',
    message:
      'Invalid value: resources.requests.memory is 1025Mi, above resources.memory, which is 1Gi: lower the request or raise the limit',
    border: resources({ memory: '1Gi', requests: { memory: '1024Mi' } }),
  },
  refusedValue(
    'disk is no quantity',
    disk,
    '200 GB',
    '200G',
    'ephemeralStorage is "200 GB", which is no quantity: write a number with Mi, Gi or Ti and no space, such as "200Gi"',
  ),
  refusedValue(
    'disk has no unit',
    disk,
    200,
    '200Gi',
    'ephemeralStorage is 200 and is counted in bytes, which is too little for anything: write for instance "200Gi"',
  ),
  {
    because: 'a further resource is one of Kubernetes',
    object: resources({ extended: { 'rdma/hca': '1', cpu: '4' } }),
    field: 'spec.resources.extended',
    message:
      'Invalid value: extended has the name "cpu", which is no extended resource: write it as the device plugin advertises it to nodes, with its domain, such as rdma/hca',
    border: resources({ extended: { 'rdma/hca': '1', 'example.com/cpu': '4' } }),
  },
  {
    because: 'half a further resource is asked for',
    object: resources({ extended: { 'rdma/hca': '0.5' } }),
    field: 'spec.resources.extended',
    message:
      'Invalid value: extended has for "rdma/hca" an amount that is no whole number of 1 or more: write for instance "1"',
    border: resources({ extended: { 'rdma/hca': 5 } }),
  },
  {
    because: 'an accelerator has a profile and says itself what it is',
    object: accelerated({ profile: 'h100', resource: 'nvidia.com/gpu' }),
    field: 'spec.accelerator',
    message:
      'Invalid value: accelerator has both profile "h100" and resource "nvidia.com/gpu": name the hardware by one of them',
    border: accelerated({ profile: 'h100' }),
  },
  {
    because: 'an accelerator does not say what it is',
    object: accelerated({}),
    field: 'spec.accelerator',
    message: 'Invalid value: accelerator has neither profile nor resource: name the hardware by one of them',
    border: accelerated({ resource: 'nvidia.com/gpu' }),
  },
  {
    because: 'an accelerator has a profile and a product',
    object: accelerated({ profile: 'h100', product: 'NVIDIA-H100' }),
    field: 'spec.accelerator.product',
    message:
      'Invalid value: accelerator has profile "h100" and product "NVIDIA-H100": remove product, which the profile says',
    border: accelerated({ resource: 'nvidia.com/gpu', product: 'NVIDIA-H100' }),
  },
  refusedValue(
    'a profile cannot be called so',
    profile,
    'H100',
    'h100',
    'profile "H100" is no name: use lower-case letters, digits and "-"',
  ),
];

const probeRefusals: readonly Refusal[] = [
  refusedValue(
    'a server is asked for a relative path',
    probe('path'),
    'health',
    '/health?full=1',
    'path "health" is no path of a URL: begin with "/" and use no space, such as /health',
  ),
  refusedValue(
    'a server is asked every number',
    probe('period', 'liveness'),
    '10',
    '10s',
    noSeconds('period', '10', '10s'),
  ),
  refusedValue('a server is asked without a pause', probe('period'), '0s', '1s', 'period is "0s": write at least "1s"'),
  refusedValue(
    'a server is asked between two seconds',
    probe('period'),
    '1s500ms',
    '1m1s',
    noSeconds('period', '1s500ms', '10s'),
  ),
  {
    because: 'a server may be down for minutes before that is noticed',
    object: probed({ readiness: { period: '1m', timeout: '1m', failures: 5 } }),
    field: 'spec.server.readiness',
    message:
      'Invalid value: readiness.period is "1m": times failures, and with timeout, that makes more than "5m" until a server that is not ready is taken out: lower them',
    border: probed({ readiness: { period: '1m', timeout: '1m', failures: 4 } }),
  },
  refusedValue(
    'a server is asked hourly',
    probe('period', 'liveness'),
    '1h',
    '5m',
    'period is "1h": write at most "5m"',
  ),
  refusedValue('an answer may take a number', probe('timeout', 'liveness'), '5', '5s', noSeconds('timeout', '5', '5s')),
  refusedValue('an answer may take no time', probe('timeout'), '0s', '1s', 'timeout is "0s": write at least "1s"'),
  refusedValue('an answer may take minutes', probe('timeout'), '2m', '1m', 'timeout is "2m": write at most "1m"'),
];

const environmentRefusals: readonly Refusal[] = [
  {
    because: 'variables come from two sources at once',
    object: trainingRun({ envFrom: [{ configMapRef: { name: 'settings' }, secretRef: { name: 'hub' } }] }),
    field: 'spec.envFrom[0]',
    message: 'Invalid value: envFrom has an item with both configMapRef and secretRef: keep one of them',
    border: trainingRun({ envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'hub' } }] }),
  },
  {
    because: 'variables come from nowhere',
    object: trainingRun({ envFrom: [{ prefix: 'HUB_' }] }),
    field: 'spec.envFrom[0]',
    message: 'Invalid value: envFrom has an item with neither configMapRef nor secretRef: write one of them',
    border: trainingRun({ envFrom: [{ prefix: 'HUB_', secretRef: { name: 'hub' } }] }),
  },
  refusedValue(
    'a prefix would make variables of ours',
    prefix,
    'FLYBALL_',
    'FLY_',
    'prefix "FLYBALL_" cannot begin a variable: use letters, digits and "_", begin with no digit, and not with FLYBALL',
  ),
  refusedValue(
    'a ConfigMap of variables cannot be called so',
    configMap,
    'A B',
    'a-b',
    named('configMapRef.name', 'A B', 'ConfigMap'),
  ),
  refusedValue(
    'a Secret of variables cannot be called so',
    secret,
    'Hub',
    'hub',
    named('secretRef.name', 'Hub', 'Secret'),
  ),
];

/** What a container is and gets. */
export const containerRefusals: readonly Refusal[] = [
  refusedValue(
    'a command starts in a relative folder',
    workingDir,
    'app',
    '/app',
    'workingDir "app" is no path: write an absolute one without "..", such as /app',
  ),
  refusedValue(
    'results are in a relative file',
    results,
    'metrics.json',
    '/app/metrics.json',
    'results.path "metrics.json" is no path of a file: write an absolute one without "..", such as /app/metrics.json',
  ),
  refusedValue(
    'results are where a container may not write',
    results,
    '/proc/1/metrics.json',
    '/dev/termination-log',
    'results.path "/proc/1/metrics.json" is taken: the files there belong to Flyball or to the node; choose a path where the program may write, such as /app/metrics.json',
  ),
  refusedValue('an attempt may take a day', timeout, '1d', '24h', noDuration('timeout', '1d', '24h')),
  refusedValue('an attempt may take no time', timeout, '59s', '1m', 'timeout is "59s": write at least "1m"'),
  ...environmentRefusals,
  ...resourceRefusals,
  ...probeRefusals,
];
