import type { ITrainingRun } from '../../../src/api/types.ts';
import { trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

type PodOptions = NonNullable<ITrainingRun['spec']['pod']>;
type Toleration = NonNullable<PodOptions['tolerations']>[number];
type NodeAffinity = NonNullable<NonNullable<PodOptions['affinity']>['nodeAffinity']>;
type Requirement = NonNullable<
  NodeAffinity['requiredDuringSchedulingIgnoredDuringExecution']
>['nodeSelectorTerms'][number]['matchExpressions'][number];

const pod = (options: PodOptions) => trainingRun({ pod: options });
const tolerating = (toleration: Toleration) => pod({ tolerations: [toleration] });
const requiring = (requirement: Requirement) =>
  pod({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: [requirement] }] },
      },
    },
  });
const requirements =
  'spec.pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0]';
const away = (labels: Readonly<Record<string, string>>) =>
  pod({
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: labels }, topologyKey: 'kubernetes.io/hostname' },
        ],
      },
    },
  });
const taint: Place = { field: 'spec.pod.tolerations[0].key', at: (key) => tolerating({ key, operator: 'Exists' }) };
const spread: Place = {
  field: 'spec.pod.topologySpreadConstraints[0].topologyKey',
  at: (topologyKey) =>
    pod({
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey,
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { app: 'fraud' } },
        },
      ],
    }),
};
const noLabel = (field: string, key: string, who: string) =>
  `Invalid value: ${field} has the label "${key}", which no ${who} can have, or not with that value: write a key as in topology.kubernetes.io/zone, and a value of letters, digits, "-", "_" and "."`;

const tolerationRefusals: readonly Refusal[] = [
  {
    because: 'a toleration has no key',
    object: tolerating({ value: 'gpu', effect: 'NoSchedule' }),
    field: 'spec.pod.tolerations[0]',
    message:
      'Invalid value: a toleration has no key and operator Equal: name the key of the taint, or write operator: Exists to tolerate all',
    border: tolerating({ operator: 'Exists', effect: 'NoSchedule' }),
  },
  {
    because: 'a toleration compares nothing with a value',
    object: tolerating({ key: 'pool', operator: 'Exists', value: 'gpu' }),
    field: 'spec.pod.tolerations[0]',
    message: 'Invalid value: a toleration has operator Exists and the value "gpu": remove one of them',
    border: tolerating({ key: 'pool', operator: 'Equal', value: 'gpu' }),
  },
  {
    because: 'a taint that drives nobody out is tolerated for a while',
    object: tolerating({ key: 'pool', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 60 }),
    field: 'spec.pod.tolerations[0].tolerationSeconds',
    message:
      'Invalid value: tolerationSeconds is 60, which only the effect NoExecute has: write effect: NoExecute, or remove it',
    border: tolerating({ key: 'pool', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }),
  },
  refusedValue(
    'the key of a taint has its effect',
    taint,
    'nvidia.com/gpu:NoSchedule',
    'nvidia.com/gpu',
    'key "nvidia.com/gpu:NoSchedule" is no key of a label: write for instance topology.kubernetes.io/zone',
  ),
];

/** Where pods run. */
export const placementRefusals: readonly Refusal[] = [
  ...tolerationRefusals,
  {
    because: 'a node cannot have such a label',
    object: pod({ nodeSelector: { pool: 'gpu', 'nvidia.com/gpu.product': 'NVIDIA H100' } }),
    field: 'spec.pod.nodeSelector',
    message: noLabel('pod.nodeSelector', 'nvidia.com/gpu.product', 'node'),
    border: pod({ nodeSelector: { pool: 'gpu', 'nvidia.com/gpu.product': 'NVIDIA-H100' } }),
  },
  {
    because: 'a pod cannot have such a label',
    object: away({ 'app name': 'fraud' }),
    field:
      'spec.pod.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector.matchLabels',
    message: noLabel('matchLabels', 'app name', 'pod'),
    border: away({ 'app.kubernetes.io/name': 'fraud' }),
  },
  refusedValue(
    'pods are spread over nothing',
    spread,
    'zone=a',
    'topology.kubernetes.io/zone',
    'topologyKey "zone=a" is no key of a label: write for instance topology.kubernetes.io/zone',
  ),
  {
    because: 'a requirement compares with nothing',
    object: requiring({ key: 'zone', operator: 'In' }),
    field: requirements,
    message: 'Invalid value: the requirement on "zone" has the operator In: write values',
    border: requiring({ key: 'zone', operator: 'In', values: ['a'] }),
  },
  {
    because: 'a requirement compares with what it does not look at',
    object: requiring({ key: 'zone', operator: 'Exists', values: ['a'] }),
    field: requirements,
    message: 'Invalid value: the requirement on "zone" has the operator Exists: it takes no values',
    border: requiring({ key: 'zone', operator: 'Exists' }),
  },
  {
    because: 'a requirement is above no number',
    object: requiring({ key: 'gpus', operator: 'Gt', values: ['4', '8'] }),
    field: requirements,
    message:
      'Invalid value: the requirement on "gpus" has the operator Gt and the values ["4", "8"]: write one whole number, such as "4"',
    border: requiring({ key: 'gpus', operator: 'Gt', values: ['4'] }),
  },
];
