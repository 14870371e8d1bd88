import { describe, expect, it } from '@jest/globals';
import { completed, job } from '../../../../test/builders/job.ts';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { podOf, results, running } from '../../../../test/builders/pod.ts';
import { names, newestOf, now, observed, runWith, stalledOf } from '../../../../test/builders/trainingplan.ts';
import type { IModelVersion, TrainingRunSpec } from '../../../api/types.ts';
import { plan } from '../plan.ts';
import { stages } from '../stages/index.ts';

const registered = { number: 4, verdict: 'Registered', versionUID: 'uid-version-4' } as const;
const good = results({ f1: 0.95 });

/** What the plan of an attempt registers whose Job completed. */
function recordOf(spec: Partial<TrainingRunSpec> = {}): IModelVersion {
  const run = runWith(spec, {});
  const done = completed(job(run));
  const [action] = plan(observed(run, { jobs: [done], pods: [podOf(done, good)] }), now).actions;
  if (action?.type !== 'Create') throw new Error('nothing is registered');
  const { metadata, ...made } = action.object as IModelVersion;
  return { ...made, metadata: { ...metadata, name: 'fraud-1', uid: 'uid-version-1' } };
}

const withSpec = (version: IModelVersion, change: object): IModelVersion => ({
  ...version,
  spec: { ...version.spec, ...change },
});

describe('The versions of a run', () => {
  it('are those that it registered and that are there, told by name and UID', () => {
    const run = runWith({}, { number: 3, verdict: 'Registered', versionUID: 'uid-version-3' }, registered);
    const versions = [modelVersion(4), modelVersion(3), modelVersion(9)];
    const { status } = plan(observed(run, { versions }), now);
    expect(status.latestVersion).toEqual({ name: 'fraud-4', uid: 'uid-version-4' });
    expect(status.versions?.map(({ name }) => name)).toEqual(['fraud-3', 'fraud-4']);
  });

  it('are remembered when their attempts are not any more', () => {
    const told = runWith({}, { number: 9, verdict: 'Failed' });
    const versions = [{ name: 'fraud-3', uid: 'uid-version-3' }];
    const run = { ...told, status: { ...told.status, versions } };
    expect(plan(observed(run, { versions: [modelVersion(3)] }), now).status.versions).toEqual(versions);
  });

  it('leave out what has the name of one and another UID', () => {
    const other = { ...modelVersion(4), metadata: { name: 'fraud-4', namespace: 'team', uid: 'another' } };
    const planned = plan(observed(runWith({}, registered), { versions: [other] }), now);
    expect(planned.status).not.toHaveProperty('latestVersion');
    expect(newestOf(planned)?.verdict).toBe('Registered');
  });
});

describe('A ModelVersion that was not registered', () => {
  const forged = modelVersion(999_999, { metrics: { f1: '1' } });

  it('is told with the command that removes it, and is no champion', () => {
    const run = runWith({ image: 'registry/new' }, { ...registered, recipeDigest: 'old' });
    const planned = plan(observed(run, { versions: [modelVersion(4), forged] }), now);
    expect(names(planned.actions)).toEqual(['Create fraud-5-train']);
    expect(newestOf(planned)?.champion).toBe('fraud-4');
    expect(stalledOf(planned)).toMatchObject({
      reason: 'Forged',
      message: expect.stringContaining('`kubectl -n team delete mver fraud-999999`'),
    });
  });

  it('of a run of that name that was deleted is no forgery', () => {
    const former = modelVersion(1, { trainingRunUID: 'another' });
    const planned = plan(observed(runWith({}, registered), { versions: [modelVersion(4), former] }), now);
    expect(stalledOf(planned)).toBeUndefined();
  });

  it('is told at once if it has the name of an attempt that runs, which goes on', () => {
    const run = runWith({}, {});
    const made = job(run);
    const facts = { jobs: [made], pods: [podOf(made, running())], versions: [modelVersion(1)] };
    const planned = plan(observed(run, facts), now);
    expect(planned.actions).toEqual([]);
    expect(stalledOf(planned)).toMatchObject({ reason: 'Forged', message: expect.stringContaining('fraud-1') });
  });
});

describe('A ModelVersion of the name of an attempt whose last stage passed', () => {
  const run = runWith({ gate: [{ metric: 'f1', min: 0.9 }] }, {});
  const done = completed(job(run));
  const record = recordOf({ gate: [{ metric: 'f1', min: 0.9 }] });
  const planOf = (version: IModelVersion, of = run) =>
    plan(observed(of, { jobs: [done], pods: [podOf(done, good)], versions: [version] }), now);

  it('is registered if it is what the attempt would register', () => {
    const planned = planOf(record);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Registered', versionUID: 'uid-version-1' });
    expect(planned.status.latestVersion).toEqual({ name: 'fraud-1', uid: 'uid-version-1' });
  });

  it('is registered though the gate was edited since it was made, if it passes that too', () => {
    const edited = { ...run, spec: { ...run.spec, gate: [{ metric: 'f1', min: 0.8 }] } };
    expect(newestOf(planOf(record, edited))?.verdict).toBe('Registered');
  });

  it.each([
    { metrics: { f1: '0.999' } },
    { uri: 'pvc://others/model' },
    { digest: 'sha256:other' },
    { image: 'other' },
  ])('is in the way if it says %j, and how it is removed is told', (change) => {
    const planned = planOf(withSpec(record, change));
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)).not.toHaveProperty('verdict');
    expect(stalledOf(planned)).toMatchObject({
      reason: 'NameConflict',
      message: expect.stringContaining('`kubectl -n team delete mver fraud-1`'),
    });
  });

  it('is of the attempt without its pods where nobody else can have made it, and else the results are lost', () => {
    const facts = observed(run, { jobs: [done], versions: [record] });
    expect(newestOf(plan(facts, now, stages, 'Admission'))?.verdict).toBe('Registered');
    expect(newestOf(plan(facts, now))?.verdict).toBe('ResultsLost');
  });

  it('registers no attempt that failed its gate', () => {
    const strict = { ...run, spec: { ...run.spec, gate: [{ metric: 'f1', min: 0.99 }] } };
    expect(newestOf(planOf(record, strict))?.verdict).toBe('GateFailed');
  });
});
