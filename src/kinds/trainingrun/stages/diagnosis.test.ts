import { describe, expect, it } from '@jest/globals';
import { failed, job, snapshot } from '../../../../test/builders/job.ts';
import { exited, podOf, running, unschedulable, waiting } from '../../../../test/builders/pod.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { Attempt } from '../../../api/types.ts';
import { keyOf } from '../../../api/resource.ts';
import { conclude } from './conclude.ts';
import { evictionProblem } from './eviction.ts';
import { diagnose, isDisrupted } from './failure.ts';
import { waitingProblem } from './waiting.ts';

const accelerator = { resource: 'nvidia.com/gpu', count: 8, product: 'NVIDIA-H100' };
const run = trainingRun({ spec: { resources: { memory: '2Gi' }, accelerator } });
const made = job(run);
type Status = ReturnType<typeof running>;
const waitsFor = (status: Status) => waitingProblem(keyOf(run), 'fraud-1', made, [podOf(made, status)]);
const now = new Date('2026-11-24T10:10:00Z');
const { recipeDigest, trigger, coversUntil } = snapshot(run);
const attempt: Attempt = { name: 'fraud-1', number: 1, recipeDigest, trigger, coversUntil, startTime: coversUntil };
const overDisk = 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi';
const evicted = (message: string): Status => ({ ...exited(137), reason: 'Evicted', message });
const diagnosisOf = (status: Status) => diagnose(keyOf(run), failed(made), [podOf(made, status)]);

describe('A pod that waits', () => {
  it.each([
    ['ErrImagePull', waiting('ErrImagePull', 'rpc error'), 'ImagePullFailed', 'registry/fraud-train:1'],
    ['ImagePullBackOff', waiting('ImagePullBackOff'), 'ImagePullFailed', 'kubectl -n team delete job fraud-1-train'],
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
  ])('for %s needs a person', (_, status, wantReason, wantWords) => {
    const problem = waitsFor(status);
    expect(problem).toMatchObject({ reason: wantReason, isStalled: true });
    expect(problem?.message).toContain(wantWords);
  });

  it.each([
    ['a free accelerator', '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.', 'no node has 8 × nvidia.com/gpu'],
    ['a node with the product', "0/1 nodes: 1 node(s) didn't match Pod's node affinity/selector.", 'NVIDIA-H100'],
    ['a node', '0/1 nodes are available: 1 node(s) had untolerated taint', 'no node takes the pod'],
  ])('for %s is Unschedulable, and may come to run by itself', (_, message, wantWords) => {
    const problem = waitsFor(unschedulable(message));
    expect(problem).toMatchObject({ reason: 'Unschedulable', isStalled: false });
    expect(problem?.message).toContain(wantWords);
  });

  it('says the same at every try of the kubelet, so that status is not written again', () => {
    expect(waitsFor(waiting('ErrImagePull', 'one'))).toEqual(waitsFor(waiting('ImagePullBackOff', 'other')));
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
    expect(evictionProblem(keyOf(run), pods(2))).toBeUndefined();
    const problem = evictionProblem(keyOf(run), pods(3));
    expect(problem).toMatchObject({ reason: 'PodsEvicted', isStalled: false });
    expect(problem?.message).toContain('it is made again');
    expect(evictionProblem(keyOf(run), pods(4))).toEqual(problem);
  });

  it('is told of by the run, whose training goes on', () => {
    const subject = {
      run,
      key: keyOf(run),
      attempt: attempt,
      jobs: [made],
      pods: [...pods(3), podOf(made, running(), 4)],
    };
    const { problem } = conclude(
      { ...subject, snapshot: snapshot(run), version: undefined, versions: [], isVanished: false },
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
      'DiskFull',
      'Make room in the',
    ],
    [
      'could not start on a full disk',
      exited(128, { reason: 'StartError', message: 'mkdir /run: no space left on device' }),
      'DiskFull',
      'the administrator has to act',
    ],
    ['was evicted for its disk', evicted(overDisk), 'Evicted', `the kubelet said: ${overDisk}`],
    ['was evicted for something else', evicted('The node had condition: [PIDPressure].'), 'Evicted', 'Ask for what'],
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

  it('shows no more than 512 characters of what the container wrote, as one line', () => {
    const { message } = diagnosisOf(exited(1, { message: `a\n${'b'.repeat(4000)}` }));
    expect(message).toContain(`the container said: a ${'b'.repeat(509)}…`);
    expect(message.length).toBeLessThan(1024);
  });

  it('whose pods are gone says what the Job says', () => {
    expect(diagnose(keyOf(run), failed(made), [])).toMatchObject({
      reason: 'JobFailed',
      message: expect.stringContaining('BackoffLimitExceeded'),
    });
  });

  it('was disrupted if its failure rule says so, or a pod still does', () => {
    const pod = podOf(made, { phase: 'Failed', conditions: [{ type: 'DisruptionTarget', status: 'True' }] });
    expect(isDisrupted(failed(made, 'PodFailurePolicy'), [])).toBe(true);
    expect(isDisrupted(failed(made), [pod])).toBe(true);
    expect(isDisrupted(failed(made), [podOf(made, exited(1))])).toBe(false);
  });
});
