import { describe, expect, it } from '@jest/globals';
import { job } from '../../../test/builders/job.ts';
import { observedPods } from '../../../test/builders/observed.ts';
import { beside, exited, podOf, unschedulable, waiting } from '../../../test/builders/pod.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { findingOf, stillWaiting } from './index.ts';

const place = { container: 'spec', claims: 'spec.output', pod: 'spec.pod' };
const now = new Date('2026-11-30T10:59:00Z');
const pod = (status: Parameters<typeof podOf>[1]) => podOf(job(trainingRun()), status);
const observed = (name: string) => {
  const found = observedPods[name];
  if (found === undefined) throw new Error(name);
  return found;
};

describe('A container beside the user’s', () => {
  it.each(['init-hangs', 'sidecar-never-starts', 'sidecar-stubborn'])(
    'is the user’s if they declare it: %s',
    (name) => {
      const told = stillWaiting([observed(name)], { ...place, declared: ['get', 'proxy'] }, now);
      expect(told).toMatchObject({ owner: 'User', isMain: false });
      expect(stillWaiting([observed(name)], place, now)).toMatchObject({ owner: 'Injected' });
    },
  );

  it('is asked of whoever adds it if nobody declares it', () => {
    expect(stillWaiting([observed('sidecar-stubborn')], place, now)?.remedy).toBe(
      'whoever adds container proxy to pods has to let it end on SIGTERM',
    );
    const rooted = findingOf([observed('root-init')], place);
    expect(rooted?.remedy).toBe('whoever adds container get to pods has to build it with a numeric USER such as 65532');
    expect(rooted).not.toHaveProperty('options');
  });

  it('cannot be declared among the containers that run beside main, so that one there is injected', () => {
    const status = beside(exited(1), 'containerStatuses', 'proxy', { waiting: { reason: 'ErrImagePull' } });
    const living = pod({ ...status, phase: 'Running' });
    expect(findingOf([living], { ...place, declared: ['proxy'] })).toMatchObject({ owner: 'Injected' });
  });
});

describe('An image that may not be read', () => {
  const pull = 'failed to pull and unpack image "registry/fraud-train:1": failed to resolve image: ';
  const answers = [
    'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
    'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://registry/auth: 403 Forbidden',
    'unexpected status from HEAD request to https://registry/v2/fraud-train/manifests/1: 401 Unauthorized',
    'denied: requested access to the resource is denied',
    'unauthorized: authentication required',
  ];

  it.each(answers)('needs a Secret: %s', (answer) => {
    expect(findingOf([pod(waiting('ImagePullBackOff', `${pull}${answer}`))], place)).toMatchObject({
      reason: 'ImagePullFailed',
      field: 'spec.pod.imagePullSecrets',
      what: 'image registry/fraud-train:1 cannot be pulled: its registry does not let the nodes read it',
      remedy: 'push it, or name in spec.pod.imagePullSecrets a Secret by which it may be read',
    });
  });

  it('may have one that does not help', () => {
    const refused = pod(waiting('ErrImagePull', `${pull}${answers[0]}`));
    const spec = { containers: [], ...refused.spec, imagePullSecrets: [{ name: 'registry' }] };
    expect(findingOf([{ ...refused, spec }], place)?.remedy).toContain(
      'see whether Secret registry exists and may read it',
    );
  });

  it('is not told of one that is not there', () => {
    const finding = findingOf([pod(waiting('ErrImagePull', `${pull}registry/fraud-train:1: not found`))], place);
    expect(finding).toMatchObject({
      field: 'spec.image',
      remedy: 'push it, or let the nodes read it, one of a private registry by a Secret in spec.pod.imagePullSecrets',
    });
  });
});

describe('Shared memory', () => {
  it.each([
    "RuntimeError: DataLoader worker (pid 17) is killed by signal: Bus error. It is possible that dataloader's workers are out of shared memory. Please try to raise your shared memory limit.",
    'RuntimeError: unable to write to file </torch_17_3>: No space left on device. This might be caused by insufficient shared memory (shm).',
    'NCCL WARN Error: failed to extend /dev/shm/nccl-Xq3bZ1 to 33030532 bytes, error: No space left on device (28)',
  ])('is raised where the program says that it is too little: %s', (message) => {
    expect(findingOf([pod(exited(1, { message }))], place)).toMatchObject({
      reason: 'NoSpaceLeft',
      move: 'Edit',
      field: 'spec.pod.sharedMemory',
      remedy: 'raise spec.pod.sharedMemory',
    });
  });
});

describe('A pod that was evicted', () => {
  const evicted = (message: string) => findingOf([pod({ ...exited(137), reason: 'Evicted', message })], place);

  it.each([
    ['Usage of EmptyDir volume "shared-memory" exceeds the limit "1Gi". ', 'spec.pod.sharedMemory'],
    ['Container main exceeded its local ephemeral storage limit "50Mi". ', 'spec.resources.ephemeralStorage'],
    [
      'The node was low on resource: ephemeral-storage. Threshold quantity: 1Gi, available: 12Mi. Container main was using 3Gi, request is 0',
      'spec.resources.ephemeralStorage',
    ],
    ['The node was low on resource: memory. Container main was using 9Gi, request is 0', 'spec.resources'],
  ])('is told which amount to raise: %s', (message, field) => {
    expect(evicted(message)).toMatchObject({ reason: 'Evicted', move: 'Edit', field });
    expect(evicted(message)?.remedy).toContain(field);
  });

  it('is not told to raise anything where its node is full', () => {
    const finding = evicted('The node had condition: [DiskPressure]. ');
    expect(finding).toMatchObject({ move: 'Repeat' });
    expect(finding).not.toHaveProperty('field');
  });
});

describe('What no node is large enough for', () => {
  const asking = { containers: [{ name: 'main', image: 'x', resources: { requests: { 'nvidia.com/gpu': '9' } } }] };
  const refused = (end: string) =>
    findingOf(
      [
        {
          ...pod(
            unschedulable(
              `0/2 nodes are available: 2 Insufficient nvidia.com/gpu. preemption: 0/2 nodes are available: ${end}`,
            ),
          ),
          spec: asking,
        },
      ],
      place,
    );

  it('is told as such where the scheduler says that taking pods away would not help on any', () => {
    expect(refused('2 Preemption is not helpful for scheduling.')).toMatchObject({
      what: 'no node has 9 × nvidia.com/gpu, be it empty',
      remedy: 'edit spec.resources.extended, or add nodes that have it',
      needsChange: true,
    });
  });

  it.each([
    '2 No preemption victims found for incoming pod.',
    '1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.',
  ])('is not claimed where it says %s', (end) => {
    expect(refused(end)?.what).toBe('no node has 9 × nvidia.com/gpu free');
    expect(refused(end)).not.toHaveProperty('needsChange');
  });
});

describe('A results file on a read-only volume', () => {
  it('is told by its field, since the kubelet cannot mount its own there', () => {
    const message =
      'error mounting "/var/lib/kubelet/pods/1/containers/main/2" to rootfs at "/data/out.json": read-only file system';
    const failed = pod({ ...exited(128, { reason: 'StartError', message }) });
    const spec = { containers: [{ name: 'main', image: 'x', terminationMessagePath: '/data/out.json' }] };
    expect(findingOf([{ ...failed, spec }], place)).toMatchObject({
      reason: 'CommandNotStarted',
      move: 'Edit',
      field: 'spec.results.path',
      remedy: 'name in spec.results.path a file that is on no read-only volume',
    });
  });
});
