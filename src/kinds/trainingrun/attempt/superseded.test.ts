import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { failed, job } from '../../../../test/builders/job.ts';
import { exited, podOf, refused, running, unschedulable, waiting } from '../../../../test/builders/pod.ts';
import { entry, names, newestOf, now, observed, runWith, summaryOf } from '../../../../test/builders/trainingplan.ts';
import { commandProblems } from '../../../../test/builders/kubectl.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { Attempt } from '../../../api/types.ts';
import { recipeOf } from '../../../domain/recipe.ts';
import { plan } from '../plan.ts';
import { recipeDigest } from '../start/digest.ts';

const wrong = trainingRun({ spec: { image: 'localhost/nobody/nothing:9' } });
const untouched = job(wrong);
/** Its controller has seen it. */
const made: IJob = { ...untouched, status: { startTime: '2026-11-24T10:00:00Z' } };
const before = recipeDigest(recipeOf(wrong.spec));
const edited = (fields: Partial<Attempt> = {}, spec = {}) => runWith(spec, { recipeDigest: before, ...fields });
/** Every message that a plan tells has commands that can be run. */
function sound<T extends ReturnType<typeof plan>>(planned: T): T {
  const { attempts = [], conditions = [] } = planned.status;
  const messages = [...attempts, ...conditions].map(({ message = '' }) => message);
  expect(messages.flatMap((message) => commandProblems(message, { namespace: 'team' }))).toEqual([]);
  return planned;
}
const planOf = (run: ReturnType<typeof edited>, jobs: readonly IJob[], pods: readonly IPod[] = []) =>
  sound(plan(observed(run, { jobs, pods }), now));
const withStatus = (status: object): IJob => ({ ...made, status: { ...made.status, ...status } });

describe('An attempt whose recipe is edited', () => {
  it.each<[string, IPod[]]>([
    ['has an image that cannot be pulled', [podOf(made, waiting('ImagePullBackOff'))]],
    ['gets no node', [podOf(made, unschedulable('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'))]],
    ['has no pod', []],
  ])('and that never ran, since it %s, is superseded: verdict, Job, next attempt, one after the other', (_, pods) => {
    const first = planOf(edited(), [made], pods);
    expect(first.actions).toEqual([]);
    expect(first.requeueAfter).toBe(1);
    expect(newestOf(first)).toMatchObject({
      name: 'fraud-1',
      verdict: 'Superseded',
      message: 'the recipe was edited before main of attempt fraud-1 ever ran, so the edited one takes its place',
    });
    expect(summaryOf(first)).toMatchObject({ status: 'Unknown', reason: 'Superseded' });

    const after = { ...edited(), status: first.status };
    const second = planOf(after, [made], pods);
    expect(second.actions).toEqual([
      expect.objectContaining({ type: 'Delete', uid: 'uid-fraud-1-train', propagation: 'Background' }),
    ]);
    const third = planOf(after, []);
    expect(names(third.actions)).toEqual(['Create fraud-2-train']);
    expect(newestOf(third)).toMatchObject({ name: 'fraud-2', trigger: { type: 'RecipeChanged' } });
  });

  it('waits for a Job that a finalizer keeps, and names it, since nothing goes on by itself', () => {
    const going = { deletionTimestamp: '2026-11-24T10:05:00Z', finalizers: ['orphan', 'example.com/mine'] };
    const kept: IJob = { ...made, metadata: { ...made.metadata, ...going } };
    const after = { ...edited(), status: planOf(edited(), [made]).status };

    const waits = planOf(after, [kept]);
    expect(waits.actions).toEqual([]);
    expect(summaryOf(waits)).toMatchObject({
      reason: 'JobKept',
      message: expect.stringContaining('Job fraud-1-train was deleted and stays, since the finalizer example.com/mine'),
    });
    const own: IJob = { ...made, metadata: { ...made.metadata, ...going, finalizers: ['foregroundDeletion'] } };
    expect(summaryOf(planOf(after, [own]))).toMatchObject({ reason: 'Superseded' });
  });

  it('goes on while nothing is known of what was done with its Job, as after an outage', () => {
    const planned = planOf(edited(), [untouched]);
    expect(summaryOf(planned)).toMatchObject({ reason: 'EditWaits' });
    expect(newestOf(planned)?.verdict).toBeUndefined();
  });

  it('is given ten seconds to show that it runs', () => {
    const early = plan(observed(edited(), { jobs: [made] }), new Date('2026-11-24T10:00:04Z'));
    expect(summaryOf(early)).toMatchObject({ reason: 'EditWaits' });
    expect(early.requeueAfter).toBe(6_000);
    expect(newestOf(plan(observed(edited(), { jobs: [made] }), new Date('2026-11-24T10:00:10Z')))?.verdict).toBe(
      'Superseded',
    );
  });

  it('waits until its Job is gone, though somebody else holds on to it', () => {
    const after = edited({ verdict: 'Superseded' });
    const leaving = { ...made, metadata: { ...made.metadata, deletionTimestamp: '2026-11-24T10:09:00Z' } };
    expect(planOf(after, [leaving]).actions).toEqual([]);
  });

  it('starts anew also if the edit is taken back before the next attempt has started', () => {
    const back = runWith({}, { verdict: 'Superseded' });
    expect(names(planOf(back, []).actions)).toEqual(['Create fraud-2-train']);
  });

  it.each<[string, Partial<Attempt>, IJob, IPod[]]>([
    ['runs', {}, made, [podOf(made, running())]],
    ['ran and is tried again', {}, withStatus({ failed: 1, active: 1 }), [podOf(made, waiting('ContainerCreating'))]],
    ['ran, as status remembers', { stages: [entry({ ran: true })] }, made, [podOf(made, waiting('ContainerCreating'))]],
    ['has a pod that was not seen yet', {}, withStatus({ active: 1 }), []],
    ['has a pod that is ready', {}, withStatus({ ready: 1, active: 1 }), [podOf(made, waiting('ContainerCreating'))]],
    ['ran in a Job before', {}, job(wrong, { attemptUID: 'u', failures: 0, ran: true }, 1), []],
    [
      'is in a later stage',
      { stages: [entry({ name: 'Before', job: 'fraud-1-before', state: 'Passed' }), entry()] },
      made,
      [],
    ],
  ])('and that %s goes on, and the edit waits', (_, fields, its, pods) => {
    const planned = planOf(edited(fields), [its], pods);
    expect(planned.actions).toEqual([]);
    expect(summaryOf(planned)).toMatchObject({
      reason: 'EditWaits',
      message: expect.stringMatching(/End it now: `kubectl -n team delete job fraud-1-train(-r1)?`$/),
    });
  });

  it('remembers that main runs, so that nothing supersedes it when its pod is gone', () => {
    expect(newestOf(planOf(edited(), [made], [podOf(made, running())]))?.stages).toEqual([entry({ ran: true })]);
  });

  it('goes on as long as the edited recipe could not start', () => {
    const broken = edited({}, { parameters: { 'l-r': '1', l_r: '2' } });
    expect(newestOf(planOf(broken, [made]))?.verdict).toBeUndefined();
  });

  it('and whose pods nodes refuse is superseded instead of made again', () => {
    const done = failed(made);
    const planned = planOf(edited(), [done], [podOf(done, refused())]);
    expect(planned.status.attempts?.[0]?.verdict).toBe('Superseded');
    expect(names(planned.actions)).toEqual(['Create fraud-2-train']);
  });

  it('and whose code failed has failed', () => {
    const done = failed(made);
    const planned = planOf(edited(), [done], [podOf(done, exited(1))]);
    expect(planned.status.attempts?.[0]?.verdict).toBe('Failed');
  });
});
