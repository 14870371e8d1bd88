import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { job } from '../../builders/job.ts';
import { trainingRun } from '../../builders/trainingrun.ts';
import { snapshotOf } from '../../../src/kinds/trainingrun/start/snapshot.ts';
import type { IJob } from 'kubernetes-models/batch/v1';
import { forgedImages, isForged } from '../forged.ts';
import { jobs, Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Received } from '../rehearsal/server.ts';
import { until } from '../rehearsal/until.ts';
import { forgeries } from './forgery.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.start();
});
afterEach(() => stage.stop());

const run = trainingRun({ spec: { nodes: 1 } });
const made: IJob = { ...job(run), metadata: { ...job(run).metadata, name: 'fraud-1-train', uid: 'uid-job' } };
const deployments = '/apis/apps/v1/namespaces/plan/deployments';
const labels = { 'flyball.dev/model-deployment': 'serve', 'flyball.dev/revision': 'aaaa1111' };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'serve-aaaa1111', uid: 'uid-deployment', labels },
  spec: {
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'example.com/serve:1' }] } },
  },
};

/** What the forger sends when the operator has created something. */
async function forgedUpon(fault: string, path: string, object: object): Promise<Received> {
  stage.begin(`${fault}@Write:1`);
  stage.answer(`POST ${path}`, object);
  await stage.send('POST', path, object);
  const isForger = ({ method, url }: Received) => method !== 'GET' && !(method === 'POST' && url === path);
  await until(() => stage.received.some(isForger) || stage.received.filter(({ url }) => url === path).length > 1);
  return stage.received.findLast(({ method }) => method !== 'GET') as Received;
}

describe('The forgery', () => {
  it.each([
    ['snapshot-program', { recipe: { image: forgedImages.working, nodes: 2 } }],
    ['snapshot-failures', { failures: null }],
    ['snapshot-number', { number: 999_999 }],
    ['snapshot-pod', { pod: { serviceAccountName: 'forged' }, recipe: { pod: { volumes: [{ name: 'stolen' }] } } }],
    ['snapshot-output', { recipe: { output: { uri: 'pvc://forged/models' } } }],
  ])('%s writes something else into the annotation of a Job', async (fault, expected) => {
    const { method, url, body } = await forgedUpon(fault, jobs, made);
    expect([method, url]).toEqual(['PATCH', `${jobs}/fraud-1-train`]);
    const { metadata } = body as IJob;
    expect(JSON.parse(metadata?.annotations?.['flyball.dev/attempt'] ?? '')).not.toEqual(snapshotOf(made));
    if (fault !== 'snapshot-failures') {
      expect(JSON.parse(metadata?.annotations?.['flyball.dev/attempt'] ?? '')).toMatchObject(expected);
    }
  });

  it.each([
    ['job-next', 'fraud-2-train'],
    ['job-far', 'fraud-999999-train'],
    ['job-again', 'fraud-1-train-r1'],
  ])('%s makes a Job of the run that runs another program', async (fault, name) => {
    const { method, url, body } = await forgedUpon(fault, jobs, made);
    const forged = body as IJob;
    expect([method, url, forged.metadata?.name]).toEqual(['POST', jobs, name]);
    expect(forged.metadata?.ownerReferences).toEqual(made.metadata?.ownerReferences);
    expect(snapshotOf(forged)).toBeDefined();
    expect([isForged(made), isForged(forged)]).toEqual([false, true]);
  });

  it.each(['job-first', 'job-first-beside'])(
    '%s is there before the Job of that name that the operator makes',
    async (fault) => {
      stage.begin(`${fault}@Request:1`);
      await stage.send('GET', jobs);
      await stage.send('POST', jobs, made);
      expect(stage.received.slice(1).map(({ body }) => isForged(body as IJob))).toEqual([true, false]);
    },
  );

  it('pod-of-job makes a pod that the Job controller takes for its own', async () => {
    const { url, body } = await forgedUpon('pod-of-job', jobs, made);
    expect(url).toBe('/api/v1/namespaces/plan/pods');
    expect(body).toMatchObject({
      metadata: {
        name: 'forged-fraud-1-train',
        finalizers: ['batch.kubernetes.io/job-tracking'],
        ownerReferences: [{ kind: 'Job', uid: 'uid-job', controller: true }],
      },
    });
    expect(isForged(body as IJob)).toBe(true);
  });

  it('pod-of-revision makes one that bears the labels of a revision, and that nobody owns', async () => {
    const { body } = await forgedUpon('pod-of-revision', deployments, deployment);
    expect(body).toMatchObject({ metadata: { name: 'forged-serve-aaaa1111', labels } });
    expect(body).not.toHaveProperty('metadata.ownerReferences');
  });

  it('template-edited puts another program into a revision', async () => {
    const { method, url, body } = await forgedUpon('template-edited', deployments, deployment);
    expect([method, url]).toEqual(['PATCH', `${deployments}/serve-aaaa1111`]);
    expect(isForged(body as IJob)).toBe(true);
  });

  it('replicaset-adopted bears what its Deployment selects by', async () => {
    const { url, body } = await forgedUpon('replicaset-adopted', deployments, deployment);
    expect(url).toBe('/apis/apps/v1/namespaces/plan/replicasets');
    expect(body).toMatchObject({ metadata: { labels }, spec: { template: { metadata: { labels } } } });
  });

  it('is noted, so that it is not taken for what the operator made', async () => {
    stage.answer('POST /api/v1/namespaces/plan/pods', { metadata: { uid: 'pod', resourceVersion: '7' } });
    await forgedUpon('pod-beside-job', jobs, made);
    const { forged } = stage.interference;
    await until(() => forged.made.size > 0);
    expect([...forged.made.keys(), ...forged.written]).toEqual(['pod', '7']);
  });

  it('lies in wait while there is nothing to forge', async () => {
    stage.begin('job-far@Request:1');
    stage.answer(`POST ${jobs}`, made);
    await stage.send('GET', jobs);
    expect(stage.received).toHaveLength(1);
    await stage.send('POST', jobs, made);
    await until(() => stage.received.length === 3);
  });
});

describe('Forgeries', () => {
  it('each say upon which writes of the operator they come', () => {
    expect(forgeries.filter(({ upon = [] }) => upon.length === 0)).toEqual([]);
  });
});
