import { describe, expect, it } from '@jest/globals';
import { failed, job, snapshot } from '../../../../test/builders/job.ts';
import { beside, exited, podOf, running, unschedulable, waiting } from '../../../../test/builders/pod.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { Attempt } from '../../../api/types.ts';
import { keyOf } from '../../../api/resource.ts';
import { conclude } from './conclude.ts';
import { train } from '../stages/train.ts';
import { evictionProblem } from './eviction.ts';
import { diagnose } from './failure.ts';
import { podsAreWaiting } from './waiting.ts';

const accelerator = { resource: 'nvidia.com/gpu', count: 8, product: 'NVIDIA-H100' };
const run = trainingRun({ spec: { resources: { memory: '2Gi' }, accelerator } });
const made = job(run);
type Status = ReturnType<typeof running>;
const now = new Date('2026-11-24T10:10:00Z');
const { recipeDigest, trigger, coversUntil } = snapshot(run);
const attempt: Attempt = { name: 'fraud-1', number: 1, recipeDigest, trigger, coversUntil, startTime: coversUntil };
const overDisk = 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi';
const evicted = (message: string): Status => ({ ...exited(137), reason: 'Evicted', message });
const about = { key: keyOf(run), attempt, stage: train, snapshot: () => snapshot(run) };
const waitsFor = (status: Status) => podsAreWaiting({ ...about, job: made, pods: [podOf(made, status)] }, now)?.problem;
const diagnosisOf = (status: Status) => diagnose({ ...about, job: failed(made), pods: [podOf(made, status)] }, now);

describe('A pod that waits', () => {
  it.each([
    ['ErrImagePull', waiting('ErrImagePull', 'rpc error'), 'ImagePullFailed', 'registry/fraud-train:1'],
    [
      'ImagePullBackOff',
      waiting('ImagePullBackOff'),
      'ImagePullFailed',
      'edit spec.image: `kubectl -n team edit trun fraud`',
    ],
    ['InvalidImageName', waiting('InvalidImageName'), 'ImagePullFailed', 'edit spec.image'],
    [
      'a missing secret',
      waiting('CreateContainerConfigError', 'secret "hub" not found'),
      'SecretMissing',
      'Secret hub does not exist',
    ],
    [
      'a missing key of a secret',
      waiting('CreateContainerConfigError', "couldn't find key token in Secret team/hub"),
      'SecretMissing',
      'Secret hub has no key token',
    ],
    [
      'an image that runs as root',
      waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root'),
      'RunAsRoot',
      'numeric USER',
    ],
    ['any other refusal', waiting('CreateContainerError', 'id 123'), 'ContainerRefused', 'kubectl -n team describe'],
    [
      'a missing claim',
      unschedulable('0/1 nodes are available: persistentvolumeclaim "data" not found.'),
      'ClaimMissing',
      'PersistentVolumeClaim data does not exist',
    ],
    [
      'a user with a number',
      waiting('CreateContainerConfigError', 'container has runAsNonRoot and image has non-numeric user (nobody)'),
      'RunAsRoot',
      `\`kubectl -n team patch trun fraud --type merge -p '{"spec":{"pod":{"runAsUser":65532}}}'\``,
    ],
  ])('for %s needs a person', (_, status, wantReason, wantWords) => {
    const problem = waitsFor(status);
    expect(problem).toMatchObject({ reason: wantReason, isStalled: true });
    expect(problem?.message).toContain(wantWords);
  });

  it.each([
    ['a free accelerator', '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.', 'no node has 8 × nvidia.com/gpu'],
    ['a node with the product', "0/1 nodes: 1 node(s) didn't match Pod's node affinity/selector.", 'NVIDIA-H100'],
    ['a node', '0/1 nodes are available: 1 node(s) had untolerated taint', 'every node has a taint that the pod'],
  ])('for %s is Unschedulable, and may come to run by itself', (_, message, wantWords) => {
    const problem = waitsFor(unschedulable(message));
    expect(problem).toMatchObject({ reason: 'Unschedulable', isStalled: false });
    expect(problem?.message).toContain(wantWords);
  });

  it('for a container that somebody injected is not told to correct the spec', () => {
    const state = { waiting: { reason: 'ErrImagePull' } };
    const problem = waitsFor(beside(waiting('PodInitializing'), 'initContainerStatuses', 'mesh', state));
    expect(problem).toEqual({
      reason: 'ImagePullFailed',
      message:
        'image registry/mesh:1 of container mesh cannot be pulled. Whoever adds container mesh to pods has to push it or let the nodes read it, ' +
        'and it goes on by itself: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
      isStalled: true,
    });
  });

  it('for a sidecar that crashes is shown its log, and how to end the attempt', () => {
    const status = beside(
      waiting('PodInitializing'),
      'initContainerStatuses',
      'mesh',
      { waiting: { reason: 'CrashLoopBackOff' } },
      { restartCount: 3, lastState: { terminated: { exitCode: 1 } } },
    );
    const problem = waitsFor(status);
    expect(problem).toMatchObject({ reason: 'CrashLooping', isStalled: true });
    expect(problem?.message).toContain('kubectl -n team logs fraud-1-train-abcde -c mesh --previous');
    expect(problem?.message).toContain('kubectl -n team delete job fraud-1-train');
  });

  it('has the words of kubelet and scheduler after the remedy', () => {
    const refusal = waitsFor(waiting('CreateContainerError', 'no such device'))?.message;
    expect(refusal).toMatch(/edit spec: `kubectl -n team edit trun fraud`; the kubelet said: no such device$/);
    const words = waitsFor(unschedulable('0/1 nodes are available: 1 Too many pods.'))?.message;
    expect(words).toMatch(/flyball\.dev\/attempt=fraud-1`; the scheduler said: Too many pods$/);
  });

  it('says the same at every try of the kubelet, so that status is not written again', () => {
    const words = 'failed to resolve reference "registry/fraud-train:1": not found';
    const later = `Back-off pulling image "registry/fraud-train:1": ErrImagePull: ${words}`;
    expect(waitsFor(waiting('ErrImagePull', words))).toEqual(waitsFor(waiting('ImagePullBackOff', later)));
  });

  it.each<[string, Status]>([
    ['is being created', waiting('ContainerCreating')],
    ['was not looked at yet', { phase: 'Pending' }],
    ['runs', running()],
  ])('without a report, because it %s, has no problem', (_, status) => {
    expect(waitsFor(status)).toBeUndefined();
  });
});

describe('A pod that nodes evict', () => {
  const pods = (count: number) => Array.from({ length: count }, (_, index) => podOf(made, evicted(overDisk), index));

  it('is worth a word when it happens for the third time', () => {
    expect(evictionProblem({ ...about, pods: pods(2) })).toBeUndefined();
    const problem = evictionProblem({ ...about, pods: pods(3) });
    expect(problem).toMatchObject({ reason: 'PodsEvicted', isStalled: false });
    expect(problem?.message).toContain('it is made again');
    expect(evictionProblem({ ...about, pods: pods(4) })).toEqual(problem);
  });

  it('is told of by the run, whose training goes on', () => {
    const facts = {
      run,
      key: keyOf(run),
      attempt: attempt,
      isNewest: true,
      edit: () => undefined,
      stage: train,
      later: [],
      job: made,
      retry: 0,
      pods: [...pods(3), podOf(made, running(), 4)],
    };
    const { problem } = conclude(
      {
        ...facts,
        snapshot: () => snapshot(run),
        uid: () => undefined,
        version: undefined,
        versions: [],
        isVanished: false,
        forgedPods: [],
        provenance: 'Compare',
      },
      now,
    );
    expect(problem?.reason).toBe('PodsEvicted');
  });
});

describe('A failed Job', () => {
  it.each<[string, Status, string, string]>([
    ['ran out of memory', exited(137, { reason: 'OOMKilled' }), 'OutOfMemory', 'its limit of 2Gi'],
    ['exited with 1', exited(1, { message: 'KeyError' }), 'CommandFailed', 'the container said: KeyError'],
    ['could not start', exited(128, { reason: 'StartError', message: 'no such file' }), 'CommandNotStarted', 'no such'],
    ['was killed, nobody knows why', exited(137, { reason: 'Error' }), 'CommandKilled', 'raise spec.resources.memory'],
    [
      'found its claim full',
      exited(1, { message: 'OSError: No space left on device' }),
      'NoSpaceLeft',
      'Make room in the',
    ],
    [
      'could not start on a full disk',
      exited(128, { reason: 'StartError', message: 'mkdir /run: no space left on device' }),
      'NoSpaceLeft',
      'the administrator has to act',
    ],
    ['was evicted for its disk', evicted(overDisk), 'Evicted', `the kubelet said: ${overDisk}`],
    ['was evicted for something else', evicted('The node had condition: [PIDPressure].'), 'Evicted', 'PIDPressure'],
    ['was evicted for memory', evicted('The node was low on resource: memory.'), 'Evicted', 'Ask for what'],
    [
      'its node did not take',
      { phase: 'Failed', reason: 'OutOfcpu', message: 'no cpu' },
      'PodFailed',
      'failed with OutOfcpu',
    ],
  ])('whose pod %s says so', (_, status, wantReason, wantWords) => {
    const diagnosis = diagnosisOf(status);
    expect(diagnosis.reason).toBe(wantReason);
    expect(diagnosis.message).toContain(wantWords);
  });

  it('shows the last 512 characters of what the container wrote, as one line', () => {
    const { message } = diagnosisOf(exited(1, { message: `a\n${'b'.repeat(4000)}` }));
    expect(message).toContain(`the container said: …${'b'.repeat(511)}`);
    expect(message.length).toBeLessThan(1024);
  });

  it('is explained by its container also if the API server does not know when it ended', () => {
    const unknown = { finishedAt: null, startedAt: null } as unknown as object;
    const status = { ...exited(3, unknown), startTime: '2026-11-24T10:00:00Z' };
    expect(diagnosisOf(status).reason).toBe('CommandFailed');
  });

  it('whose pods are gone says what the Job says', () => {
    expect(diagnose({ ...about, job: failed(made), pods: [] }, now)).toMatchObject({
      reason: 'JobFailed',
      message: expect.stringContaining('BackoffLimitExceeded'),
    });
  });

  it('whose pod tells nothing does not say that it is gone', () => {
    const { reason, message } = diagnosisOf({ phase: 'Failed' });
    expect(reason).toBe('JobFailed');
    expect(message).toContain('its pod does not tell why');
  });

  it('is explained by the container that failed, with its log, and without a field of the user', () => {
    const state = { terminated: { exitCode: 137, reason: 'Error' } };
    const { reason, message } = diagnosisOf(beside({ phase: 'Failed' }, 'initContainerStatuses', 'mesh', state));
    expect(reason).toBe('CommandKilled');
    expect(message).toContain('the command of container mesh was killed');
    expect(message).toContain('kubectl -n team logs fraud-1-train-abcde -c mesh');
    expect(message).not.toContain('spec.resources');
  });
});

describe('With the longest names and words', () => {
  const key = { namespace: 'n'.repeat(63), name: 'r'.repeat(52) };
  const attemptName = `${key.name}-999999`;
  const jobName = `${attemptName}-train-r999`.slice(0, 63);
  const words = 'w'.repeat(4096);
  const name = 'c'.repeat(253);
  const long = { ...trainingRun({ spec: { image: 'i'.repeat(512), accelerator } }), metadata: key };
  const longJob = failed({ ...job(long), metadata: { ...job(long).metadata, name: jobName } });
  const longest = { ...about, key, attempt: { ...attempt, name: attemptName }, job: longJob };
  const longPod = (status: Status) => podOf(longJob, status);
  const other = (status: Status, state: object) => beside(status, 'initContainerStatuses', 'x'.repeat(63), state);
  const edit = `kubectl -n ${key.namespace} edit trun ${key.name}`;
  const describePods = `kubectl -n ${key.namespace} describe pods -l flyball.dev/attempt=${attemptName}`;
  const rerun = `kubectl -n ${key.namespace} patch trun ${key.name} --type merge -p`;
  const fullDisk = { exitCode: 1, message: `no space left on device ${words}` };

  it.each<[string, Status, string]>([
    ['its image', waiting('ErrImagePull', words), edit],
    ['a missing Secret', waiting('CreateContainerConfigError', `secret "${name}" not found`), edit],
    ['a missing key', waiting('CreateContainerConfigError', `couldn't find key ${name} in Secret team/${name}`), edit],
    ['an image that runs as root', waiting('CreateContainerConfigError', `runAsNonRoot ${words}`), edit],
    ['a refusal', waiting('RunContainerError', words), edit],
    ['a missing claim', unschedulable(`persistentvolumeclaim "${name}" not found ${words}`), edit],
    ['a node', unschedulable(`0/1 nodes are available: 1 ${words}`), describePods],
    [
      'an injected container',
      other(waiting('PodInitializing'), {
        waiting: {
          reason: 'CreateContainerConfigError',
          message: `couldn't find key ${name} in Secret team/${name}`,
        },
      }),
      describePods,
    ],
  ])('the remedy of a pod that waits for %s is whole', (_, status, wantCommand) => {
    const waits = podsAreWaiting({ ...longest, pods: [longPod(status)] }, now)?.problem;
    const message = waits?.message ?? '';
    expect(message).toContain(wantCommand);
    expect(message.length).toBeLessThanOrEqual(1024);
  });

  it.each<[string, Status, string]>([
    ['was evicted', evicted(`disk ${words}`), rerun],
    [
      'could not start',
      exited(128, { reason: 'StartError', message: `exec: "x": executable file not found ${words}` }),
      'edit trun',
    ],
    ['was killed', exited(137, { message: words }), rerun],
    ['failed', exited(1, { message: words }), rerun],
    ['found a disk full', exited(1, fullDisk), rerun],
    ['was not taken', { phase: 'Failed', reason: 'OutOfcpu', message: words }, rerun],
    ['was killed beside', other({ phase: 'Failed' }, { terminated: { exitCode: 137, message: words } }), rerun],
    ['tells nothing', { phase: 'Failed' }, rerun],
  ])('the remedy of a pod that %s is whole, also after the name of its attempt', (_, status, wantCommand) => {
    const { message } = diagnose({ ...longest, pods: [longPod(status)] }, now);
    expect(message).toContain(wantCommand);
    expect(`attempt ${attemptName}: ${message}`.length).toBeLessThanOrEqual(1024);
  });
});
