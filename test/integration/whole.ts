import type { IModelDeployment, IModelVersion, ITrainingRun } from '../../src/api/types.ts';
import { digest, modelDeployment, modelVersion, trainingRun } from './objects.ts';
import { wholeContainer, wholePod } from './wholepod.ts';
import { storedModelDeployments, storedTrainingRuns, wholeStorage } from './wholestorage.ts';

const time = '2026-11-24T10:00:00Z';
const trigger = { type: 'Monitor', name: 'fraud', reason: 'drift is 0.4, above 0.2', time } as const;
const env = [
  { name: 'LOG_LEVEL', value: '' },
  { name: 'TOKEN', secretKeyRef: { name: 'bucket', key: 'token' } },
];
const accelerator = { resource: 'nvidia.com/gpu', count: 8, product: 'NVIDIA-H100-80GB-HBM3' };
const source = { repository: 'https://git.example.com/fraud', revision: 'main' };
const command = ['python', '-m', 'train'];
const args = ['--epochs=3', ''];
const uri = 'pvc://models/teams/a_1/fraud.d';
const datasets = [{ name: 'train', uri: 'pvc://data/fraud/train.csv', digest }];
const parameters = { lr: '0.1', 'batch-size': '32' };
const storage = wholeStorage({ emptyDir: { sizeLimit: '100Gi' } });
const conditions = [
  { type: 'Ready', status: 'True', reason: 'Ok', message: '', lastTransitionTime: time, observedGeneration: 3 },
] as const;
const gate = [
  {
    metric: 'f1',
    rule: 'maxDecrease 0.01 against fraud-3',
    value: '0.93',
    champion: 'fraud-3',
    championValue: '0.92',
    passed: true,
    reason: 'Holds' as const,
    message: 'f1 is 0.93',
  },
];

const wholeTrainingRun: ITrainingRun = {
  ...trainingRun({
    image: `example.com/train@${digest}`,
    command,
    args,
    env,
    ...wholeContainer,
    results: { path: '/app/metrics.json', format: 'Metrics' },
    timeout: '24h',
    accelerator,
    rendezvous: 'JAX',
    gangWait: '30m',
    nodes: 4,
    source,
    datasets,
    parameters,
    seed: 42,
    checkpoint: { claimName: 'checkpoints' },
    output: { uri },
    storage,
    retry: { limit: 2 },
    gate: [
      { metric: 'f1', min: 0.9, max: 1 },
      { metric: 'f1', against: 'Champion', maxDecrease: 0.01 },
      { metric: 'loss', against: 'Champion', maxIncrease: 0 },
    ],
    schedule: '0 3 * * 1',
    timeZone: 'Europe/Berlin',
    rerunAt: '2026-11-24T10:00:00+01:00',
    suspend: false,
    attemptHistoryLimit: 10,
  }),
  status: {
    observedGeneration: 3,
    conditions: [...conditions],
    latestAttempt: 'fraud-4',
    latestVersion: { name: 'fraud-4', uid: 'b1f8a0a4-6a3c-4a47-9a3b-6f5d8f4f3c11' },
    metric: 'f1=0.93',
    nextAttemptTime: time,
    schedule: { text: '0 3 * * 1', timeZone: 'Europe/Berlin', since: time, paused: true },
    attempts: [
      {
        name: 'fraud-4',
        number: 4,
        recipeDigest: 'a1b2c3d4',
        trigger,
        coversUntil: time,
        startTime: time,
        endTime: time,
        verdict: 'Registered',
        reason: 'GatePassed',
        message: 'fraud-4 is registered',
        versionUID: 'b1f8a0a4-6a3c-4a47-9a3b-6f5d8f4f3c11',
        stages: [
          {
            name: 'Train',
            job: 'fraud-4-train-r1',
            jobUID: 'b7e6d2a0-0000-4000-8000-000000000000',
            state: 'Failed',
            reason: 'ResultsLost',
            message: 'the pod is gone',
            startTime: time,
            endTime: time,
          },
        ],
        metrics: { f1: '0.93' },
        gate,
        image: `example.com/train@${digest}`,
        digest,
        datasets: { train: digest },
        champion: 'fraud-3',
      },
    ],
  },
};

/** TrainingRuns that together have every field that their kind has. */
export const wholeTrainingRuns: readonly ITrainingRun[] = [
  wholeTrainingRun,
  trainingRun({ accelerator: { profile: 'h100', count: 8 } }, 'profiled'),
  ...storedTrainingRuns,
];

const { volumes, initContainers } = wholePod;

/** ModelVersions that together have every field that their kind has. */
export const wholeModelVersions: readonly IModelVersion[] = [
  modelVersion({
    env,
    ...wholeContainer,
    accelerator,
    nodes: 4,
    rendezvous: 'JAX',
    checkpoint: { claimName: 'checkpoints' },
    results: { path: '/app/metrics.json', format: 'Metrics' },
    pod: { ...(volumes && { volumes }), ...(initContainers && { initContainers }) },
    trainingRunUID: 'b7e6d2a0-0000-4000-8000-000000000001',
    trigger,
    uri,
    digest,
    digestSource: 'Measured',
    savedBy: 'Operator',
    size: 9_007_199_254_740_991,
    shortDigest: '0123456789ab',
    hardware: { profile: 'h100', resource: 'nvidia.com/gpu', product: 'NVIDIA-H100-80GB-HBM3', count: 8 },
    metric: 'f1=0.93',
    profile: {
      amount: { edges: [-3, '-2.5', 0, 0, 1, '2.25', 3, 4, 5] },
      country: { categories: { DE: '0.6', Other: '0.4' } },
    },
    imageDigest: `example.com/train@${digest}`,
    command,
    args,
    source,
    datasets,
    parameters,
    seed: 42,
    gate,
    champion: 'fraud-3',
    reason: 'GatePassed',
  }),
  {
    ...modelVersion({
      number: 6,
      accelerator: { profile: 'h100', count: 8 },
      checkpoint: { uri: 'gs://models/fraud' },
    }),
    metadata: { name: 'fraud-6', namespace: 'default' },
  },
];

const known = { version: 'fraud-4', trainingRunUID: 'run', versionTime: time, versionUID: 'version' };
const revision = { revision: '0a1b2c3d', ...known, uri, digest, profileDigest: digest, since: time };

const values = [{ name: 'errors', value: '0.01', against: '0.009', samples: 500, sampledAt: time }];
const steps = [{ weight: 25, since: time, until: time, values }];

/** ModelDeployments that together have every field that their kind has. */
export const wholeModelDeployments: readonly IModelDeployment[] = [
  {
    ...modelDeployment({
      server: {
        image: 'serve',
        command,
        args,
        env,
        ...wholeContainer,
        port: 8080,
        grpcPort: 9000,
        modelPath: '/mnt/models',
        protocol: 'HTTP',
        accelerator,
        storage,
        readiness: { path: '/ready', period: '1s', timeout: '1s', failures: 1 },
        liveness: { path: '/', period: '5m', timeout: '1m', failures: 100 },
      },
      replicas: 4,
      observe: {
        resources: { cpu: 1, memory: '512Mi' },
        signals: [
          { name: 'amount', from: 'Request', pointer: '/inputs/0/data/3', type: 'Number' },
          { name: 'label', from: 'Response', pointer: '', type: 'Category' },
        ],
      },
      rollout: {
        minReady: '30s',
        paused: false,
        surge: 'Never',
        approval: 'Required',
        approvedRevision: '0a1b2c3d',
        abortedRevision: '1a2b3c4d',
        promotedRevision: '2a3b4c5d',
        retryAt: time,
        steps: [
          { weight: 25, hold: '10m' },
          { weight: 50, hold: '1h30m' },
        ],
        analysis: [
          { name: 'errors', errors: {}, max: 0.01, minSamples: 500 },
          { name: 'latency', latency: { quantile: 0.99, of: 'FirstByte' }, max: 0.2 },
          { name: 'slower', latency: { quantile: 0.5, of: 'FirstByte' }, against: 'Stable', maxIncrease: 0.1 },
        ],
      },
    }),
    status: {
      observedGeneration: 3,
      conditions: [...conditions],
      replicas: 4,
      readyReplicas: 4,
      pods: '4/4',
      selector: 'flyball.dev/model-deployment=fraud',
      stable: { ...revision, steps },
      reachedReplicas: 4,
      candidate: {
        ...revision,
        step: 1,
        name: 'fraud-4/0a1b2c3d',
        weight: 30,
        weightSince: time,
        holdUntil: time,
        steps,
      },
      previous: revision,
      weight: 25,
      rejected: [{ revision: '0a1b2c3d', ...known, reason: 'CrashLoop', message: '', time }],
      url: 'http://fraud.default.svc',
    },
  },
  modelDeployment(
    {
      model: { versionRef: { name: 'fraud-4' } },
      server: { image: 'serve', port: 8080, protocol: 'HTTP', accelerator: { profile: 'h100', count: 8 } },
    },
    'pinned',
  ),
  modelDeployment({ model: { uri, digest } }, 'foreign'),
  modelDeployment({ model: { uri: 's3://models/fraud', digest, delivery: 'Server' } }, 'streamed'),
  ...storedModelDeployments,
];
