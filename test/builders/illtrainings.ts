import {
  endedWith,
  type Illnesses,
  initializing,
  minute,
  refusedFor,
  report,
  running,
  setUp,
  since,
  ten,
} from './ill.ts';
import { unschedulable as withoutNode } from './pod.ts';

const mesh = { name: 'mesh', restartPolicy: 'Always' };

function unschedulable(message: string): ReturnType<typeof withoutNode> {
  const conditions = withoutNode(message).conditions?.map((one) => ({ ...one, lastTransitionTime: ten }));
  return { phase: 'Pending', ...(conditions && { conditions }) };
}

/** Pods of trainings. */
export const illTrainings = {
  'an injected init container failed': (made) => [
    made(
      {
        phase: 'Failed',
        initContainerStatuses: [report('setup', endedWith(1, minute, 'iptables: Permission denied'))],
        containerStatuses: [initializing],
      },
      { init: [{ name: 'setup' }] },
    ),
  ],
  'an injected sidecar failed while the command went on': (made) => [
    made(
      {
        phase: 'Failed',
        containerStatuses: [
          report('main', endedWith(0, '2026-11-24T10:09:00Z', '{}')),
          report('mesh', endedWith(7, minute, 'no route')),
        ],
      },
      { beside: [{ name: 'mesh' }] },
    ),
  ],
  'nodes have the product, and a taint': (made) => [
    made(
      unschedulable(
        "0/3 nodes are available: 1 node(s) had untolerated taint {nvidia.com/gpu: present}, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
      ),
    ),
  ],
  'no node has the product': (made) => [
    made(unschedulable("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.")),
  ],
  'all accelerators are taken': (made) => [
    made(unschedulable('0/2 nodes are available: 2 Insufficient nvidia.com/gpu.')),
  ],
  'nodes lack what is not understood': (made) => [
    made(unschedulable('0/2 nodes are available: 1 Too many pods, 1 node(s) were unschedulable.')),
  ],
  "a claim's StorageClass does not exist": (made) => [
    made(
      unschedulable(
        '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
      ),
    ),
  ],
  'a volume is on another node': (made) => [
    made(
      unschedulable(
        "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match PersistentVolume's node affinity.",
      ),
    ),
  ],
  'a victim of a gang ended in the second of the culprit': (made) => [
    made(
      {
        phase: 'Failed',
        containerStatuses: [report('main', endedWith(1, minute, 'ProcessGroupNCCL: connection closed by peer'))],
      },
      {},
      0,
    ),
    made({ phase: 'Failed', containerStatuses: [report('main', endedWith(1, minute, 'KeyError: "target"'))] }, {}, 1),
  ],
  'a victim of a gang was killed after the culprit': (made) => [
    made({ phase: 'Failed', containerStatuses: [report('main', endedWith(143, minute, 'Terminated'))] }, {}, 0),
    made(
      { phase: 'Failed', containerStatuses: [report('main', endedWith(3, minute, 'CUDA error: out of memory'))] },
      {},
      1,
    ),
  ],
  'an injected sidecar hangs': (made) => [
    made(
      {
        phase: 'Pending',
        conditions: since({ PodScheduled: 'True' }),
        initContainerStatuses: [report('mesh', running, { started: false })],
        containerStatuses: [initializing],
      },
      { init: [{ ...mesh, startupProbe: { httpGet: { path: '/healthz/ready', port: 15021 } } }] },
    ),
  ],
  'an injected init container hangs': (made) => [
    made(
      {
        phase: 'Pending',
        conditions: since({ PodScheduled: 'True' }),
        initContainerStatuses: [report('setup', running)],
        containerStatuses: [initializing],
      },
      { init: [{ name: 'setup' }] },
    ),
  ],
  'an injected container has no image': (made) => [
    made(
      {
        phase: 'Pending',
        conditions: setUp,
        containerStatuses: [
          report('main', running),
          report('mesh', { waiting: { reason: 'ErrImagePull', message: 'failed to resolve reference: not found' } }),
        ],
      },
      { beside: [{ name: 'mesh' }] },
    ),
  ],
  'an injected container runs on after the command': (made) => [
    made(
      {
        phase: 'Running',
        conditions: setUp,
        containerStatuses: [report('main', endedWith(0, ten)), report('mesh', running, { ready: true })],
      },
      { beside: [{ name: 'mesh' }] },
    ),
  ],
  'a volume cannot be mounted, or a sandbox cannot start': (made) => [
    made({
      phase: 'Pending',
      conditions: since({ PodScheduled: 'True', PodReadyToStartContainers: 'False' }),
      containerStatuses: [report('main', { waiting: { reason: 'ContainerCreating' } })],
    }),
  ],
  'an image cannot be inspected': (made) => [
    made(refusedFor('main', 'ImageInspectError', 'Failed to inspect image "registry/main:1": input/output error')),
  ],
  "an image's signature is not accepted": (made) => [
    made(refusedFor('main', 'SignatureValidationFailed', 'image pull failed since the signature validation failed')),
  ],
  'a registry is unavailable': (made) => [made(refusedFor('main', 'RegistryUnavailable', 'registry is unavailable'))],
  'a command is not in the image': (made) => [
    made({
      phase: 'Failed',
      containerStatuses: [
        report('main', {
          terminated: {
            exitCode: 128,
            reason: 'StartError',
            finishedAt: minute,
            message: 'exec: "trian": executable file not found in $PATH',
          },
        }),
      ],
    }),
  ],
  'a pod has a scheduling gate': (made) => {
    const pod = made({
      phase: 'Pending',
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', lastTransitionTime: ten }],
    });
    return [{ ...pod, spec: { containers: [], ...pod.spec, schedulingGates: [{ name: 'example.com/quota' }] } }];
  },
  'a node is lost': (made) => [
    made({
      phase: 'Running',
      conditions: [...setUp, ...since({ ContainersReady: 'True', Ready: 'False' })],
      containerStatuses: [report('main', running, { ready: true })],
    }),
  ],
  'a pod of a lost node has to go': (made) => {
    const pod = made({
      phase: 'Running',
      conditions: setUp,
      containerStatuses: [report('main', running, { ready: true })],
    });
    return [{ ...pod, metadata: { ...pod.metadata, deletionTimestamp: ten } }];
  },
} as const satisfies Illnesses;
