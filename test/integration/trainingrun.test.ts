import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Resource } from '../../src/api/resource.ts';
import { gangService } from '../../src/kinds/trainingrun/attempt/job.ts';
import { train } from '../../src/kinds/trainingrun/stages/train.ts';
import { modelVersion } from '../../src/kinds/trainingrun/gate/version.ts';
import { newJob, snapshot } from '../builders/job.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import type { TrainingRunSpec } from '../../src/api/types.ts';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { failedByDisruption } from '../../src/workload/job.ts';
import { startEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { eventually } from './program.ts';

const full: TrainingRunSpec = {
  image: 'registry/fraud-train:1',
  command: ['python'],
  args: ['train.py'],
  env: [
    { name: 'LEVEL', value: 'debug' },
    { name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } },
  ],
  resources: { cpu: 8, memory: '32Gi' },
  accelerator: { resource: 'nvidia.com/gpu', count: 8, product: 'NVIDIA-H100-80GB-HBM3' },
  source: { repository: 'https://git/fraud', revision: 'abc' },
  datasets: [{ name: 'train', uri: 'pvc://data/2026/train' }],
  parameters: { lr: '0.1' },
  seed: 42,
  checkpoint: { claimName: 'checkpoints' },
  output: { uri: 'pvc://models/fraud' },
  retry: { limit: 2 },
};
const champion = { name: 'fraud-7', uri: 'pvc://models/fraud/fraud-7' };

let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment({ controllers: ['job-controller'] });
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', labels } };
  await environment.request('POST', '/api/v1/namespaces', { body: namespace });
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'team' } };
  await environment.request('POST', '/api/v1/namespaces/team/serviceaccounts', { body: account });
}, 600_000);

afterAll(async () => {
  await environment.stop();
}, 30_000);

const create = async (path: string, body: Resource) => await environment.request('POST', path, { body });

test.each([
  ['one pod', {}],
  ['a gang', { nodes: 2 }],
])(
  'the API server takes the Job of %s and, under the restricted Pod Security Standard, its pod',
  async (_, more) => {
    const run = trainingRun({ spec: { ...full, ...more } });
    const number = 'nodes' in more ? 9 : 8;
    const job = newJob(run, { number, champion });
    expect(await create('/apis/batch/v1/namespaces/team/jobs', job)).toMatchObject({ status: 201 });
    const template = job.spec?.template;
    const metadata = { ...template?.metadata, name: `pod-${number}`, namespace: 'team' };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: template?.spec };
    expect(await create('/api/v1/namespaces/team/pods', pod)).toMatchObject({ status: 201 });
  },
  30_000,
);

test('the API server takes the Service of a gang', async () => {
  const run = trainingRun({ spec: { ...full, nodes: 2 } });
  const service = gangService(train, run, snapshot(run), 0);
  expect(await create('/api/v1/namespaces/team/services', service)).toMatchObject({ status: 201 });
}, 30_000);

test('the API server takes the ModelVersion of an attempt', async () => {
  const run = trainingRun({ spec: full });
  const version = modelVersion({
    run: { namespace: 'team', name: 'fraud' },
    snapshot: snapshot(run, { number: 8, champion }),
    attemptUID: 'uid',
    outputs: {
      image: 'registry/fraud-train@sha256:1f',
      metrics: { f1: '0.93' },
      digest: `sha256:${'a'.repeat(64)}`,
      datasets: { train: `sha256:${'b'.repeat(64)}` },
      profile: {
        amount: { edges: ['1', '2', '3', '4', '5', '6', '7', '8', '9.5'] },
        country: { categories: { DE: '1' } },
      },
    },
    verdicts: [{ metric: 'f1', rule: 'min 0.9', value: '0.93', passed: true, reason: 'Holds', message: 'f1 is 0.93' }],
  });
  const path = '/apis/flyball.dev/v1alpha1/namespaces/team/modelversions';
  expect(await create(path, version)).toMatchObject({ status: 201 });
}, 30_000);

test('the Job of a gang that loses a pod to the cluster fails, and says so when its pods are gone', async () => {
  const run = trainingRun({ spec: { image: 'registry/fraud-train:1', nodes: 2 } });
  await create('/apis/batch/v1/namespaces/team/jobs', newJob(run, { number: 10 }));
  const pods = '/api/v1/namespaces/team/pods';
  const selector = 'labelSelector=batch.kubernetes.io/job-name%3Dfraud-10-train';
  let made: readonly IPod[] = [];
  await eventually(
    async () => {
      made = ((await environment.request('GET', `${pods}?${selector}`)).body as { items: IPod[] }).items;
      return made.length === 2;
    },
    { limitMs: 20_000 },
  );
  const status = { phase: 'Failed', conditions: [{ type: 'DisruptionTarget', status: 'True' }] };
  await environment.request('PATCH', `${pods}/${made[1]?.metadata?.name}/status`, {
    body: { status },
    contentType: 'application/merge-patch+json',
  });
  let job: IJob | undefined;
  await eventually(
    async () => {
      job = (await environment.request('GET', '/apis/batch/v1/namespaces/team/jobs/fraud-10-train')).body as IJob;
      return job.status?.conditions?.some(({ type }) => type === 'Failed') ?? false;
    },
    { limitMs: 30_000 },
  );
  expect(job && failedByDisruption(job)).toBe(true);
}, 60_000);
