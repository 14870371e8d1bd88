import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import { completed, failed, job, snapshot } from '../../../../test/builders/job.ts';
import { exited, podOf, results } from '../../../../test/builders/pod.ts';
import {
  attempt,
  entry,
  names,
  newestOf,
  now,
  observed,
  runWith,
  stalledOf,
  summaryOf,
} from '../../../../test/builders/trainingplan.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { attemptAnnotation } from '../../../api/labels.ts';
import { plan } from '../plan.ts';
import { stages } from '../stages/index.ts';
import { snapshotDigestOf, snapshotText } from '../start/snapshot.ts';
import { withMade } from './made.ts';

const image = 'registry/other';

/** The Job with another annotation. */
function edited(made: IJob, change: object): IJob {
  const text = snapshotText({ ...snapshot(trainingRun()), ...change });
  return { ...made, metadata: { ...made.metadata, annotations: { [attemptAnnotation]: text } } };
}

/** The Job with another UID than the operator's. */
function stranger(made: IJob): IJob {
  return { ...made, metadata: { ...made.metadata, uid: 'stranger' } };
}

function withMain(made: IJob, change: object): IJob {
  const spec = made.spec?.template.spec;
  const containers = (spec?.containers ?? []).map((main) => ({ ...main, ...change }));
  return { ...made, spec: { ...made.spec, template: { ...made.spec?.template, spec: { ...spec, containers } } } };
}

describe('An edited annotation of a Job', () => {
  const run = runWith({ retry: { limit: 3 } }, {});

  it.each([
    { recipe: { image }, recipeDigest: 'whatever' },
    { failures: 0 },
    { coversUntil: '2099-01-01T00:00:00Z' },
    { champion: { name: 'fraud-9', uri: 'pvc://models/of/others' } },
  ])('that says %j has nothing registered, and nothing made again', (change) => {
    const done = edited(completed(job(run)), change);
    const good = plan(observed(run, { jobs: [done], pods: [podOf(done, results({ f1: 0.9 }))] }), now);
    expect(good.actions).toEqual([]);
    expect(newestOf(good)).toMatchObject({ verdict: 'Failed', reason: 'SnapshotInvalid' });
    const broken = edited(failed(job(run), 'PodFailurePolicy'), change);
    expect(plan(observed(run, { jobs: [broken], pods: [podOf(broken, exited(1))] }), now).actions).toEqual([]);
  });

  it('is told while the Job runs, with the command that ends it', () => {
    const planned = plan(observed(run, { jobs: [edited(job(run), { failures: 0 })] }), now);
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)).not.toHaveProperty('verdict');
    expect(stalledOf(planned)).toMatchObject({
      reason: 'SnapshotInvalid',
      message: expect.stringContaining('`kubectl -n team delete job fraud-1-train`'),
    });
  });

  it('counts also where the template is not known, since status has the digest', () => {
    const told = runWith({}, { stages: [entry({ snapshotDigest: `sha256:${'0'.repeat(64)}` })] });
    const { spec: _, ...cached } = completed(job(told));
    expect(newestOf(plan(observed(told, { jobs: [cached] }), now))?.reason).toBe('SnapshotInvalid');
  });
});

describe('A Job that status does not tell of', () => {
  const run = trainingRun();

  it('is taken up if it is what the operator would make next', () => {
    const planned = plan(observed(run, { jobs: [job(run)] }), now);
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)?.stages).toMatchObject([{ job: 'fraud-1-train', jobUID: 'uid-fraud-1-train' }]);
  });

  it.each<[string, IJob]>([
    ['of another recipe', job(trainingRun({ spec: { image } }))],
    ['of another program', withMain(job(run), { command: ['sh', '-c', 'true'] })],
    ['of another image', withMain(job(run), { image })],
    ['without the variables', withMain(job(run), { env: [] })],
    ['whose annotation was edited', edited(job(run), { coversUntil: '2026-11-24T09:00:00Z' })],
    ['that is compared with what is no version', job(run, { champion: { name: 'fraud-9' } })],
    ['that answers the triggers of years to come', job(run, { coversUntil: '2099-01-01T00:00:00Z' })],
    ['that claims to have failed before', job(run, { failures: 3 })],
    ['of which only the cache tells', { ...job(run), spec: { suspend: false } } as unknown as IJob],
  ])('%s is forged: nothing starts in its place, and the condition says how to remove it', (_, forged) => {
    const planned = plan(observed(run, { jobs: [forged] }), now);
    expect(planned.actions).toEqual([]);
    expect(planned.status).not.toHaveProperty('attempts');
    expect(summaryOf(planned)).toMatchObject({ status: 'Unknown', reason: 'Forged' });
    expect(stalledOf(planned)?.message).toContain('`kubectl -n team delete job fraud-1-train`');
  });

  it('of a number far away is told, bricks nothing, and is not counted', () => {
    const planned = plan(observed(run, { jobs: [job(run, { number: 999_999 })] }), now);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train']);
    expect(stalledOf(planned)).toMatchObject({
      reason: 'Forged',
      message: expect.stringContaining('fraud-999999-train'),
    });
  });

  it('and has the name of one that status tells of, is not taken for it', () => {
    const told = runWith({}, {});
    const forged = stranger(completed(job(told)));
    const facts = { jobs: [forged], pods: [podOf(forged, results({ f1: 1 }))], vanished: new Set(['fraud-1-train']) };
    const planned = plan(observed(told, facts), now);
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)?.verdict).toBe('Deleted');
  });

  it('with what a queue or a mesh adds is taken up all the same', () => {
    const made = job(run);
    const [main] = made.spec?.template.spec?.containers ?? [];
    const queued = withMain(made, { env: [...(main?.env ?? []), { name: 'HTTP_PROXY', value: 'http://proxy' }] });
    const spec = { ...queued.spec, suspend: true, template: { ...queued.spec!.template } };
    spec.template.spec = { ...spec.template.spec!, nodeSelector: { pool: 'gpu' } };
    const sidecar = { name: 'mesh', image: 'mesh' };
    spec.template.spec.containers = [...spec.template.spec.containers, sidecar];
    expect(newestOf(plan(observed(run, { jobs: [{ ...queued, spec }] }), now))?.name).toBe('fraud-1');
  });

  it('is taken up with the recipe from before an edit only where nobody else can have made it', () => {
    const before = job(trainingRun({ spec: { image } }));
    const planned = plan(observed(run, { jobs: [before] }), now, stages, 'Admission');
    expect(newestOf(planned)).toMatchObject({ name: 'fraud-1' });
  });
});

describe('A Job that makes a stage again', () => {
  const run = runWith({ nodes: 2, retry: { limit: 3 } }, {});
  const first = failed(job(run));
  const retry = { attemptUID: 'uid-fraud-1-train', failures: 1 };

  it('is taken up if status does not tell of it yet', () => {
    const planned = plan(observed(run, { jobs: [first, job(run, retry, 1)] }), now);
    expect(newestOf(planned)?.stages).toMatchObject([{ job: 'fraud-1-train-r1', jobUID: 'uid-fraud-1-train-r1' }]);
  });

  it.each<[string, IJob]>([
    ['of another recipe', job(trainingRun({ spec: { image, nodes: 2 } }), retry, 1)],
    ['of no attempt', job(run, { failures: 1 }, 1)],
    ['of another attempt', job(run, { ...retry, attemptUID: 'another' }, 1)],
    ['that is not the next one', job(run, retry, 7)],
  ])('%s is forged', (_, forged) => {
    const planned = plan(observed(run, { jobs: [first, forged] }), now);
    expect(newestOf(planned)?.stages).toMatchObject([{ job: 'fraud-1-train' }]);
    expect(stalledOf(planned)?.reason).toBe('Forged');
  });

  it('is none while the one before it runs', () => {
    const planned = plan(observed(run, { jobs: [job(run), job(run, retry, 1)] }), now);
    expect(newestOf(planned)?.stages).toMatchObject([{ job: 'fraud-1-train' }]);
  });
});

describe('A pod that bears the owner of a Job', () => {
  const run = runWith({ retry: { limit: 0 } }, {});
  const fake = (of: IJob, status: ReturnType<typeof exited>) => ({
    ...podOf(withMain(of, { command: ['fake'] }), status),
  });

  it('and runs something else registers nothing, and the Job is made again', () => {
    const done = completed(job(run));
    const planned = plan(observed(run, { jobs: [done], pods: [fake(done, results({ f1: 0.999 }))] }), now);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train-r1']);
    expect(stalledOf(planned)).toMatchObject({
      reason: 'Forged',
      message: expect.stringContaining('`kubectl -n team delete pod fraud-1-train-abcde`'),
    });
  });

  it('and runs something else time and again ends the attempt, since what makes it may be there to stay', () => {
    const told = runWith({}, { stages: [entry({ job: 'fraud-1-train-r3' })] });
    const third = completed(job(told, { attemptUID: 'uid-fraud-1-train', failures: 0, forged: 3 }, 3));
    const planned = plan(observed(told, { jobs: [third], pods: [fake(third, results({ f1: 0.999 }))] }), now);
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'Forged' });
  });

  it('and runs something else fails nothing', () => {
    const done = failed(job(run));
    const planned = plan(observed(run, { jobs: [done], pods: [fake(done, exited(1))] }), now);
    expect(newestOf(planned)).not.toHaveProperty('verdict');
    expect(names(planned.actions)).toEqual(['Create fraud-1-train-r1']);
  });

  it('and runs another image is believed only where the cluster lets nobody else make it', () => {
    const done = completed(job(run));
    const pods = [podOf(withMain(done, { image }), results({ f1: 0.9 }))];
    expect(names(plan(observed(run, { jobs: [done], pods }), now).actions)).not.toContain('Create fraud-1');
    const admitted = plan(observed(run, { jobs: [done], pods }), now, stages, 'Admission');
    expect(names(admitted.actions)).toEqual(['Create fraud-1']);
  });
});

describe('The status of the pass that makes a Job', () => {
  it('tells its UID and the digest of its snapshot, of an answer of which the template is not kept', () => {
    const run = trainingRun();
    const { template: _, ...kept } = job(run).spec ?? {};
    const answer = { ...job(run), spec: kept as IJob['spec'] };
    const begun = attempt(run, { stages: [entry()] });
    expect(withMade({ attempts: [begun] }, [answer as IJob]).attempts?.[0]?.stages).toEqual([
      expect.objectContaining({ jobUID: answer.metadata?.uid, snapshotDigest: snapshotDigestOf(job(run)) }),
    ]);
  });
});

describe('An attempt that ended', () => {
  it('is told by no Job of its name, finished or not, and says so of one that runs', () => {
    const run = trainingRun();
    const ended = attempt(run, { verdict: 'Failed', stages: [entry({ jobUID: 'gone' })] });
    const told = { ...run, status: { attempts: [ended] } };
    expect(stalledOf(plan(observed(told, { jobs: [stranger(failed(job(run)))] }), now))).toBeUndefined();
    const planned = plan(observed(told, { jobs: [stranger(job(run))] }), now);
    expect(planned.actions).toEqual([]);
    expect(stalledOf(planned)?.reason).toBe('Forged');
  });
});
