/** Pods that get no place on a node, or lose it. */
import type { Faults } from '../fault.ts';
import { pod } from '../../outcomes/objects.ts';
import { forEver, patched, python, run } from './objects.ts';

const gpu = 'nvidia.com/gpu';
const scarce = 'example.com/scarce';
/** A pod of another team that holds devices. */
const holder = (resource: string, count: number, fields = {}) =>
  pod('holder', { ...python(forEver), resources: { limits: { [resource]: String(count) } } }, fields);

export const hardwareFaults: Faults = {
  'gpu-product-absent': {
    title: 'No node has accelerators of that product',
    about: 'trun/fraud',
    objects: [run({ accelerator: { resource: gpu, count: 1, product: 'NVIDIA-A100-SXM4-80GB' } })],
    shows: [/Unschedulable|NotScheduled/],
    expect: {
      cause: [/NVIDIA-A100-SXM4-80GB/, /no node|none/i],
      actor: 'Author',
      fix: patched({ accelerator: { product: 'NVIDIA-H100-80GB-HBM3' } }),
    },
    works: /Succeeded=True/,
  },
  'gpu-more-than-a-node': {
    title: 'The training asks for more accelerators than any node has',
    about: 'trun/fraud',
    objects: [run({ accelerator: { resource: gpu, count: 16 } })],
    shows: [/Unschedulable|NotScheduled/],
    expect: { cause: [/16/, /nvidia\.com\/gpu/, /8/], actor: 'Author', fix: patched({ accelerator: { count: 8 } }) },
  },
  'gpu-in-use': {
    title: 'Another run has the accelerators',
    about: 'trun/fraud',
    before: [run({ ...python(forEver), accelerator: { resource: gpu, count: 6 } }, 'churn')],
    objects: [run({ accelerator: { resource: gpu, count: 4 } })],
    shows: [/Unschedulable|NotScheduled/],
    expect: { cause: [/nvidia\.com\/gpu/, /churn/], actor: 'Nobody', fix: 'kubectl delete trainingrun churn' },
    works: /Succeeded=True/,
  },
  'memory-more-than-a-node': {
    title: 'The training asks for more memory than any node has',
    about: 'trun/fraud',
    objects: [run({ resources: { memory: '4Ti' } })],
    shows: [/Unschedulable|NotScheduled/],
    expect: {
      cause: [/memory/i, /4Ti/],
      actor: 'Author',
      fix: patched({ resources: { memory: '1Gi' } }),
    },
  },
  'profile-unknown': {
    title: 'The hardware profile is not known',
    about: 'trun/fraud',
    objects: [run({ accelerator: { profile: 'h200', count: 1 } })],
    shows: [/ProfileUnknown/],
    expect: {
      cause: [/h200/, /profile/],
      actor: 'Author',
      fix: patched({ accelerator: { profile: null, resource: gpu } }),
    },
  },
  'node-selector': {
    title: 'No node has the label that the pod asks for',
    about: 'trun/fraud',
    objects: [run({ pod: { nodeSelector: { 'example.com/pool': 'training' } } })],
    shows: [/Unschedulable|NotScheduled/],
    expect: {
      cause: [/example\.com\/pool/, /nodeSelector/],
      actor: 'Author',
      fix: patched({ pod: { nodeSelector: null } }),
    },
  },
  'gang-placed-partly': {
    title: 'Of a gang only one pod has a place',
    about: 'trun/fraud',
    before: [holder(scarce, 2)],
    objects: [run({ ...python(forEver), nodes: 2, accelerator: { resource: scarce, count: 3 } })],
    shows: [/1 of 2|GangWaits/],
    expect: { cause: [/1 of its 2/, /example\.com\/scarce/], actor: 'Nobody', fix: 'kubectl delete pod holder' },
  },
  preempted: {
    title: 'A pod of higher priority took the place',
    about: 'trun/fraud',
    objects: [run({ ...python(forEver), accelerator: { resource: 'example.com/rare', count: 1 } })],
    afterwards: async (place) => {
      await place.until('a training', ({ pods }) => pods.some(({ status }) => status?.phase === 'Running'));
      await place.apply(holder('example.com/rare', 1, { priorityClassName: 'urgent' }));
    },
    shows: [/Unschedulable|NotScheduled|Preempted/],
    expect: { cause: [/example\.com\/rare/, /holder|preempt/i], actor: 'Nobody', fix: 'kubectl delete pod holder' },
  },
};

/** On nodes that nobody runs anything on, which the platform has for these. */
export const nodeFaults: Faults = {
  'node-cordoned': {
    title: 'The only node of a pool is cordoned',
    about: 'trun/fraud',
    objects: [run({ pod: { nodeSelector: { 'example.com/pool': 'cordoned' } } })],
    shows: [/Unschedulable|NotScheduled/],
    expect: { cause: [/unschedulable|cordon/i], actor: 'Administrator', fix: 'kubectl uncordon pool-cordoned' },
  },
  'node-lost': {
    title: 'The node of the training does not answer any more',
    about: 'trun/fraud',
    objects: [run({ pod: { nodeSelector: { 'example.com/pool': 'lost' } } })],
    afterwards: async (place) => {
      await place.until('a place', ({ pods }) => pods.some(({ spec }) => spec?.nodeName === 'pool-lost'));
      const readiness = [
        'get',
        'node',
        'pool-lost',
        '--output=jsonpath={.status.conditions[?(@.type=="Ready")].status}',
      ];
      await place.until('a node that is lost', async () => (await place.kubectl.run(readiness)) === 'Unknown');
    },
    shows: [/Succeeded=Unknown/],
    expect: {
      cause: [/pool-lost/, /not ready|NotReady|lost|does not answer|stopped posting/i],
      actor: 'Administrator',
      fix: patched({ pod: { nodeSelector: null } }),
    },
  },
  'node-tainted': {
    title: 'The node has a taint that the pod does not tolerate',
    about: 'trun/fraud',
    objects: [run({ pod: { nodeSelector: { 'example.com/pool': 'tainted' } } })],
    shows: [/Unschedulable|NotScheduled/],
    expect: {
      cause: [/taint/, /example\.com\/team|toleration/],
      actor: 'Author',
      fix: patched({ pod: { tolerations: [{ key: 'example.com/team', operator: 'Exists' }] } }),
    },
  },
};
