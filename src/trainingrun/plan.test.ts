import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import { completed, failed, job } from '../../test/builders/job.ts';
import { modelVersion } from '../../test/builders/modelversion.ts';
import { exited, podOf, results, running, succeeded } from '../../test/builders/pod.ts';
import { trainingRun } from '../../test/builders/trainingrun.ts';
import { findCondition } from '../api/condition.ts';
import type { Attempt, ITrainingRun, TrainingRunSpec } from '../api/index.ts';
import { keyOf } from '../api/resource.ts';
import type { TrainingRunObserved } from './observe.ts';
import { plan } from './plan.ts';
import { recipeDigest, recipeOf } from './recipe.ts';

const now = new Date('2026-11-24T10:10:00Z');

function observed(run: ITrainingRun, fields: Partial<TrainingRunObserved> = {}): TrainingRunObserved {
  return {
    run,
    jobs: [],
    pods: [],
    services: [],
    versions: [],
    rejected: new Set(),
    requests: [],
    vanished: new Set(),
    ...fields,
  };
}

function attempt(run: ITrainingRun, fields: Partial<Attempt> = {}): Attempt {
  const number = fields.number ?? 1;
  return {
    name: `fraud-${number}`,
    number,
    recipeDigest: recipeDigest(recipeOf(run.spec)),
    trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
    coversUntil: '2026-11-24T10:00:00Z',
    startTime: '2026-11-24T10:00:00Z',
    ...fields,
  };
}

function runWith(spec: Partial<TrainingRunSpec>, ...attempts: readonly Partial<Attempt>[]): ITrainingRun {
  const run = trainingRun({ spec });
  return trainingRun({ spec, status: { attempts: attempts.map((fields) => attempt(run, fields)) } });
}

/** The plan for a run whose attempt's Job completed with this pod. */
function ended(run: ITrainingRun, status: ReturnType<typeof running>, fields: Partial<TrainingRunObserved> = {}) {
  const done = completed(job(run));
  return plan(observed(run, { jobs: [done], pods: [podOf(done, status)], ...fields }), now);
}

const names = (actions: ReturnType<typeof plan>['actions']) =>
  actions.map((action) =>
    action.type === 'Create'
      ? `Create ${keyOf(action.object).name}`
      : `${action.type} ${action.kind.kind} ${action.key.name}`,
  );
const summaryOf = (planned: ReturnType<typeof plan>) => findCondition(planned.status.conditions, 'Succeeded');
const stalledOf = (planned: ReturnType<typeof plan>) => findCondition(planned.status.conditions, 'Stalled');
const newestOf = (planned: ReturnType<typeof plan>) => planned.status.attempts?.at(-1);
const digest = `sha256:${'a'.repeat(64)}`;

describe('The number of an attempt', () => {
  it('is one more than that of any Job, ModelVersion or attempt in status', () => {
    const run = runWith({ image: 'registry/new' }, { number: 3, recipeDigest: 'old', verdict: 'Failed' });
    const jobs = [failed(job(run, { number: 5, recipeDigest: 'old' }))];
    const status = plan(observed(run, { versions: [modelVersion(7)], jobs, pods: [podOf(jobs[0]!, exited(1))] }), now);
    expect(newestOf(status)?.name).toBe('fraud-8');
  });
});

describe('A run whose status was lost', () => {
  it('trains nothing again if a ModelVersion has its recipe', () => {
    const run = trainingRun();
    const version = modelVersion(4, { recipeDigest: recipeDigest(recipeOf(run.spec)) });
    const planned = plan(observed(run, { versions: [version] }), now);
    expect(planned.actions).toEqual([]);
    expect(summaryOf(planned)).toMatchObject({ status: 'True', reason: 'Registered' });
    expect(newestOf(planned)).toMatchObject({ name: 'fraud-4', verdict: 'Registered', metrics: { f1: '0.93' } });
  });

  it('takes up the Job that runs', () => {
    const run = trainingRun();
    const planned = plan(observed(run, { jobs: [job(run)] }), now);
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)).toMatchObject({ name: 'fraud-1', startTime: '2026-11-24T10:00:00Z' });
  });

  it('serves no request again that its newest version covers', () => {
    const run = trainingRun();
    const version = modelVersion(4, {
      recipeDigest: recipeDigest(recipeOf(run.spec)),
      coversUntil: '2026-11-24T10:05:00Z',
    });
    const requests = [{ monitor: 'm', requestedAt: '2026-11-24T10:05:00Z', reason: 'drift' }];
    expect(plan(observed(run, { versions: [version], requests }), now).actions).toEqual([]);
  });
});

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
          uri: 'pvc://models/fraud/fraud-1',
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

  it('makes no version without results, and has succeeded', () => {
    const planned = ended(runWith({}, {}), succeeded(''));
    expect(planned.actions).toEqual([]);
    expect(summaryOf(planned)).toMatchObject({ status: 'True', reason: 'NoResults' });
  });

  it('fails its gate without results', () => {
    const planned = ended(runWith({ gate: [{ metric: 'f1', min: '0.9' }] }, {}), succeeded(''));
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
    const lost = { verdict: 'ResultsLost', jobUID: 'uid-fraud-1-train' } as const;
    const ofAttempt = plan(observed(runWith({}, lost), { versions: [modelVersion(1)] }), now);
    expect(newestOf(ofAttempt)).toMatchObject({ verdict: 'Registered' });
    const ofAnother = modelVersion(1, { attemptUID: 'another' });
    expect(newestOf(plan(observed(runWith({}, lost), { versions: [ofAnother] }), now))?.verdict).toBe('ResultsLost');
  });

  it('of a gang were not lost either if the version names the first of its Jobs', () => {
    const run = runWith({ nodes: 2 }, { verdict: 'ResultsLost', jobUID: 'uid-fraud-1-train-r1' });
    const retry = { attemptUID: 'uid-fraud-1-train', failures: 1 };
    const jobs = [failed(job(run)), completed(job(run, { retry }, 1))];
    const planned = plan(observed(run, { jobs, versions: [modelVersion(1)] }), now);
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

  it('whose annotation was changed is not registered', () => {
    const run = runWith({}, {});
    const done = completed(job(run));
    const tampered = { ...done, metadata: { ...done.metadata, annotations: {} } };
    const planned = plan(observed(run, { jobs: [tampered] }), now);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'SnapshotInvalid' });
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
    const planned = plan(observed(runWith({ gate: [{ metric: 'f1', min: '1' }] }, end)), now);
    expect(newestOf(planned)?.verdict).toBe('Registered');
  });
});

describe('An attempt whose gate failed', () => {
  it('says so when it cannot be judged again because its pod is gone', () => {
    const run = runWith({ gate: [{ metric: 'f1', min: '0.8' }] }, { verdict: 'GateFailed', metrics: { f1: '0.9' } });
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
    failed(job(run, retry ? { retry } : {}, retry ? 1 : 0), reason);

  it('is made again in a Job of its own, which knows the first', () => {
    const planned = plan(observed(run, { jobs: [gone()] }), now);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train-r1', 'Create fraud-1-train-r1']);
    const made = planned.actions[1];
    expect(made?.type === 'Create' && made.object.metadata?.annotations?.['flyball.dev/attempt']).toContain(
      '"retry":{"attemptUID":"uid-fraud-1-train","failures":1}',
    );
  });

  it('that failed more often than spec.retry.limit has failed', () => {
    const jobs = [gone(), gone(undefined, { attemptUID: 'uid-fraud-1-train', failures: 1 })];
    expect(newestOf(plan(observed(run, { jobs }), now))?.verdict).toBe('Failed');
  });

  it('that the cluster disrupted is made again without being counted', () => {
    const jobs = [gone(), gone('PodFailurePolicy', { attemptUID: 'uid-fraud-1-train', failures: 1 })];
    expect(names(plan(observed(run, { jobs }), now).actions)).toContain('Create fraud-1-train-r2');
  });

  it('gets the Service back that somebody deleted', () => {
    expect(names(plan(observed(run, { jobs: [job(run)] }), now).actions)).toEqual(['Create fraud-1-train']);
  });
});

describe('A Monitor that asks for training', () => {
  const requests = [{ monitor: 'amounts', requestedAt: '2026-11-24T10:08:00Z', reason: 'drift' }];
  const end = { verdict: 'Registered' } as const;

  it('is answered by an attempt that covers its request', () => {
    const planned = plan(observed(runWith({}, end), { requests }), now);
    expect(newestOf(planned)).toMatchObject({
      trigger: { type: 'Monitor', name: 'amounts', reason: 'drift' },
      coversUntil: '2026-11-24T10:10:00Z',
    });
  });

  it('is not answered if all data is pinned, and the run says who has to act', () => {
    const datasets = [{ name: 'train', uri: 'pvc://data/train', digest }];
    const planned = plan(observed(runWith({ datasets }, end), { requests }), now);
    expect(planned.actions).toEqual([]);
    expect(stalledOf(planned)).toMatchObject({ reason: 'DataPinned', message: expect.stringContaining('amounts') });
    expect(summaryOf(planned)).toMatchObject({ status: 'True' });
  });
});

describe('A suspended run', () => {
  it('starts nothing', () => {
    const planned = plan(observed(trainingRun({ spec: { suspend: true } })), now);
    expect(planned.actions).toEqual([]);
    expect(summaryOf(planned)).toMatchObject({ status: 'Unknown', reason: 'Suspended' });
  });

  it('suspends its Job only once status says so', () => {
    const run = runWith({ suspend: true }, {});
    const first = plan(observed(run, { jobs: [job(run)] }), now);
    expect(first.actions).toEqual([]);
    const second = plan(observed({ ...run, status: first.status }, { jobs: [job(run)] }), now);
    expect(names(second.actions)).toEqual(['Patch Job fraud-1-train']);
  });

  it('lets go on what it suspended itself, and leaves to a queue what the queue suspended', () => {
    const run = runWith({}, {});
    const suspended = job(run);
    const spec = { ...suspended.spec!, suspend: true };
    const annotations = { ...suspended.metadata?.annotations, 'flyball.dev/suspended': 'true' };
    const ours = { ...suspended, spec, metadata: { ...suspended.metadata, annotations } };
    expect(names(plan(observed(run, { jobs: [ours] }), now).actions)).toEqual(['Patch Job fraud-1-train']);
    expect(plan(observed(run, { jobs: [{ ...suspended, spec }] }), now).actions).toEqual([]);
  });
});

describe('The history of attempts', () => {
  const spec = { attemptHistoryLimit: 1 };
  const run = runWith(
    spec,
    { number: 1, recipeDigest: 'old', verdict: 'Failed' },
    { number: 2, recipeDigest: 'old', verdict: 'Failed' },
  );
  const jobs = [1, 2].map((number) => failed(job(run, { number, recipeDigest: 'old' })));

  it('keeps as many as asked for, and deletes the Jobs of the others once status has dropped them', () => {
    const idle = { ...run, spec: { ...run.spec, suspend: true } };
    const first = plan(observed(idle, { jobs }), now);
    expect(first.status.attempts?.map(({ name }) => name)).toEqual(['fraud-2']);
    expect(first.actions).toEqual([]);
    const second = plan(observed({ ...idle, status: first.status }, { jobs }), now);
    expect(second.actions).toEqual([
      expect.objectContaining({ type: 'Delete', uid: 'uid-fraud-1-train', propagation: 'Background' }),
    ]);
  });

  it('makes room before it asks for more, since a quota may be full of its own Jobs', () => {
    const status = { ...run.status, attempts: run.status!.attempts!.slice(1) };
    const planned = plan(observed({ ...run, status }, { jobs }), now);
    expect(planned.actions.map(({ type }) => type)).toEqual(['Delete', 'Create']);
  });

  it('never deletes a Job that runs', () => {
    const planned = plan(observed(run, { jobs: [job(run, { number: 1 }), jobs[1]!] }), now);
    expect(names(planned.actions)).not.toContain('Delete Job fraud-1-train');
  });
});

describe('A run that cannot be right', () => {
  it('starts nothing while two parameters would become one variable', () => {
    const planned = plan(observed(trainingRun({ spec: { parameters: { 'l-r': '1', l_r: '2' } } })), now);
    expect(planned.actions).toEqual([]);
    expect(stalledOf(planned)).toMatchObject({
      reason: 'ParametersCollide',
      message: expect.stringContaining('l-r and l_r'),
    });
  });

  it('says that its schedule makes no sense, and trains all the same', () => {
    const planned = plan(observed(trainingRun({ spec: { schedule: '99 * * * *' } })), now);
    expect(stalledOf(planned)).toMatchObject({ reason: 'ScheduleInvalid' });
    expect(names(planned.actions)).toEqual(['Create fraud-1-train']);
  });

  it('starts nothing with a path that leads out of its claim', () => {
    const planned = plan(observed(trainingRun({ spec: { output: { uri: 'pvc://models/../etc' } } })), now);
    expect(planned.actions).toEqual([]);
    expect(stalledOf(planned)).toMatchObject({ reason: 'URIMalformed' });
  });

  it('starts nothing with a recipe that no Job can carry, and names the field to shorten', () => {
    const full = { image: 'i', command: Array(64).fill('c'.repeat(2048)), args: Array(64).fill('a'.repeat(2047)) };
    const planned = plan(observed(trainingRun({ spec: full })), now);
    expect(planned.actions).toEqual([]);
    expect(stalledOf(planned)).toMatchObject({
      reason: 'RecipeTooLarge',
      message: expect.stringContaining(
        '262,498 bytes, and a Job can carry 256,000. Shorten spec.command, which has 131,265',
      ),
    });
    const fits = trainingRun({ spec: { ...full, args: Array(60).fill('a'.repeat(2047)) } });
    expect(names(plan(observed(fits), now).actions)).toEqual(['Create fraud-1-train']);
  });

  it('says when no pod was made for its Job in two minutes', () => {
    const run = runWith({}, {});
    const started = (startTime: string): IJob => ({ ...job(run), status: { startTime } });
    const early = plan(observed(run, { jobs: [started('2026-11-24T10:09:00Z')] }), now);
    expect(early).toMatchObject({ requeueAfter: 60_000 });
    expect(stalledOf(early)).toBeUndefined();
    const late = plan(observed(run, { jobs: [started('2026-11-24T10:08:00Z')] }), now);
    expect(stalledOf(late)).toMatchObject({ reason: 'PodsMissing' });
  });
});

describe('The next look', () => {
  it('is due with the next tick or rerunAt, whichever is first, and within a day', () => {
    const end = { verdict: 'Registered' } as const;
    const after = (spec: Partial<TrainingRunSpec>) => plan(observed(runWith(spec, end)), now).requeueAfter;
    expect(after({ schedule: '0 11 * * *' })).toBe(50 * 60_000);
    expect(after({ schedule: '0 11 * * *', rerunAt: '2026-11-24T10:20:00Z' })).toBe(10 * 60_000);
    expect(after({ rerunAt: '2027-11-24T10:20:00Z' })).toBe(24 * 3_600_000);
    expect(after({})).toBeUndefined();
  });
});
