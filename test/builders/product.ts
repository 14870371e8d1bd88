import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Attempt, Condition, IModelDeployment, ITrainingRun } from '../../src/api/types.ts';
import { label, managedBy } from '../../src/api/labels.ts';
import { keyOf, ownerReference, type Resource } from '../../src/api/resource.ts';
import type { ProductObjects } from '../../src/product/objects.ts';
import { completed, job } from './job.ts';
import { artifact, modelDeployment } from './modeldeployment.ts';
import { modelVersion } from './modelversion.ts';
import { attempt, monitor } from './monitor.ts';
import { podOf, running, succeeded } from './pod.ts';
import { replicaSetOf } from './replicaset.ts';
import { trainingRun } from './trainingrun.ts';

export const now = new Date('2026-11-24T10:10:00Z');

export function condition(type: string, status: Condition['status'], reason: string, message: string): Condition {
  return { type, status, reason, message, lastTransitionTime: '2026-11-24T10:07:00Z' };
}

/** One that ended three minutes after it started. */
export function endedAttempt(number: number, verdict: NonNullable<Attempt['verdict']>, fields: Partial<Attempt> = {}) {
  const startTime = `2026-11-24T0${number}:00:00Z`;
  const endTime = `2026-11-24T0${number}:03:00Z`;
  const name = `fraud-${number}-train`;
  return attempt(number, {
    verdict,
    startTime,
    endTime,
    stages: [{ name: 'Train', job: name, state: 'Passed', startTime, endTime }],
    ...fields,
  });
}

/** The product fraud: fraud-3 is rolled out beside fraud-1, the gate refused fraud-2, fraud-4 trains, and drift is too high. */
export function product(): ProductObjects {
  const run = followedRun();
  const jobs = [completed(job(run, { number: 3 })), job(run, { number: 4 })];
  const deployment = rolledOut();
  const workloads = [workload(deployment, '0a1b2c3d', 1), workload(deployment, 'deadbeef', 1)];
  const replicaSets = workloads.map(replicaSetOf);
  return {
    runs: [run],
    versions: [1, 3].map((number) =>
      modelVersion(number, {
        ...artifact(number),
        trainingRunUID: 'run-uid',
        metric: `f1=0.9${number}`,
        shortDigest: `${number}e6a09b7c2d4`,
      }),
    ),
    deployments: [deployment],
    monitors: [watching()],
    jobs,
    workloads,
    replicaSets,
    pods: [
      { ...podOf(jobs[0]!, succeeded('{}')), spec: { nodeName: 'node-1', containers: [] } },
      { ...podOf(jobs[1]!, running()), spec: { nodeName: 'node-2', containers: [{ name: 'main' }] } },
      servingPod(replicaSets[0]!, true),
      servingPod(replicaSets[1]!, false),
    ],
  };
}

function followedRun(): ITrainingRun {
  const startTime = '2026-11-24T10:08:00Z';
  return trainingRun({
    spec: { gate: [{ metric: 'f1', min: 0.9 }], schedule: '0 12 * * *' },
    status: {
      observedGeneration: 1,
      conditions: [condition('Succeeded', 'True', 'Registered', 'ModelVersion fraud-3 is registered')],
      latestVersion: { name: 'fraud-3', uid: 'uid-version-3' },
      versions: [1, 3].map((number) => ({ name: `fraud-${number}`, uid: `uid-version-${number}` })),
      metric: 'f1=0.93',
      nextAttemptTime: '2026-11-24T12:00:00Z',
      attempts: [
        endedAttempt(1, 'Registered', { metrics: { f1: '0.91' } }),
        endedAttempt(2, 'GateFailed', {
          metrics: { f1: '0.85' },
          message: 'f1 0.85 is below min 0.9. Train it better',
        }),
        endedAttempt(3, 'Registered', { metrics: { f1: '0.93' } }),
        attempt(4, {
          trigger: { type: 'Monitor', name: 'fraud', reason: 'PSI of amount 0.31 over its limit 0.2', time: startTime },
          startTime,
          stages: [{ name: 'Train', job: 'fraud-4-train', state: 'Running', ran: true, startTime }],
        }),
      ],
    },
  });
}

function rolledOut(): IModelDeployment {
  const role = (number: number, revision: string) => ({
    revision,
    version: `fraud-${number}`,
    uri: artifact(number).uri,
    since: `2026-11-24T0${number}:05:00Z`,
  });
  const ready =
    'fraud-1 (revision 0a1b2c3d) serves at http://fraud.team.svc. fraud-3 (revision deadbeef) is rolled out beside it.';
  return modelDeployment({
    spec: {
      replicas: 2,
      rollout: { steps: [{ weight: 50, hold: '10m' }], analysis: [{ name: 'errors', errors: {}, max: 0.01 }] },
    },
    status: {
      observedGeneration: 1,
      conditions: [
        condition('Ready', 'True', 'RollingOut', ready),
        condition('Reconciling', 'True', 'Holding', 'fraud-3 (revision deadbeef) holds weight 50 for 10m'),
      ],
      pods: '2/2',
      stable: role(1, '0a1b2c3d'),
      candidate: {
        ...role(3, 'deadbeef'),
        name: 'fraud-3',
        step: 0,
        weight: 50,
        weightSince: '2026-11-24T10:02:00Z',
        holdUntil: '2026-11-24T10:12:00Z',
        steps: [
          {
            weight: 50,
            since: '2026-11-24T10:02:00Z',
            values: [{ name: 'errors', value: '0.002', samples: 431, sampledAt: '2026-11-24T10:09:45Z' }],
          },
        ],
      },
      weight: 50,
      url: 'http://fraud.team.svc',
    },
  });
}

const managed = { [label.managedBy]: managedBy };

function workload(deployment: IModelDeployment, revision: string, replicas: number): IDeployment {
  const { namespace, name } = keyOf(deployment);
  const labels = { 'flyball.dev/revision': revision };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: `${name}-${revision}`,
      namespace,
      uid: `uid-${revision}`,
      labels: managed,
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels: { ...managed, ...labels } }, spec: { containers: [] } },
    },
  };
}

function servingPod(owner: Resource, ready: boolean): IPod {
  const { namespace, name } = keyOf(owner);
  const state = { running: { startedAt: '2026-11-24T10:01:00Z' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-x7k2p`,
      namespace,
      uid: `uid-${name}-pod`,
      labels: managed,
      ownerReferences: [ownerReference(owner)],
    },
    spec: { nodeName: 'node-1', containers: [{ name: 'main' }] },
    status: {
      phase: 'Running',
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Ready', status: ready ? 'True' : 'False' },
      ],
      containerStatuses: [
        { name: 'main', image: 'a', imageID: '', ready, started: true, restartCount: ready ? 0 : 2, state },
      ],
    },
  };
}

function watching() {
  return monitor(
    {
      checks: [
        { name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h' }, max: 0.2 },
        { name: 'errors', errors: {}, max: 0.01 },
      ],
    },
    {
      observedGeneration: 1,
      failing: 'drift',
      passing: '1/2',
      conditions: [
        condition('Ready', 'True', 'Measuring', 'All checks are measured.'),
        condition(
          'ChecksPassed',
          'False',
          'ChecksFail',
          'drift: PSI of amount 0.31 over its limit 0.2 on 4,200 samples of revision 0a1b2c3d',
        ),
      ],
      checks: [
        {
          name: 'drift',
          verdict: 'Failing',
          since: '2026-11-24T10:07:00Z',
          value: '0.31',
          samples: 4200,
          reason: 'OutOfBounds',
          message: 'PSI of amount 0.31 over its limit 0.2 on 4,200 samples of revision 0a1b2c3d',
        },
        {
          name: 'errors',
          verdict: 'Passing',
          since: '2026-11-24T08:07:00Z',
          value: '0.001',
          samples: 9100,
          message: 'share of errors 0.1% on 9,100 samples of revision 0a1b2c3d',
        },
      ],
    },
  );
}

/** All of them, as a server holds them. */
export function listed(objects: ProductObjects): Resource[] {
  return Object.values(objects).flat();
}
