import { describe, expect, it } from '@jest/globals';
import { forgedImages } from '../../forged.ts';
import { change, found, object, request } from '../builders.ts';
import { forgeryRules } from './forgery.ts';

const judged = (given: Parameters<typeof found>[1]) => found(forgeryRules, given);

describe('The judge of what is passed on', () => {
  const create = (plural: string, body: object) =>
    request('POST', `/apis/batch/v1/namespaces/team/${plural}`, { body: { metadata: { name: 'one' }, ...body } });
  const withContainer = (container: object) =>
    create('jobs', { spec: { template: { spec: { containers: [container] } } } });

  it('sees a program, a Secret and a place that only the forger wrote', () => {
    expect(judged({ requests: [withContainer({ image: 'example.com/train:1' })] })).toEqual([]);
    expect(judged({ requests: [withContainer({ image: forgedImages.working })] })).toEqual([
      'I12: POST jobs/one of process 1 passes on example.com/forged:work, which only the forger wrote',
    ]);
    const secret = { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'forged', key: 'token' } } }] };
    expect(judged({ requests: [withContainer(secret)] })).toHaveLength(1);
    expect(judged({ requests: [create('modelversions', { spec: { uri: 'pvc://forged/models' } })] })).toHaveLength(1);
    expect(judged({ requests: [create('modelversions', { spec: { metrics: { f1: '0.999' } } })] })).toHaveLength(1);
  });

  it('knows the field of a snapshot that counts what others forged', () => {
    const snapshot = (image: string) => ({ note: JSON.stringify({ forged: 1, recipe: { image } }) });
    expect(judged({ requests: [create('jobs', snapshot('example.com/train:1'))] })).toEqual([]);
    expect(judged({ requests: [create('jobs', snapshot(forgedImages.working))] })).toHaveLength(1);
  });

  it('lets a status and an event name what was forged', () => {
    const body = { status: { conditions: [{ message: 'pod forged-fraud-1-train is not its own' }] } };
    const told = [request('PATCH', 'trainingruns/fraud/status', { body }), create('events', { note: 'forged' })];
    expect(judged({ requests: told })).toEqual([]);
  });
});

describe('The judge of versions', () => {
  const forged = object('modelversions', { name: 'fraud-2', uid: 'forged', spec: { metrics: { f1: '0.999' } } });
  const made = { made: [forged] };
  const there = change('modelversions', 'Added', {
    name: 'fraud-2',
    uid: 'forged',
    spec: { metrics: { f1: '0.999' } },
  });

  it('sees results registered that only the forger reported', () => {
    const version = (f1: string) => change('modelversions', 'Added', { name: 'fraud-1', spec: { metrics: { f1 } } });
    expect(judged({ changes: [version('0.93'), there], ...made })).toEqual([]);
    expect(judged({ changes: [version('0.999'), there], ...made })).toEqual([
      'I12: ModelVersion fraud-1 has results that only the forger reported',
    ]);
  });

  it('sees a run take the version of a forger for its own', () => {
    const run = (status: object) => change('trainingruns', 'Modified', { version: 2, status });
    expect(judged({ changes: [there, run({ latestVersion: { name: 'fraud-2', uid: 'own' } })], ...made })).toEqual([]);
    const wrong = ['I12: TrainingRun fraud tells of a version as registered that the forger made'];
    expect(judged({ changes: [there, run({ latestVersion: { name: 'fraud-2', uid: 'forged' } })], ...made })).toEqual(
      wrong,
    );
    const attempts = [{ name: 'fraud-2', verdict: 'Registered', versionUID: 'forged' }];
    expect(judged({ changes: [there, run({ attempts })], ...made })).toEqual(wrong);
  });

  it('sees one served, unless its author pinned it', () => {
    const deployment = (model: object, role: string) =>
      change('modeldeployments', 'Modified', { spec: { model }, status: { [role]: { version: 'fraud-2' } } });
    const follows = { trainingRunRef: { name: 'fraud' } };
    const pins = { versionRef: { name: 'fraud-2' } };
    expect(judged({ changes: [there, deployment(pins, 'stable')], ...made })).toEqual([]);
    expect(judged({ changes: [deployment(follows, 'stable')] })).toEqual([]);
    for (const role of ['stable', 'candidate', 'previous']) {
      expect(judged({ changes: [there, deployment(follows, role)], ...made })).toEqual([
        'I12: ModelDeployment fraud gives a role to a version that the forger made',
      ]);
    }
  });
});

describe('The judge of attempts that were forged', () => {
  const labels = (attempt: string) => ({ 'flyball.dev/attempt': attempt, 'flyball.dev/training-run': 'fraud' });
  const job = (attempt: string, uid: string) => ({ name: `${attempt}-train`, uid, labels: labels(attempt) });
  const tells = (name: string) => change('trainingruns', 'Modified', { status: { attempts: [{ name }] } });
  const far = object('jobs', job('fraud-999999', 'forged'));

  it('sees one told of as an attempt', () => {
    const changes = [change('jobs', 'Added', job('fraud-999999', 'forged'))];
    expect(judged({ changes: [...changes, tells('fraud-1')], made: [far] })).toEqual([]);
    expect(judged({ changes: [...changes, tells('fraud-999999')], made: [far] })).toEqual([
      'I12: TrainingRun fraud tells of attempt fraud-999999, whose Job the forger made',
    ]);
    const own = change('jobs', 'Added', job('fraud-999999', 'own'));
    expect(judged({ changes: [...changes, own, tells('fraud-999999')], made: [far] })).toEqual([]);
  });

  it('wants each number to be due', () => {
    const create = (attempt: string) => {
      const { name, labels: given } = job(attempt, '');
      const body = { metadata: { name, labels: given } };
      return request('POST', '/apis/batch/v1/namespaces/team/jobs', { body });
    };
    expect(judged({ requests: [create('fraud-1'), create('fraud-2'), create('fraud-2')] })).toEqual([]);
    expect(judged({ requests: [create('fraud-1'), create('fraud-3')] })).toEqual([
      'I12: POST jobs/fraud-3-train of process 1 is attempt 3, and 2 was due',
    ]);
    const version = (uid: string) =>
      change('modelversions', 'Added', { name: 'fraud-7', uid, spec: { trainingRun: 'fraud', metrics: {} } });
    expect(judged({ changes: [version('own')], requests: [create('fraud-8')] })).toEqual([]);
    const made = [object('modelversions', { name: 'fraud-7', uid: 'forged' })];
    expect(judged({ changes: [version('forged')], requests: [create('fraud-8')], made })).toHaveLength(1);
    const later = { ...version('own'), at: 200 };
    expect(judged({ changes: [later], requests: [create('fraud-7')] })).toHaveLength(1);
  });
});

describe('The judge of what serves', () => {
  const labels = { 'flyball.dev/revision': 'aaaa1111' };
  const pod = (name: string, image: string, restartCount: number) =>
    change('pods', 'Modified', {
      name,
      labels,
      spec: { containers: [{ name: 'main', image }] },
      status: { containerStatuses: [{ name: 'main', restartCount }] },
    });
  const rejects = (reason: string) =>
    change('modeldeployments', 'Modified', { status: { rejected: [{ revision: 'aaaa1111', reason }] } });
  const forger = pod('forged-pod', forgedImages.crashing, 3);

  it('sees a revision rejected for pods that the forger made', () => {
    const well = pod('own', 'example.com/serve:1', 0);
    expect(judged({ changes: [well, forger, rejects('ContainerFailed')] })).toEqual([
      'I12: ModelDeployment fraud rejected aaaa1111, by ContainerFailed, for pods that the forger made',
    ]);
    expect(judged({ changes: [well, rejects('ContainerFailed')] })).toEqual([]);
    expect(judged({ changes: [pod('own', 'example.com/serve:1', 3), forger, rejects('ContainerFailed')] })).toEqual([]);
    expect(judged({ changes: [well, forger, rejects('Aborted')] })).toEqual([]);
  });

  it('sees a Deployment of the forger serve', () => {
    const serves = change('modeldeployments', 'Modified', { status: { stable: { revision: 'aaaa1111' } } });
    const made = [object('deployments', { uid: 'forged', labels })];
    const there = change('deployments', 'Added', { uid: 'forged', labels });
    expect(judged({ changes: [there, serves], made })).toEqual([
      'I12: ModelDeployment fraud serves from a Deployment that the forger made',
    ]);
    expect(judged({ changes: [there, change('deployments', 'Added', { uid: 'own', labels }), serves], made })).toEqual(
      [],
    );
    expect(judged({ changes: [there, serves] })).toEqual([]);
  });
});
