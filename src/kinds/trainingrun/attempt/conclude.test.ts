import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import { completed, failed, job, snapshot } from '../../../../test/builders/job.ts';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { exited, podOf, results, succeeded } from '../../../../test/builders/pod.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { Attempt } from '../../../api/types.ts';
import { plan } from '../plan.ts';
import { snapshotOf } from '../start/snapshot.ts';
import { stages } from '../stages/index.ts';
import { train } from '../stages/train.ts';
import { gangService } from './job.ts';
import { recipeOf } from '../../../domain/recipe.ts';
import { recipeDigest } from '../start/digest.ts';
import {
  digest,
  ended,
  entry,
  names,
  newestOf,
  now,
  observed,
  runWith,
  stalledOf,
  summaryOf,
} from '../../../../test/builders/trainingplan.ts';

describe('An attempt whose Job completed', () => {
  it('is registered, and ends only when its version is seen', () => {
    const run = runWith({ output: { uri: 'pvc://models/fraud' } }, {});
    const planned = ended(run, results({ f1: 0.93 }, { model: { digest } }));
    expect(names(planned.actions)).toEqual(['Create fraud-1']);
    expect(planned.actions[0]).toMatchObject({
      object: {
        metadata: { name: 'fraud-1', labels: { 'flyball.dev/training-run': 'fraud' } },
        spec: {
          attemptUID: 'uid-fraud-1-train',
          trainingRunUID: 'run-uid',
          uri: 'pvc://models/fraud/fraud-1-run-uid',
          digest,
          metrics: { f1: '0.93' },
          imageDigest: 'registry/fraud-train:1@sha256:1f',
          reason: 'NoGate',
        },
      },
    });
    expect(planned.actions[0]).not.toHaveProperty('object.metadata.ownerReferences');
    expect(newestOf(planned)?.verdict).toBeUndefined();
    expect(planned.requeueAfter).toBe(1);
  });

  it('is registered by what its snapshot says, whatever the spec says now', () => {
    const run = trainingRun();
    const done = completed(job(run));
    const edited = runWith({ image: 'registry/other' }, { recipeDigest: recipeDigest(recipeOf(run.spec)) });
    const planned = plan(observed(edited, { jobs: [done], pods: [podOf(done, results({ f1: 1 }))] }), now);
    expect(planned.actions[0]).toMatchObject({ object: { spec: { image: 'registry/fraud-train:1' } } });
  });

  it('does not end while a foreign ModelVersion has its name', () => {
    const run = runWith({}, {});
    const versions = [modelVersion(1, { attemptUID: 'foreign' })];
    const planned = ended(run, results({ f1: 0.93 }), { versions });
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)?.verdict).toBeUndefined();
    expect(stalledOf(planned)).toMatchObject({ reason: 'NameConflict' });
  });

  it('takes no log of a container that failed for results', () => {
    const failedWith = exited(1, { message: '{"metrics": {"f1": 0.99}}' });
    const planned = ended(runWith({}, {}), { ...failedWith, phase: 'Succeeded' });
    expect(names(planned.actions)).toEqual([]);
  });

  it('makes no version without results, and has succeeded', () => {
    const planned = ended(runWith({}, {}), succeeded(''));
    expect(planned.actions).toEqual([]);
    expect(summaryOf(planned)).toMatchObject({ status: 'True', reason: 'NoResults' });
  });

  it('fails its gate without results', () => {
    const planned = ended(runWith({ gate: [{ metric: 'f1', min: 0.9 }] }, {}), succeeded(''));
    expect(summaryOf(planned)).toMatchObject({ status: 'False', reason: 'MetricMissing' });
  });

  it.each([
    ['malformed', succeeded('{'), 'ResultsMalformed'],
    ['too large', succeeded('x'.repeat(4096)), 'ResultsTooLarge'],
  ])('fails if its results are %s', (_, status, wantReason) => {
    expect(newestOf(ended(runWith({}, {}), status))).toMatchObject({ verdict: 'Failed', reason: wantReason });
  });

  it('fails if a dataset is not what its digest pins', () => {
    const datasets = [{ name: 'train', uri: 'pvc://data/train', digest }];
    const other = `sha256:${'b'.repeat(64)}`;
    const planned = ended(runWith({ datasets }, {}), results({ f1: 1 }, { datasets: { train: other } }));
    expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'DatasetChanged' });
  });

  it('waits a minute for its pod to be seen, and has lost its results after that', () => {
    const run = runWith({}, {});
    const done = completed(job(run), '2026-11-24T10:09:30Z');
    expect(plan(observed(run, { jobs: [done] }), now)).toMatchObject({ requeueAfter: 30_000 });
    const later = plan(observed(run, { jobs: [done] }), new Date('2026-11-24T10:10:30Z'));
    expect(newestOf(later)).toMatchObject({ verdict: 'ResultsLost', endTime: '2026-11-24T10:09:30Z' });
  });

  it.each<[string, (done: IJob) => IJob]>([
    ['another Job of that name', (done) => ({ ...done, metadata: { ...done.metadata, uid: 'other' } })],
  ])('takes no results from a pod of %s', (_, other) => {
    const run = runWith({}, {});
    const done = completed(job(run));
    const planned = plan(observed(run, { jobs: [done], pods: [podOf(other(done), results({ f1: 1 }))] }), now);
    expect(newestOf(planned)?.verdict).toBe('ResultsLost');
  });

  it('were not lost if the version of this very attempt turns up after all', () => {
    const lost: Partial<Attempt> = { verdict: 'ResultsLost', stages: [entry({ jobUID: 'uid-fraud-1-train' })] };
    const ofAttempt = plan(observed(runWith({}, lost), { versions: [modelVersion(1)] }), now, stages, 'Admission');
    expect(newestOf(ofAttempt)).toMatchObject({ verdict: 'Registered' });
    const ofAnother = modelVersion(1, { attemptUID: 'another' });
    const planned = plan(observed(runWith({}, lost), { versions: [ofAnother] }), now, stages, 'Admission');
    expect(newestOf(planned)?.verdict).toBe('ResultsLost');
  });

  it('of a gang were not lost either if the version names the first of its Jobs', () => {
    const run = runWith(
      { nodes: 2 },
      {
        verdict: 'ResultsLost',
        stages: [entry({ job: 'fraud-1-train-r1', jobUID: 'uid-fraud-1-train-r1' })],
      },
    );
    const retry = { attemptUID: 'uid-fraud-1-train', failures: 1 };
    const jobs = [failed(job(run)), completed(job(run, retry, 1))];
    const planned = plan(observed(run, { jobs, versions: [modelVersion(1)] }), now, stages, 'Admission');
    expect(newestOf(planned)).toMatchObject({ verdict: 'Registered' });
  });

  it('of a gang takes the results of the first pod alone', () => {
    const run = runWith({ nodes: 2 }, {});
    const done = completed(job(run));
    const pods = [podOf(done, results({ f1: 0.1 }), 1), podOf(done, results({ f1: 0.9 }), 0)];
    expect(plan(observed(run, { jobs: [done], pods }), now).actions[0]).toMatchObject({
      object: { spec: { metrics: { f1: '0.9' } } },
    });
  });

  it('says what to do about its gate, however much the gate found', () => {
    const gate = Array.from({ length: 16 }, (_, index) => ({ metric: `${'m'.repeat(60)}${index}`, min: 0.9 }));
    const planned = ended(runWith({ gate }, {}), results({ f1: 0.93 }));
    expect(newestOf(planned)?.gate).toHaveLength(16);
    expect(summaryOf(planned)?.message).toMatch(
      /edit spec.gate, by which these results are judged again: `kubectl -n team edit trun fraud`$/,
    );
  });

  it.each([
    { number: 7 },
    { runUID: 'of another run' },
    { recipe: { image: 'registry/other' } },
    { recipe: { image: 'registry/fraud-train:1', datasets: { train: 1 } } },
    { recipeDigest: undefined },
  ])('is not registered if its annotation was changed to say %j', (change) => {
    const run = runWith({}, {});
    const done = completed(job(run));
    const annotations = { 'flyball.dev/attempt': JSON.stringify({ ...snapshotOf(done), ...change }) };
    const tampered = { ...done, metadata: { ...done.metadata, annotations } };
    const planned = plan(observed(run, { jobs: [tampered], pods: [podOf(done, results({ f1: 1 }))] }), now);
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'SnapshotInvalid' });
  });
});

describe('An attempt whose Job failed', () => {
  it('waits a minute for its pod to be seen, which tells why, and then says what the Job says', () => {
    const run = runWith({}, {});
    const done = failed(job(run));
    const early = new Date('2026-11-24T10:05:30Z');
    expect(plan(observed(run, { jobs: [done] }), early)).toMatchObject({ requeueAfter: 30_000 });
    expect(newestOf(plan(observed(run, { jobs: [done] }), early))?.verdict).toBeUndefined();
    const pods = [podOf(done, exited(3))];
    expect(newestOf(plan(observed(run, { jobs: [done], pods }), early))?.reason).toBe('CommandFailed');
    const late = new Date('2026-11-24T10:06:00Z');
    expect(newestOf(plan(observed(run, { jobs: [done] }), late))?.reason).toBe('JobFailed');
  });
});

describe('A registered attempt', () => {
  const end = { verdict: 'Registered', metrics: { f1: '0.9' } } as const;

  it('stays so when its version is deleted, and is not trained again', () => {
    const planned = plan(observed(runWith({}, end)), now);
    expect(planned.actions).toEqual([]);
    expect(planned.status).not.toHaveProperty('latestVersion');
    expect(newestOf(planned)?.verdict).toBe('Registered');
  });

  it('is not judged again', () => {
    const planned = plan(observed(runWith({ gate: [{ metric: 'f1', min: 1 }] }, end)), now);
    expect(newestOf(planned)?.verdict).toBe('Registered');
  });
});

describe('An attempt whose gate failed', () => {
  it('says so when it cannot be judged again because its pod is gone', () => {
    const run = runWith({ gate: [{ metric: 'f1', min: 0.8 }] }, { verdict: 'GateFailed', metrics: { f1: '0.9' } });
    const planned = plan(observed(run, { jobs: [completed(job(run))] }), now);
    expect(newestOf(planned)).toMatchObject({
      verdict: 'GateFailed',
      message: expect.stringContaining('results are gone'),
    });
  });
});

describe('A gang', () => {
  const run = runWith({ nodes: 2, retry: { limit: 1 } }, {});
  const gone = (reason?: string, retry?: { attemptUID: string; failures: number }) =>
    failed(job(run, retry ?? {}, retry ? 1 : 0), reason);

  it('is made again in a Job of its own, which knows the first', () => {
    const planned = plan(observed(run, { jobs: [gone()] }), now);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train-r1', 'Create fraud-1-train-r1']);
    const made = planned.actions[1];
    expect(made?.type === 'Create' && snapshotOf(made.object as IJob)).toMatchObject({
      attemptUID: 'uid-fraud-1-train',
      failures: 1,
    });
  });

  it('that failed more often than spec.retry.limit has failed', () => {
    const jobs = [gone(), gone(undefined, { attemptUID: 'uid-fraud-1-train', failures: 1 })];
    expect(newestOf(plan(observed(run, { jobs }), now))?.verdict).toBe('Failed');
  });

  it('that the cluster disrupted is made again without being counted', () => {
    const jobs = [gone(), gone('PodFailurePolicy', { attemptUID: 'uid-fraud-1-train', failures: 1 })];
    expect(names(plan(observed(run, { jobs }), now).actions)).toContain('Create fraud-1-train-r2');
  });

  it('is made again in spite of disruptions only as often as its name has room for', () => {
    const attemptUID = 'uid-fraud-1-train';
    const last = (retry: number) => failed(job(run, { attemptUID, failures: 0 }, retry), 'PodFailurePolicy');
    const planOf = (retry: number) => {
      const told = runWith({ nodes: 2 }, { stages: [entry({ job: `fraud-1-train-r${retry}` })] });
      return plan(observed(told, { jobs: [last(retry)] }), now);
    };
    expect(names(planOf(99_998).actions)).toContain('Create fraud-1-train-r99999');
    const planned = planOf(99_999);
    expect(names(planned.actions)).not.toContain('Create fraud-1-train-r100000');
    expect(newestOf(planned)?.verdict).toBe('Failed');
  });

  it('goes on with its newest Job though the one that status tells of is gone', () => {
    const retry = job(run, { attemptUID: 'uid-fraud-1-train', failures: 1 }, 1);
    const gone = { jobs: [retry], vanished: new Set(['fraud-1-train']) };
    const planned = plan(observed(run, gone), now, stages, 'Admission');
    expect(newestOf(planned)).not.toHaveProperty('verdict');
    expect(newestOf(planned)?.stages).toMatchObject([
      entry({ job: 'fraud-1-train-r1', jobUID: 'uid-fraud-1-train-r1' }),
    ]);
  });

  it('is cancelled by the deletion of the retry that status tells of, and of no other Job', () => {
    const stages = [entry({ job: 'fraud-1-train-r1', jobUID: 'of-r1' })];
    const retried = runWith({ nodes: 2, retry: { limit: 1 } }, { stages });
    const gone = { jobs: [failed(job(run))], vanished: new Set(['fraud-1-train-r1']) };
    const planned = plan(observed(retried, gone), now);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Deleted', stages: [{ ...stages[0], state: 'Failed' }] });
    expect(names(planned.actions)).toEqual([]);
  });

  it('gets the Service back that somebody deleted', () => {
    expect(names(plan(observed(run, { jobs: [job(run)] }), now).actions)).toEqual(['Create fraud-1-train']);
  });

  it('says that its Service leads to other pods than its own, and how it is had again', () => {
    const service = gangService(train, run, snapshot(run), 0);
    const planOf = (spec: object) => {
      const edited = { ...service, spec: { ...service.spec, ...spec } };
      return plan(observed(run, { jobs: [job(run)], services: [edited] }), now);
    };
    expect(stalledOf(planOf({}))?.reason).not.toBe('ServiceEdited');
    expect(stalledOf(planOf({ selector: { app: 'other' } }))).toMatchObject({
      reason: 'ServiceEdited',
      message: expect.stringContaining('`kubectl -n team delete service fraud-1-train`'),
    });
  });
});
