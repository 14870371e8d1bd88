import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { job } from '../../../test/builders/job.ts';
import { beside, exited, podOf, running, unschedulable, waiting } from '../../../test/builders/pod.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { findingOf } from './index.ts';

type Status = NonNullable<IPod['status']>;

const accelerator = { resource: 'nvidia.com/gpu', count: 8, product: 'Tesla-T4' };
const pod = (status: Status, spec = {}) => podOf(job(trainingRun({ spec })), status);
const find = (...pods: readonly IPod[]) =>
  findingOf(pods, { container: 'spec', claims: 'spec.output', pod: 'spec.pod' });
const initializing = waiting('PodInitializing');
const injected = (reason: string, message = '') =>
  beside(initializing, 'initContainerStatuses', 'mesh', { waiting: { reason, message } });

describe('What keeps a container from starting', () => {
  it.each([
    'ErrImagePull',
    'ImagePullBackOff',
    'InvalidImageName',
    'ErrImageNeverPull',
    'ErrImageInspect',
    'ImageInspectError',
    'RegistryUnavailable',
    'SignatureValidationFailed',
  ])('is its image where the kubelet says %s', (reason) => {
    expect(find(pod(waiting(reason)))).toMatchObject({ reason: 'ImagePullFailed', field: 'spec.image', isMain: true });
  });

  it.each(['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'])(
    'is quoted, not explained, where the kubelet says %s',
    (reason) => {
      const finding = find(pod(waiting(reason, 'no such device')));
      expect(finding).toMatchObject({ reason: 'ContainerRefused', quote: { words: 'no such device' } });
    },
  );

  it('is told the same at every try, whatever ID the container would have had', () => {
    const refused = (id: string) => find(pod(waiting('CreateContainerError', `container "${id}" has no device`)));
    expect(refused('0123456789ab')).toEqual(refused('fedcba987654'));
    const crashed = (id: string) => {
      const lastState = {
        terminated: { exitCode: 128, reason: 'StartError', message: `cannot mount /run/${id}/rootfs` },
      };
      return find(pod(beside(running(), 'containerStatuses', 'mesh', {}, { restartCount: 3, lastState })));
    };
    expect(crashed('0123456789ab')).toEqual(crashed('fedcba987654'));
    expect(crashed('0123456789ab')?.quote).toEqual({ by: 'the kubelet', words: 'cannot mount /run/…/rootfs' });
  });

  it.each<[string, Status, string, string]>([
    ['its image', injected('ErrImagePull'), 'ImagePullFailed', 'image registry/mesh:1 of container mesh cannot'],
    [
      'its Secret',
      injected('CreateContainerConfigError', 'secret "ca" not found'),
      'SecretMissing',
      'Secret ca, which container mesh reads, does not exist',
    ],
    [
      'its user',
      injected('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root'),
      'RunAsRoot',
      'of container mesh runs as root',
    ],
    [
      'something else',
      injected('RunContainerError', 'no'),
      'ContainerRefused',
      'does not start container mesh (RunContainerError)',
    ],
    [
      'its crashes',
      beside(
        initializing,
        'initContainerStatuses',
        'mesh',
        { waiting: { reason: 'CrashLoopBackOff' } },
        { restartCount: 3, lastState: { terminated: { exitCode: 7, reason: 'Error', message: 'no route' } } },
      ),
      'CrashLooping',
      'container mesh crashed more than 2 times (Error, exit code 7)',
    ],
    [
      'a sidecar',
      beside(running(), 'containerStatuses', 'mesh', { waiting: { reason: 'ErrImagePull' } }),
      'ImagePullFailed',
      'of container mesh',
    ],
  ])(
    'is %s also in a container that somebody injected, and then no field of the user',
    (_, status, wantReason, want) => {
      const finding = find(pod(status));
      expect(finding).toMatchObject({ reason: wantReason, container: 'mesh', isMain: false });
      expect(finding?.what).toContain(want);
      expect(finding).not.toHaveProperty('field');
    },
  );

  it('is forgiven in a container beside the user’s that works by now', () => {
    const status = beside(running(), 'containerStatuses', 'mesh', {}, { ready: true, restartCount: 9 });
    expect(find(pod(status))).toBeUndefined();
  });

  it('is the crashing of the user’s container, whatever else is wrong in whichever pod', () => {
    const crashing = running();
    const [main] = crashing.containerStatuses ?? [];
    if (main === undefined) throw new Error('no container');
    const status = { ...crashing, containerStatuses: [{ ...main, restartCount: 3 }] };
    expect(find(pod(injected('ErrImagePull')), pod(status))).toMatchObject({ reason: 'CrashLooping', isMain: true });
  });
});

describe('What is wrong with several pods', () => {
  it('is told the same in whatever order they are, which is another one after each change of a pod', () => {
    const refused = (index: number) =>
      podOf(job(trainingRun({})), waiting('CreateContainerError', `no device ${index}`), index);
    expect(find(refused(1), refused(0))).toEqual(find(refused(0), refused(1)));
    expect(find(refused(1), refused(0))?.quote).toMatchObject({ words: 'no device 0' });
  });
});

describe('What the scheduler says', () => {
  const spec = { accelerator, resources: { cpu: '4' } };

  it.each([
    ['Insufficient nvidia.com/gpu', 'no node has 8 × nvidia.com/gpu Tesla-T4 free', 'spec.accelerator'],
    ['Insufficient cpu', 'no node has enough cpu free', 'spec.resources'],
    [
      "node(s) didn't match Pod's node affinity/selector",
      'no node has the label nvidia.com/gpu.product=Tesla-T4',
      'spec.accelerator',
    ],
  ])('is explained where it is of one kind: %s', (cause, wantWhat, wantField) => {
    const finding = find(pod(unschedulable(`0/2 nodes are available: 2 ${cause}. preemption: 0/2 no.`), spec));
    expect(finding).toMatchObject({ reason: 'Unschedulable', what: wantWhat, field: wantField });
  });

  it.each(['node(s) were unschedulable'])('is quoted where it may have another cause: %s', (cause) => {
    const message = `0/3 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 2 ${cause}. preemption: no`;
    const finding = find(pod(unschedulable(message), spec));
    expect(finding).toMatchObject({ what: 'no node takes the pod', remedy: 'see why' });
    expect(finding?.quote).toMatchObject({ words: expect.stringContaining(cause) });
    expect(finding).not.toHaveProperty('field');
  });

  it('names all labels if the pod has another selector too', () => {
    const waits = pod(
      unschedulable("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector."),
      spec,
    );
    const nodeSelector = { ...waits.spec?.nodeSelector, team: 'fraud' };
    const selective = { ...waits, spec: { containers: [], ...waits.spec, nodeSelector } };
    expect(find(selective)).toMatchObject({
      what: 'no node has all of the labels nvidia.com/gpu.product=Tesla-T4 and team=fraud',
      remedy: 'edit spec.accelerator or spec.pod.nodeSelector, or free or add nodes',
    });
  });

  it('says of which nodes it speaks where the pod must not use all', () => {
    const message =
      '0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.';
    expect(find(pod(unschedulable(message), spec))?.what).toBe(
      'no node without the taint {node-role.kubernetes.io/control-plane: } has 8 × nvidia.com/gpu Tesla-T4 free',
    );
  });

  it.each([
    [
      '2 node(s) had untolerated taint(s), 1 Insufficient nvidia.com/gpu',
      'no node without a taint that the pod does not tolerate has 8 × nvidia.com/gpu Tesla-T4 free',
    ],
    [
      "1 node(s) had untolerated taint {a: b}, 1 node(s) had untolerated taint {c: }, 1 node(s) didn't match Pod's node affinity/selector",
      'no node without the taint {a: b} or {c: } has the label nvidia.com/gpu.product=Tesla-T4',
    ],
    ["2 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector", 'no matching node has enough cpu free'],
    ['3 node(s) had untolerated taint(s)', 'every node has a taint that the pod does not tolerate'],
  ])('is told of the nodes that the pod may use: %s', (causes, want) => {
    const message = `0/3 nodes are available: ${causes}. no new claims to deallocate, preemption: 0/3 nodes are available.`;
    expect(find(pod(unschedulable(message), spec))?.what).toBe(want);
  });

  it('names no field where the user asks for nothing of what is lacking', () => {
    const finding = find(pod(unschedulable('0/1 nodes are available: 1 Insufficient memory.'), { accelerator }));
    expect(finding).toMatchObject({ what: 'no node has enough memory free', remedy: 'free or add nodes' });
    expect(finding).not.toHaveProperty('field');
  });

  it('is told the same while nodes come and go', () => {
    const told = (nodes: number) => find(pod(unschedulable(`0/${nodes} nodes are available: ${nodes} Too many pods.`)));
    expect(told(3)).toEqual(told(12));
  });
});

describe('Why a pod failed', () => {
  it.each([
    ['an init container', 'initContainerStatuses'],
    ['a container beside the user’s', 'containerStatuses'],
  ] as const)('is %s if that failed and the user’s did not', (_, list) => {
    const status = beside({ phase: 'Failed' }, list, 'mesh', { terminated: { exitCode: 7, message: 'no route' } });
    const finding = find(pod(status));
    expect(finding).toMatchObject({ reason: 'CommandFailed', container: 'mesh', quote: { words: 'no route' } });
    expect(finding?.what).toBe('the command of container mesh ended with exit code 7');
  });

  it('is the user’s container if both failed', () => {
    const status = beside(exited(1), 'initContainerStatuses', 'mesh', {
      terminated: { exitCode: 137, reason: 'OOMKilled' },
    });
    expect(find(pod(status))).toMatchObject({ reason: 'CommandFailed', isMain: true });
  });

  it('is no sidecar, which is killed when the others have ended', () => {
    const failed = pod(beside({ phase: 'Failed' }, 'initContainerStatuses', 'mesh', { terminated: { exitCode: 137 } }));
    const initContainers = [{ name: 'mesh', restartPolicy: 'Always' }];
    expect(find({ ...failed, spec: { containers: [], ...failed.spec, initContainers } })).toBeUndefined();
  });

  it('is a lack of memory by the limit of the very container', () => {
    const failed = pod(
      beside({ phase: 'Failed' }, 'initContainerStatuses', 'mesh', {
        terminated: { exitCode: 137, reason: 'OOMKilled' },
      }),
      { resources: { memory: '2Gi' } },
    );
    const initContainers = [{ name: 'mesh', resources: { limits: { memory: '64Mi' } } }];
    const finding = find({ ...failed, spec: { containers: [], ...failed.spec, initContainers } });
    expect(finding?.what).toBe('container mesh was killed for lack of memory (OOMKilled), at its limit of 64Mi');
    expect(finding?.remedy).not.toContain('spec.');
  });
});
