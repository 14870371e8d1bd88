import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { ITrainingRun } from '../../src/api/types.ts';
import { plan } from '../../src/kinds/trainingrun/plan.ts';
import { failedByDeadline, isFinished } from '../../src/workload/job.ts';
import { newJob } from '../builders/job.ts';
import { entry, newestOf, observed, runWith } from '../builders/trainingplan.ts';
import { startEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import { eventually } from './program.ts';

const jobs = '/apis/batch/v1/namespaces/team/jobs';
const pods = '/api/v1/namespaces/team/pods';

let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment({ controllers: ['job-controller'] });
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } };
  await environment.request('POST', '/api/v1/namespaces', { body: namespace });
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: 'team' } };
  await environment.request('POST', '/api/v1/namespaces/team/serviceaccounts', { body: account });
}, 600_000);

afterAll(async () => {
  await environment.stop();
}, 30_000);

/** The run as it is declared, while the Job of its attempt runs. */
const runOf = (name: string, timeout: string | undefined): ITrainingRun => {
  const run = runWith(timeout === undefined ? {} : { timeout }, { name: `${name}-1`, stages: [] });
  return { ...run, metadata: { ...run.metadata, name } };
};

async function made(name: string, timeout: string | undefined, spent?: number): Promise<IJob> {
  const job = newJob(runOf(name, timeout), spent === undefined ? {} : { spent });
  const { status, body } = await environment.request('POST', jobs, { body: job });
  expect(status).toBe(201);
  return body as IJob;
}

/** What the operator writes once the timeout was edited. */
async function edited(job: IJob, timeout: string | undefined): Promise<IJob> {
  const { name = '' } = job.metadata ?? {};
  const run = runOf(name.replace(/-1-train$/, ''), timeout);
  const known = { ...run, status: { attempts: [toldOf(run, job)] } };
  const { actions } = plan(observed(known, { jobs: [job] }), new Date());
  const [action] = actions;
  if (action?.type !== 'Patch' || actions.length !== 1)
    throw new Error(`not one PATCH, but ${JSON.stringify(actions)}`);
  const { status, body } = await environment.request('PATCH', `${jobs}/${name}`, {
    body: action.patch,
    contentType: 'application/merge-patch+json',
  });
  expect(status).toBe(200);
  return body as IJob;
}

function toldOf(run: ITrainingRun, job: IJob) {
  const [attempt] = run.status?.attempts ?? [];
  if (attempt === undefined) throw new Error('the run has no attempt');
  return { ...attempt, stages: [entry({ job: job.metadata?.name ?? '', jobUID: job.metadata?.uid ?? '' })] };
}

test('the deadline of a Job that runs can be made longer and shorter, and be taken away and given', async () => {
  const first = await made('edited', '1h');
  expect(first.spec?.activeDeadlineSeconds).toBe(3600);
  const longer = await edited(first, '2h');
  expect(longer.spec?.activeDeadlineSeconds).toBe(7200);
  const endless = await edited(longer, undefined);
  expect(endless.spec).not.toHaveProperty('activeDeadlineSeconds');
  expect(Object.keys(endless.metadata?.annotations ?? {})).toEqual(['flyball.dev/attempt']);
  expect((await edited(endless, '1m')).spec?.activeDeadlineSeconds).toBe(60);
}, 60_000);

test('a Job that has no time left ends its pods and says what the operator tells as TimedOut', async () => {
  const first = await made('short', '1m', 59);
  const name = first.metadata?.name ?? '';
  let job = first;
  await eventually(
    async () => {
      job = (await environment.request('GET', `${jobs}/${name}`)).body as IJob;
      return isFinished(job);
    },
    { limitMs: 40_000 },
  );
  expect(failedByDeadline(job)).toBe(true);
  const selector = `labelSelector=batch.kubernetes.io/job-name%3D${name}`;
  const left = ((await environment.request('GET', `${pods}?${selector}`)).body as { items: IPod[] }).items;
  const run = runOf('short', '1m');
  const known = { ...run, status: { attempts: [toldOf(run, job)] } };
  const planned = plan(observed(known, { jobs: [job], pods: left }), new Date());
  expect(planned.actions).toEqual([]);
  expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'TimedOut' });
  expect(newestOf(planned)?.message).toMatch(
    /^it was ended after 1m, which is all that spec.timeout gave it; main was not seen to run/,
  );
}, 90_000);
