import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { beside, unschedulable, waiting } from '../../../../test/builders/pod.ts';
import { healthOf } from './health.ts';

type PodStatus = NonNullable<IPod['status']>;

const now = new Date('2026-11-24T12:00:00Z');

const subject = { key: { namespace: 'team', name: 'fraud' }, revision: '0a1b2c3d' };

function pod(status: PodStatus): IPod {
  const labels = { 'flyball.dev/model-deployment': 'fraud', 'flyball.dev/revision': '0a1b2c3d' };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x', namespace: 'team', labels }, status };
}

function server(fields: { ready?: boolean; started?: boolean; restarts?: number; startedAt?: string }): PodStatus {
  const { ready = false, started = false, restarts = 0, startedAt = '2026-11-24T11:59:00Z' } = fields;
  const lastState = restarts > 0 ? { terminated: { exitCode: 137, reason: 'OOMKilled' } } : {};
  return {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    containerStatuses: [
      {
        name: 'main',
        image: 'x',
        imageID: '',
        ready,
        started,
        restartCount: restarts,
        state: { running: { startedAt } },
        lastState,
      },
    ],
  };
}

const facts = { refusal: undefined, subject };

function judged(...statuses: readonly PodStatus[]) {
  return healthOf({ ...facts, pods: statuses.map(pod) }, now);
}

describe('A pod that the kubelet threw out', () => {
  const made = (minute: number, status: PodStatus): IPod => {
    const one = pod(status);
    const creationTimestamp = `2026-11-24T11:${minute}:00Z`;
    return { ...one, metadata: { ...one.metadata, name: `x-${minute}`, creationTimestamp } };
  };
  const message = 'Usage of EmptyDir volume "flyball-storage" exceeds the limit "1Gi". ';
  const evicted: PodStatus = { phase: 'Failed', reason: 'Evicted', message };
  const ready = server({ ready: true, started: true });
  const health = (...pods: readonly IPod[]) => healthOf({ ...facts, pods }, now);

  it('is told with what the kubelet said and what helps, as long as the one in its place is not ready', () => {
    expect(health(made(50, evicted), made(52, evicted), made(55, server({})))).toMatchObject({
      type: 'Held',
      reason: 'Evicted',
      message: expect.stringMatching(/evicted the pod.*spec\.server\.storage\.volume.*exceeds the limit "1Gi"/s),
    });
    expect(health(made(50, evicted))).toMatchObject({ type: 'Held', reason: 'Evicted' });
    expect(health(made(20, ready), made(50, evicted), made(51, server({})))).toMatchObject({ reason: 'Evicted' });
  });

  it('is overcome once that is ready, and says nothing of others that start later', () => {
    expect(health(made(50, evicted), made(52, ready))).toEqual({ type: 'Healthy' });
    expect(health(made(50, evicted), made(52, ready), made(59, server({}))).type).toBe('Starting');
    expect(health(made(20, ready), made(50, evicted))).toEqual({ type: 'Healthy' });
    const scaledToZero = { ...facts, pods: [made(50, evicted)], isWanted: false };
    expect(healthOf(scaledToZero, now)).toEqual({ type: 'Healthy' });
  });

  it('matters less than what is wrong with the one in its place', () => {
    const crashing = server({ restarts: 3 });
    expect(health(made(50, evicted), made(55, crashing))).toMatchObject({ type: 'Guilty' });
    expect(health(made(50, evicted), made(55, waiting('ImagePullBackOff')))).toMatchObject({
      reason: 'ImagePullFailed',
    });
  });
});

describe('The health of a revision', () => {
  it('is good when all its pods are ready, and when there are none yet', () => {
    expect(judged(server({ ready: true, started: true }))).toEqual({ type: 'Healthy' });
    expect(judged()).toEqual({ type: 'Healthy' });
  });

  it('is guilty when the server crashed three times, whatever else is wrong', () => {
    const health = judged(waiting('ImagePullBackOff'), server({ restarts: 3 }));
    expect(health).toMatchObject({ type: 'Guilty', reason: 'OutOfMemory' });
    expect(health).toMatchObject({
      message: expect.stringContaining('`kubectl -n team logs x -c main --previous`'),
    });
  });

  it('is not guilty of two crashes', () => {
    expect(judged(server({ restarts: 2 })).type).toBe('Starting');
  });

  it('is not spoilt by crashes of a server that has shown that it works, and works again', () => {
    const pods = [server({ restarts: 3, ready: true, started: true }), server({ started: true })].map(pod);
    expect(healthOf({ ...facts, pods, isProven: true }, now).type).toBe('Starting');
    const crashed = [server({ restarts: 3, started: true }), server({ ready: true, started: true })].map(pod);
    expect(healthOf({ ...facts, pods: crashed, isProven: true }, now).type).toBe('Guilty');
  });

  it('waits for what is not its server without a time that is over, which would be looked at without end', () => {
    const beginning = server({ ready: true, started: true, startedAt: '2026-11-24T11:00:00Z' });
    const status = beside(
      { ...beginning, conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-11-24T11:00:00Z' }] },
      'containerStatuses',
      'mesh',
      { running: { startedAt: '2026-11-24T11:00:00Z' } },
    );
    const health = judged(status);
    expect(health).toMatchObject({ type: 'Starting', waits: { finding: { container: 'mesh' } } });
    expect(health).not.toHaveProperty('within');
    expect(judged(status, server({ startedAt: '2026-11-24T11:29:00Z' }))).toMatchObject({ reason: 'NeverReady' });
  });

  it('is guilty when the server ran for half an hour without getting ready', () => {
    expect(judged(server({ startedAt: '2026-11-24T11:29:59Z' }))).toMatchObject({
      type: 'Guilty',
      reason: 'NeverReady',
    });
  });

  it('says how long the server may still take', () => {
    const health = judged(server({ startedAt: '2026-11-24T11:31:00Z' }));
    expect(health).toMatchObject({ type: 'Starting', within: 60_000 });
  });

  it('counts the time of a server that was ready before from when it stopped to be', () => {
    const status = server({ started: true, startedAt: '2026-11-24T01:00:00Z' });
    const since = (lastTransitionTime: string) =>
      healthOf(
        {
          ...facts,
          isProven: true,
          pods: [pod({ ...status, conditions: [{ type: 'Ready', status: 'False', lastTransitionTime }] })],
        },
        now,
      );
    expect(since('2026-11-24T11:31:00Z')).toMatchObject({ type: 'Starting', within: 60_000 });
    expect(since('2026-11-24T11:29:59Z')).toMatchObject({ type: 'Guilty', reason: 'NotReady' });
  });

  it('counts the time of a server that has shown nothing yet from its start, however often it was ready for a moment', () => {
    const status = server({ started: true, startedAt: '2026-11-24T11:29:59Z' });
    const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime: '2026-11-24T11:59:59Z' }];
    expect(judged({ ...status, conditions })).toMatchObject({ type: 'Guilty', reason: 'NotReady' });
  });

  it('is blocked, not guilty, when no node has room', () => {
    const health = judged(unschedulable('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'));
    expect(health).toMatchObject({ type: 'Blocked', reason: 'Unschedulable' });
    expect(health).toMatchObject({ message: expect.stringContaining('Insufficient nvidia.com/gpu') });
  });

  it.each([
    ['image cannot be pulled', waiting('ImagePullBackOff'), 'ImagePullFailed'],
    ['image has no valid name', waiting('InvalidImageName'), 'ImagePullFailed'],
    ['secret is missing', waiting('CreateContainerConfigError', 'secret "token" not found'), 'SecretMissing'],
    [
      'secret lacks a key',
      waiting('CreateContainerConfigError', "couldn't find key a in Secret team/b"),
      'SecretMissing',
    ],
    [
      'image runs as root',
      waiting('CreateContainerConfigError', 'container has runAsNonRoot and image will run as root'),
      'RunAsRoot',
    ],
    ['container is refused otherwise', waiting('CreateContainerError', 'no such device'), 'ContainerRefused'],
    ['claim is missing', unschedulable('persistentvolumeclaim "models" not found. not found'), 'ClaimMissing'],
  ])('is held until the user acts, not rejected, when its %s', (_, status, wantReason) => {
    expect(judged(status)).toMatchObject({ type: 'Held', reason: wantReason });
  });

  it('is held, not guilty, when a container beside the server crashes', () => {
    const status = beside(
      server({ restarts: 1 }),
      'initContainerStatuses',
      'observer',
      { waiting: { reason: 'CrashLoopBackOff' } },
      { restartCount: 3, lastState: { terminated: { exitCode: 2, reason: 'Error' } } },
    );
    expect(judged(status)).toMatchObject({
      type: 'Held',
      reason: 'CrashLooping',
      message:
        'Container observer crashed more than 2 times (Error, exit code 2). Read why and tell the administrator of Flyball: ' +
        '`kubectl -n team logs x -c observer --previous`.',
    });
  });

  it('names the observer whose image cannot be pulled, and no field of the user', () => {
    const state = { waiting: { reason: 'ImagePullBackOff' } };
    expect(judged(beside(waiting('PodInitializing'), 'initContainerStatuses', 'observer', state))).toMatchObject({
      type: 'Held',
      message:
        'Image registry/observer:1 of container observer cannot be pulled. The administrator of Flyball has to push it or let the ' +
        'nodes read it: `kubectl -n team describe pods -l flyball.dev/model-deployment=fraud,flyball.dev/revision=0a1b2c3d`.',
    });
  });

  it.each([
    [waiting('ErrImagePull'), 'or correct spec.server.image: `kubectl -n team edit mdep fraud`.'],
    [
      waiting('CreateContainerConfigError', 'secret "token" not found'),
      'or correct spec.server.env: `kubectl -n team edit mdep fraud`.',
    ],
    [
      unschedulable('persistentvolumeclaim "models" not found.'),
      'Create it: `kubectl -n team get pvc`; or correct spec.model: `',
    ],
    [waiting('CreateContainerError', 'no such device'), 'edit mdep fraud`; the kubelet said: no such device.'],
  ])('says which field may be wrong', (status, wantWords) => {
    expect(judged(status)).toHaveProperty('message', expect.stringContaining(wantWords));
  });

  it.each([
    waiting('RunContainerError', 'w'.repeat(4096)),
    waiting('CreateContainerConfigError', `couldn't find key ${'k'.repeat(253)} in Secret team/${'s'.repeat(253)}`),
    waiting('ErrImagePull', 'w'.repeat(4096)),
    unschedulable(`0/1 nodes are available: 1 ${'w'.repeat(4096)}`),
    unschedulable(`persistentvolumeclaim "${'c'.repeat(253)}" not found`),
  ])('leaves room in a condition for what is said around it, whatever was said', (status) => {
    const health = judged(status);
    expect(health).toHaveProperty('message', expect.stringMatching(/correct spec\.|describe pods/));
    expect('message' in health && health.message.length).toBeLessThanOrEqual(700);
  });

  it('leaves out pods that failed, since others were made in their place', () => {
    expect(judged({ phase: 'Failed', reason: 'Terminated' })).toEqual({ type: 'Healthy' });
  });

  it('is held when the API server refuses its pods', () => {
    const health = healthOf({ ...facts, refusal: 'exceeded quota: gpus', pods: [] }, now);
    expect(health).toMatchObject({ type: 'Held', reason: 'PodsForbidden' });
    expect(health).toMatchObject({ message: expect.stringContaining('exceeded quota: gpus') });
  });

  it('is held so where a quota asks for an amount that the observer does not set, and told where to set it', () => {
    const refusal =
      'pods "serve-x" is forbidden: failed quota: q: must specify limits.cpu for: observer; limits.memory for: main';
    expect(healthOf({ ...facts, refusal, pods: [] }, now)).toMatchObject({
      message: expect.stringContaining('set spec.observe.resources, such as {cpu: "1", memory: 256Mi}'),
    });
  });

  it.each([
    [
      'error looking up service account team/absent: serviceaccount "absent" not found',
      'ServiceAccount absent does not exist. Create it, or see which there are, and it goes on by itself: `kubectl -n team get serviceaccount`; or correct spec.server.pod.serviceAccountName',
    ],
    [
      'no PriorityClass with name absent was found',
      'PriorityClass absent does not exist. Create it, or see which there are, and it goes on by itself: `kubectl get priorityclass`; or correct spec.server.pod.priorityClassName',
    ],
    [
      'pod rejected: RuntimeClass "absent" not found',
      'RuntimeClass absent does not exist. Create it, or see which there are, and it goes on by itself: `kubectl get runtimeclass`; or correct spec.server.pod.runtimeClassName',
    ],
  ])('is held where its pods name what is not there: %s', (words, want) => {
    const refusal = `pods "fraud-0a1b2c3d-7db786bcf9-" is forbidden: ${words}`;
    const health = healthOf({ ...facts, refusal, pods: [] }, now);
    expect(health).toMatchObject({ type: 'Held', reason: 'PodsForbidden', message: expect.stringContaining(want) });
  });

  it('is held where its image runs as root, and told the command that says as whom it runs', () => {
    const words = 'container has runAsNonRoot and image will run as root (pod: "x_team(u)", container: main)';
    expect(judged(waiting('CreateContainerConfigError', words))).toMatchObject({
      type: 'Held',
      reason: 'RunAsRoot',
      message: expect.stringContaining(
        `Set spec.server.pod.runAsUser to one that it can run as: \`kubectl -n team patch mdep fraud --type merge -p '{"spec":{"server":{"pod":{"runAsUser":65532}}}}'\``,
      ),
    });
  });

  it('leaves out pods that are on their way out', () => {
    const going = { ...pod(server({ restarts: 9 })) };
    const pods = [{ ...going, metadata: { ...going.metadata, deletionTimestamp: '2026-11-24T11:59:59Z' } }];
    expect(healthOf({ ...facts, pods }, now)).toEqual({ type: 'Healthy' });
  });
});
