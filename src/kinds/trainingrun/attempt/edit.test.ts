import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import { failed, job } from '../../../../test/builders/job.ts';
import { podOf, refused, running, unschedulable } from '../../../../test/builders/pod.ts';
import { entry, names, newestOf, now, observed, runWith, summaryOf } from '../../../../test/builders/trainingplan.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { attemptAnnotation } from '../../../api/labels.ts';
import type { PodOptions } from '../../../api/generated/shared.ts';
import type { Attempt, TrainingRunSpec } from '../../../api/types.ts';
import { recipeOf } from '../../../domain/recipe.ts';
import { plan } from '../plan.ts';
import { recipeDigest } from '../start/digest.ts';

interface Given {
  readonly fields?: Partial<Attempt>;
  readonly pods?: readonly Parameters<typeof podOf>[1][];
  readonly spec?: Partial<TrainingRunSpec>;
  readonly jobOf?: (made: IJob) => IJob;
}

const waits = unschedulable('0/1 nodes are available: 1 node(s) had untolerated taint {pool: gpu}.');
const tolerations = [{ key: 'pool', operator: 'Exists' as const }];
const proxy = { name: 'proxy', image: 'registry/proxy' };
const withPod = (pod: PodOptions | undefined) => (pod === undefined ? {} : { pod });

/** The plan for a run whose attempt started with these options, and that declares those by now. */
function planOf(before: PodOptions | undefined, after: PodOptions | undefined, given: Given = {}) {
  const { fields = {}, pods = [waits], spec = {}, jobOf = (made) => made } = given;
  const begun: IJob = {
    ...job(trainingRun({ spec: { ...spec, ...withPod(before) } })),
    status: { startTime: '2026-11-24T10:00:00Z' },
  };
  const made = jobOf(begun);
  const run = runWith({ ...spec, ...withPod(after) }, fields);
  return { run, made, planned: plan(observed(run, { jobs: [made], pods: pods.map((one) => podOf(made, one)) }), now) };
}

describe('An attempt whose spec.pod is edited, but for what is recipe', () => {
  it.each<[string, PodOptions | undefined, PodOptions | undefined]>([
    ['tolerations', undefined, { tolerations }],
    ['tolerations', { tolerations }, undefined],
    ['nodeSelector', { nodeSelector: { pool: 'a' } }, { nodeSelector: { pool: 'b' } }],
    ['runAsUser', { runAsUser: 1000 }, { runAsUser: 2000 }],
    ['sidecars', { sidecars: [proxy] }, { sidecars: [{ ...proxy, image: 'registry/proxy:2' }] }],
    ['imagePullSecrets, serviceAccountName', {}, { serviceAccountName: 'a', imagePullSecrets: [{ name: 'b' }] }],
  ])('and that never ran is superseded, with what was edited: %s', (options, before, after) => {
    const { run, made, planned } = planOf(before, after);
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)).toMatchObject({
      verdict: 'Superseded',
      message: `spec.pod was edited (${options}) before main of attempt fraud-1 ever ran, so the edited one takes its place`,
    });
    expect(summaryOf(planned)).toMatchObject({ status: 'Unknown', reason: 'Superseded' });

    const told = { ...run, status: planned.status };
    const deletes = plan(observed(told, { jobs: [made] }), now);
    expect(deletes.actions).toMatchObject([{ type: 'Delete', uid: 'uid-fraud-1-train' }]);
    const starts = plan(observed(told), now);
    expect(names(starts.actions)).toEqual(['Create fraud-2-train']);
    // What asked for the first attempt is still to be answered.
    expect(newestOf(starts)).toMatchObject({ name: 'fraud-2', trigger: { type: 'Created' } });
    const begun = { ...run, status: starts.status };
    const next = job(run, { number: 2 });
    expect(newestOf(plan(observed(begun, { jobs: [next] }), now))).not.toHaveProperty('verdict');
  });

  it.each<[string, PodOptions | undefined, PodOptions | undefined]>([
    ['writes what is so by default', undefined, { serviceAccountName: 'default', terminationGracePeriod: '30s' }],
    ['writes empty lists', undefined, { sidecars: [], labels: {}, tolerations: [] }],
    ['writes a number as a text', { sharedMemory: 1 }, { sharedMemory: '1' }],
    [
      'turns a map round',
      { imagePullSecrets: [{ name: 'a' }, { name: 'b' }] },
      { imagePullSecrets: [{ name: 'b' }, { name: 'a' }] },
    ],
    [
      'writes the operator of a toleration',
      { tolerations: [{ key: 'a' }] },
      { tolerations: [{ key: 'a', operator: 'Equal', value: '' }] },
    ],
  ])('goes on if the edit %s, which is the same', (_, before, after) => {
    expect(newestOf(planOf(before, after).planned)).not.toHaveProperty('verdict');
  });

  it.each<[string, Given]>([
    ['runs', { pods: [running()] }],
    ['ran, as status remembers', { fields: { stages: [entry({ ran: true })] } }],
    ['ran and is tried again', { jobOf: (made) => ({ ...made, status: { failed: 1, active: 1 } }) }],
    ['is suspended after it ran', { spec: { suspend: true }, fields: { stages: [entry({ ran: true })] }, pods: [] }],
  ])('and that %s is left alone: nothing starts, and nothing waits', (_, given) => {
    const { run, planned } = planOf(undefined, { tolerations }, given);
    expect(planned.actions.filter(({ type }) => type !== 'Patch')).toEqual([]);
    expect(newestOf(planned)).not.toHaveProperty('verdict');
    expect(summaryOf(planned)?.reason).not.toBe('EditWaits');
    const done = { ...run, status: { attempts: [{ ...run.status!.attempts![0]!, verdict: 'NoResults' as const }] } };
    expect(plan(observed(done), now).actions).toEqual([]);
  });

  it('is remembered to run as soon as the edit is seen, so that it is not superseded when its pod is gone', () => {
    const early = { fields: {}, pods: [running()] };
    const at = new Date('2026-11-24T10:00:05Z');
    const { run, made } = planOf(undefined, { tolerations }, early);
    const planned = plan(observed(run, { jobs: [made], pods: [podOf(made, running())] }), at);
    expect(newestOf(planned)?.stages).toEqual([entry({ ran: true })]);
    const unedited = { ...run, spec: trainingRun().spec };
    const plain = plan(observed(unedited, { jobs: [made], pods: [podOf(made, running())] }), at);
    expect(newestOf(plain)?.stages).toEqual([entry()]);
  });

  it('is superseded while the run is suspended, too, and the next one waits for that', () => {
    const { run, planned } = planOf(undefined, { tolerations }, { spec: { suspend: true }, pods: [] });
    expect(newestOf(planned)?.verdict).toBe('Superseded');
    expect(plan(observed({ ...run, status: planned.status }), now).actions).toEqual([]);
  });

  it('and whose pods nodes refuse is superseded instead of made again', () => {
    const { planned } = planOf(undefined, { tolerations }, { jobOf: failed, pods: [refused()] });
    expect(planned.status.attempts?.[0]?.verdict).toBe('Superseded');
    expect(names(planned.actions)).toEqual(['Create fraud-2-train']);
  });

  it('is superseded though its status was lost, since its Job tells what it started with', () => {
    const made: IJob = { ...job(trainingRun()), status: { startTime: '2026-11-24T10:00:00Z' } };
    const run = trainingRun({ spec: { pod: { tolerations } } });
    const planned = plan(observed(run, { jobs: [made], pods: [podOf(made, waits)] }), now, undefined, 'Admission');
    expect(newestOf(planned)).toMatchObject({ name: 'fraud-1', verdict: 'Superseded' });
  });

  it('goes on while its snapshot cannot be read, since it is not known what was edited', () => {
    const unreadable = (made: IJob): IJob => ({
      ...made,
      metadata: { ...made.metadata, annotations: { [attemptAnnotation]: '{}' } },
    });
    const { planned } = planOf(undefined, { tolerations }, { jobOf: unreadable });
    expect(newestOf(planned)).not.toHaveProperty('verdict');
    expect(summaryOf(planned)?.reason).toBe('SnapshotInvalid');
  });

  it('goes on as long as the edited spec could not start', () => {
    const spec = { parameters: { 'l-r': '1', l_r: '2' } };
    expect(newestOf(planOf(undefined, { tolerations }, { spec }).planned)).not.toHaveProperty('verdict');
  });

  it('goes on when its timeout, its retries or the hardware profile that it names are edited', () => {
    const spec = { accelerator: { profile: 'h100', count: 1 } };
    const made = job(trainingRun({ spec }), { hardware: { name: 'h100', resource: 'nvidia.com/gpu' } });
    const edited = runWith({ ...spec, timeout: '1h', retry: { limit: 3 } }, {});
    const profiles = [{ name: 'h100', resource: 'nvidia.com/gpu', nodeSelector: { pool: 'new' } }];
    const facts = observed(edited, { jobs: [made], pods: [podOf(made, waits)] });
    expect(newestOf(plan(facts, now, undefined, 'Compare', profiles))).not.toHaveProperty('verdict');
  });

  it('waits ten seconds whether it runs after all, and then looks again', () => {
    const { run, made } = planOf(undefined, { tolerations });
    const early = plan(observed(run, { jobs: [made] }), new Date('2026-11-24T10:00:04Z'));
    expect(newestOf(early)).not.toHaveProperty('verdict');
    expect(early.requeueAfter).toBe(6_000);
  });
});

describe('An edit of the volumes or the init containers', () => {
  it.each<PodOptions>([
    { volumes: [{ name: 'code', mountPath: '/app', configMap: { name: 'code' } }] },
    { initContainers: [{ name: 'fetch-data', image: 'registry/fetch' }] },
  ])('is one of the recipe: %j', (pod) => {
    const fields = { recipeDigest: recipeDigest(recipeOf(trainingRun().spec)) };
    const { planned } = planOf(undefined, pod, { fields });
    expect(newestOf(planned)?.message).toContain('the recipe was edited');
    const trains = planOf(undefined, pod, { fields, pods: [running()] });
    expect(summaryOf(trains.planned)?.reason).toBe('EditWaits');
  });
});
