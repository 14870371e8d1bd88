import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import { completed, failed, job } from '../../../test/builders/job.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { TrainingRunSpec } from '../../api/types.ts';
import { plan } from './plan.ts';
import { recipeOf } from '../../domain/recipe.ts';
import { stages } from './stages/index.ts';
import { recipeDigest } from './start/digest.ts';
import {
  digest,
  entry,
  names,
  newestOf,
  now,
  observed,
  runWith,
  stalledOf,
  summaryOf,
} from '../../../test/builders/trainingplan.ts';

describe('The number of an attempt', () => {
  const newest = { number: 3, recipeDigest: 'old', verdict: 'Failed' } as const;

  it('is one more than that of the newest attempt that status knows, whatever Jobs and ModelVersions are called', () => {
    const run = runWith({ image: 'registry/new' }, newest);
    const jobs = [failed(job(run, { number: 999_999 }))];
    const planned = plan(observed(run, { versions: [modelVersion(999_999)], jobs }), now);
    expect(newestOf(planned)?.name).toBe('fraud-4');
  });

  it('passes over the names that ModelVersions of a deleted run have, since it could not be registered', () => {
    const run = runWith({ image: 'registry/new' }, newest);
    const versions = [4, 5, 7].map((number) => modelVersion(number, { trainingRunUID: 'of a deleted run' }));
    expect(newestOf(plan(observed(run, { versions }), now))?.name).toBe('fraud-6');
  });
});

describe('A run whose status was lost', () => {
  it('trains nothing again if a ModelVersion has its recipe', () => {
    const run = trainingRun();
    const version = modelVersion(4, { recipeDigest: recipeDigest(recipeOf(run.spec)) });
    const planned = plan(observed(run, { versions: [version] }), now, stages, 'Admission');
    expect(planned.actions).toEqual([]);
    expect(summaryOf(planned)).toMatchObject({ status: 'True', reason: 'Registered' });
    expect(newestOf(planned)).toMatchObject({ name: 'fraud-4', verdict: 'Registered', metrics: { f1: '0.93' } });
  });

  it('tells of the stages of an attempt that was registered, if its Jobs are there and are of that version', () => {
    const run = trainingRun();
    const done = completed(job(run));
    const wantStage = { name: 'Train', job: 'fraud-1-train', jobUID: 'uid-fraud-1-train', state: 'Passed' };
    const planned = plan(observed(run, { jobs: [done], versions: [modelVersion(1)] }), now, stages, 'Admission');
    expect(newestOf(planned)).toMatchObject({ verdict: 'Registered', stages: [wantStage] });
    const others = modelVersion(1, { attemptUID: 'another', recipeDigest: recipeDigest(recipeOf(run.spec)) });
    const ofOthers = plan(observed(run, { jobs: [done], versions: [others] }), now, stages, 'Admission');
    expect(newestOf(ofOthers)).toMatchObject({ verdict: 'Registered' });
    expect(newestOf(ofOthers)?.stages).toBeUndefined();
  });

  it('does not begin with an attempt that has neither verdict nor Job', () => {
    const planned = plan(observed(runWith({}, { stages: [] })), now);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train']);
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
    const planned = plan(observed(run, { versions: [version], requests }), now, stages, 'Admission');
    expect(planned.actions).toEqual([]);
  });

  it('trains again where anybody may write ModelVersions, under a name that none of them has', () => {
    const run = trainingRun();
    const ofDeleted = { trainingRunUID: 'of a deleted run', recipeDigest: recipeDigest(recipeOf(run.spec)) };
    const version = modelVersion(1, ofDeleted);
    expect(names(plan(observed(run, { versions: [version] }), now).actions)).toEqual(['Create fraud-2-train']);
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

describe('An attempt that ended', () => {
  it('costs no reading of what it was started with', () => {
    const run = runWith({}, { verdict: 'Registered' });
    const done = completed(job(run));
    const unread = {
      get annotations(): Record<string, string> {
        throw new Error('the snapshot was read');
      },
    };
    const metadata = Object.defineProperties({ ...done.metadata }, Object.getOwnPropertyDescriptors(unread));
    const planned = plan(observed(run, { jobs: [{ ...done, metadata }], versions: [modelVersion(1)] }), now);
    expect(newestOf(planned)).toEqual(run.status?.attempts?.[0]);
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

  it('deletes a Job that a late write made again after its attempt was cancelled', () => {
    const cancelled = runWith({}, { verdict: 'Deleted', stages: [entry({ jobUID: 'of-the-first' })] });
    const { actions } = plan(observed(cancelled, { jobs: [job(cancelled)] }), now);
    expect(actions).toEqual([expect.objectContaining({ type: 'Delete', uid: 'uid-fraud-1-train' })]);
    const sameAsEver = runWith({}, { verdict: 'Deleted', stages: [entry({ jobUID: 'uid-fraud-1-train' })] });
    expect(plan(observed(sameAsEver, { jobs: [job(sameAsEver)] }), now).actions).toEqual([]);
  });

  it('keeps the newest ten Jobs of a stage that is made again and again', () => {
    const open = runWith({}, { stages: [entry({ job: 'fraud-1-train-r11' })] });
    const made = Array.from({ length: 12 }, (_, retry) =>
      failed(job(open, retry > 0 ? { attemptUID: 'u' } : {}, retry)),
    );
    const { actions } = plan(observed(open, { jobs: made }), now);
    expect(names(actions)).toEqual(['Delete Job fraud-1-train', 'Delete Job fraud-1-train-r1']);
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
        '262,509 bytes, and a Job can carry 235,520. Shorten spec.command, which has 131,265',
      ),
    });
    const fits = trainingRun({ spec: { ...full, args: Array(50).fill('a'.repeat(2047)) } });
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
