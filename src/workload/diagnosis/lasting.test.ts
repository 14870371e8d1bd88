import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { ill, report, since, ten } from '../../../test/builders/ill.ts';
import { job } from '../../../test/builders/job.ts';
import { podOf } from '../../../test/builders/pod.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { findingOf, stillWaiting } from './index.ts';

type Status = NonNullable<IPod['status']>;

const now = new Date('2026-11-24T10:11:00Z');
const training = { container: 'spec', claims: 'spec.output', pod: 'spec.pod' };
const serving = {
  container: 'spec.server',
  claims: 'spec.model',
  pod: 'spec.server.pod',
  ours: ['observer'],
  serves: true,
} as const;
const pod = podOf(job(trainingRun()));
const sidecar = { name: 'mesh', restartPolicy: 'Always' };
const running = { running: { startedAt: ten } };
const initializing = report('main', { waiting: { reason: 'PodInitializing' } });
const scheduled = since({ PodScheduled: 'True', PodReadyToStartContainers: 'True', Initialized: 'True' });

/** What a pod of a training waits for. */
function waits(status: Status, containers: Omit<Parameters<typeof ill>[1], 'pod'> = {}) {
  const one = ill({ phase: 'Pending', ...status }, { pod, ...containers });
  expect(findingOf([one], training)).toBeUndefined();
  return stillWaiting([one], training, now);
}

describe('What lasts', () => {
  it.each<[string, Status, Omit<Parameters<typeof ill>[1], 'pod'>, object]>([
    [
      'an init container that hangs',
      { initContainerStatuses: [report('setup', running)], containerStatuses: [initializing] },
      { init: [{ name: 'setup' }] },
      { reason: 'InitRunning', owner: 'Injected', container: 'setup', evidence: { type: 'Log', container: 'setup' } },
    ],
    [
      'a sidecar that never counts as started',
      { initContainerStatuses: [report('mesh', running, { started: false })], containerStatuses: [initializing] },
      {
        init: [
          {
            ...sidecar,
            startupProbe: { httpGet: { path: '/ready', port: 'status' } },
            ports: [{ name: 'status', containerPort: 15021 }],
          },
        ],
      },
      {
        reason: 'NotReady',
        owner: 'Injected',
        what: 'container mesh runs and counts as not started, so that the others wait: its startupProbe asks GET /ready of port 15021',
      },
    ],
    [
      'volumes and sandbox that the kubelet cannot set up',
      {
        conditions: since({ PodScheduled: 'True', PodReadyToStartContainers: 'False' }),
        containerStatuses: [report('main', { waiting: { reason: 'ContainerCreating' } })],
      },
      {},
      { reason: 'PodNotSetUp', what: expect.stringContaining('PodReadyToStartContainers'), evidence: { type: 'Pods' } },
    ],
    [
      'an image that takes its time',
      { conditions: scheduled, containerStatuses: [report('main', { waiting: { reason: 'ContainerCreating' } })] },
      {},
      { reason: 'ContainerCreating', what: 'the container has not started (ContainerCreating)', isMain: true },
    ],
    [
      'a sidecar whose turn it is',
      {
        initContainerStatuses: [report('mesh', { waiting: { reason: 'CrashLoopBackOff' } }, { restartCount: 1 })],
        containerStatuses: [initializing],
      },
      { init: [sidecar] },
      { reason: 'ContainerCreating', what: 'container mesh has not started (CrashLoopBackOff)', owner: 'Injected' },
    ],
    ['a kubelet that says nothing', { conditions: scheduled }, {}, { reason: 'NotReported', since: ten }],
    [
      'a container that runs on after the user’s',
      {
        phase: 'Running',
        conditions: scheduled,
        containerStatuses: [
          report('main', { terminated: { exitCode: 0, finishedAt: ten } }),
          report('mesh', running, { ready: true }),
        ],
      },
      { beside: [{ name: 'mesh' }] },
      {
        reason: 'SidecarRunning',
        owner: 'Injected',
        what: 'the command ended with exit code 0, and the pod does not end since container mesh runs on',
      },
    ],
  ])('is told by what is seen: %s', (_, status, containers, want) => {
    expect(waits(status, containers)).toMatchObject({ move: 'Wait', lasts: true, since: ten, ...want });
  });

  it('is a scheduling gate, which whoever put it there has to take away', () => {
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', lastTransitionTime: ten }];
    const gated = { ...pod, spec: { containers: [], ...pod.spec, schedulingGates: [{ name: 'example.com/quota' }] } };
    const finding = stillWaiting([{ ...gated, status: { phase: 'Pending', conditions } }], training, now);
    expect(finding).toMatchObject({ reason: 'SchedulingGated', owner: 'Injected', since: ten });
    expect(finding?.what).toContain('the scheduling gate example.com/quota');
  });

  it('is a scheduler that says nothing', () => {
    const asked = { ...pod, metadata: { ...pod.metadata, creationTimestamp: ten } };
    const spec = { containers: [], ...pod.spec, schedulerName: 'volcano' };
    const finding = stillWaiting([{ ...asked, spec, status: { phase: 'Pending' } }], training, now);
    expect(finding).toMatchObject({ reason: 'NotScheduled', since: ten });
    expect(finding?.what).toContain('(volcano)');
  });

  it('is told of the pod that waits longest', () => {
    const later = '2026-11-24T10:05:00Z';
    const waiting = (index: number, startTime: string) =>
      ill(
        { phase: 'Pending', conditions: since({ PodScheduled: 'True' }), startTime },
        { pod: podOf(job(trainingRun()), {}, index) },
      );
    const pods = [waiting(0, later), waiting(1, ten)];
    expect(stillWaiting(pods, training, now)?.since).toBe(ten);
    expect(stillWaiting(pods.toReversed(), training, now)?.since).toBe(ten);
  });

  it.each<[string, Status]>([
    ['trains', { phase: 'Running', conditions: scheduled, containerStatuses: [report('main', running)] }],
    ['ended', { phase: 'Succeeded', containerStatuses: [report('main', { terminated: { exitCode: 0 } })] }],
  ])('is nothing where a pod %s', (_, status) => {
    expect(waits(status)).toBeUndefined();
  });
});

describe('A node that is lost', () => {
  const healthy: Status = {
    phase: 'Running',
    conditions: since({ PodScheduled: 'True', Initialized: 'True', ContainersReady: 'True', Ready: 'False' }),
    containerStatuses: [report('main', running, { ready: true, started: true })],
  };

  it('shows in a pod that others than the kubelet mark as not ready', () => {
    expect(waits(healthy)).toMatchObject({
      reason: 'NodeLost',
      since: ten,
      evidence: { type: 'Node', name: 'gpu-1' },
      what: expect.stringContaining('node gpu-1'),
    });
  });

  it('shows in a pod that has to go and does not', () => {
    const going = (deletionTimestamp: string) => {
      const lost = ill(healthy, { pod });
      return stillWaiting([{ ...lost, metadata: { ...lost.metadata, deletionTimestamp } }], training, now);
    };
    expect(going('2026-11-24T10:09:00Z')).toMatchObject({ reason: 'NodeLost', since: '2026-11-24T10:09:00Z' });
  });

  it.each(['2026-11-24T10:10:30Z', '2026-11-24T10:12:00Z'])('is not thought of a pod that goes until %s', (by) => {
    const conditions = since({ PodScheduled: 'True', ContainersReady: 'False', Ready: 'False' });
    const leaving = ill({ ...healthy, conditions }, { pod });
    const going = { ...leaving, metadata: { ...leaving.metadata, deletionTimestamp: by } };
    expect(stillWaiting([going], training, now)).toBeUndefined();
  });

  it.each<Status>([
    { phase: 'Unknown' },
    { phase: 'Running', reason: 'NodeLost', message: 'Node gpu-1 is unresponsive' },
  ])('shows in what the cluster says of the pod: %j', (status) => {
    expect(stillWaiting([ill(status, { pod })], training, now)).toMatchObject({ reason: 'NodeLost' });
  });
});

describe('A server that is not ready', () => {
  const probe = { httpGet: { path: '/v2/health/ready', port: 8080 } };
  const main = { name: 'main', startupProbe: probe, readinessProbe: { tcpSocket: { port: 9000 } } };
  const server = { ...pod, spec: { containers: [main] } };
  const judge = (containerStatuses: Status['containerStatuses'], conditions: Status['conditions'] = []) => {
    const status: Status = { phase: 'Running', conditions, ...(containerStatuses && { containerStatuses }) };
    return stillWaiting([ill(status, { pod: server, beside: [{ name: 'mesh' }] })], serving, now);
  };

  it('is told by the probe that it does not answer', () => {
    expect(judge([report('main', running, { started: false })])).toMatchObject({
      reason: 'NotReady',
      isMain: true,
      field: 'spec.server.port',
      what: 'the container runs and is not ready: its startupProbe asks GET /v2/health/ready of port 8080',
      since: ten,
    });
    expect(judge([report('main', running, { started: true })])?.what).toContain(
      'its readinessProbe asks whether port 9000 is open',
    );
  });

  it('is not ready since it stopped to be', () => {
    const lastTransitionTime = '2026-11-24T10:05:00Z';
    const lost = [{ type: 'Ready', status: 'False', lastTransitionTime }];
    expect(judge([report('main', running, { started: true })], lost)?.since).toBe(lastTransitionTime);
  });

  it('may wait for what others put beside it', () => {
    const ready = report('main', running, { started: true, ready: true });
    expect(judge([ready, report('mesh', running)])).toMatchObject({
      reason: 'NotReady',
      owner: 'Injected',
      what: 'container mesh runs and is not ready, so that the pod is not',
    });
    expect(judge([ready, report('mesh', running)], since({ Ready: 'True' }))).toBeUndefined();
  });

  it.each([
    [{ grpc: { port: 9000 } }, 'the gRPC health service of port 9000'],
    [{ exec: { command: ['check'] } }, 'a command in it'],
  ])('is asked by %j', (startupProbe, want) => {
    const asked = { ...pod, spec: { containers: [{ name: 'main', startupProbe }] } };
    const status: Status = { phase: 'Running', containerStatuses: [report('main', running)] };
    expect(stillWaiting([ill(status, { pod: asked })], serving, now)?.what).toContain(want);
  });
});
