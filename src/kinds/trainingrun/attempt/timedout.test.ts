import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { failed, job } from '../../../../test/builders/job.ts';
import { commandProblems } from '../../../../test/builders/kubectl.ts';
import { endedAt, exited, podOf, results, running } from '../../../../test/builders/pod.ts';
import { entry, names, newestOf, observed, runWith, summaryOf } from '../../../../test/builders/trainingplan.ts';
import type { ITrainingRun, TrainingRunSpec } from '../../../api/types.ts';
import { plan } from '../plan.ts';
import { snapshotOf } from '../start/snapshot.ts';

const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const planOf = (run: ITrainingRun, its: IJob, pods: readonly IPod[] = [], time = '11:10:00') =>
  plan(observed(run, { jobs: [its], pods }), at(time));
const hour = { timeout: '1h' };
const timedOut = (its: IJob) => failed(its, 'DeadlineExceeded', '2026-11-24T11:00:00Z');
const patched = (planned: ReturnType<typeof plan>) =>
  planned.actions.flatMap((action) => (action.type === 'Patch' ? [action.patch] : []));
const madeIn = (planned: ReturnType<typeof plan>) =>
  planned.actions.flatMap((action) =>
    action.type === 'Create' && action.object.kind === 'Job' ? [action.object] : [],
  )[0] as IJob | undefined;
const told = (planned: ReturnType<typeof plan>) => {
  const { reason, message = '' } = newestOf(planned) ?? {};
  expect(commandProblems(message, { namespace: 'team' })).toEqual([]);
  return { reason, message };
};
/** The Job ends it, and gives it half a minute. */
const ended = (pod: IPod): IPod => ({
  ...pod,
  metadata: { ...pod.metadata, deletionTimestamp: '2026-11-24T11:00:30Z', deletionGracePeriodSeconds: 30 },
});
const trains = (spec: Partial<TrainingRunSpec>, edited: Partial<TrainingRunSpec> = spec) => ({
  run: runWith(edited, { stages: [entry({ ran: true })] }),
  its: job(runWith(spec, {})),
});

describe('spec.timeout', () => {
  it('is the deadline of the Job, and without it the Job is what it was', () => {
    expect(job(runWith(hour)).spec?.activeDeadlineSeconds).toBe(3600);
    expect(job(runWith(hour)).metadata?.annotations?.['flyball.dev/timeout']).toBe('3600');
    const { spec, metadata } = job(runWith({}));
    expect(spec).not.toHaveProperty('activeDeadlineSeconds');
    expect(Object.keys(metadata?.annotations ?? {})).toEqual(['flyball.dev/attempt']);
  });

  it('is rounded up to whole seconds, which is what a Job counts', () => {
    expect(job(runWith({ timeout: '1m500ms' })).spec?.activeDeadlineSeconds).toBe(61);
  });

  it('starts no attempt when it is edited, and gives the Job that runs its new time by one PATCH', () => {
    const { run, its } = trains(hour, { timeout: '2h' });
    const planned = planOf(run, its, [podOf(its, running())], '10:05:00');
    expect(names(planned.actions)).toEqual(['Patch Job fraud-1-train']);
    expect(patched(planned)).toEqual([
      { metadata: { annotations: { 'flyball.dev/timeout': '7200' } }, spec: { activeDeadlineSeconds: 7200 } },
    ]);
    const after = job(run);
    expect(planOf(run, after, [podOf(after, running())], '10:05:00').actions).toEqual([]);
  });

  it('that is taken away takes the deadline away', () => {
    const { run, its } = trains(hour, {});
    expect(patched(planOf(run, its, [podOf(its, running())], '10:05:00'))).toEqual([
      { metadata: { annotations: { 'flyball.dev/timeout': null } }, spec: { activeDeadlineSeconds: null } },
    ]);
  });

  it('that is declared while a Job runs is given to it, and not to one that is about to end or has ended', () => {
    const { run, its } = trains({}, hour);
    expect(patched(planOf(run, its, [podOf(its, running())], '10:05:00'))).toHaveLength(1);
    const conditions = [{ type: 'FailureTarget', status: 'True', reason: 'DeadlineExceeded' }];
    expect(planOf(run, { ...its, status: { conditions } }, [], '10:05:00').actions).toEqual([]);
    expect(planOf(run, failed(its), [podOf(failed(its), exited(1))]).actions).toEqual([]);
  });

  it('does not fight with whoever set another deadline on the Job', () => {
    const { run, its } = trains(hour);
    const theirs = { ...its, spec: { ...its.spec!, activeDeadlineSeconds: 60 } };
    expect(planOf(run, theirs, [podOf(its, running())], '10:05:00').actions).toEqual([]);
    const { run: plain, its: without } = trains({});
    const set = { ...without, spec: { ...without.spec!, activeDeadlineSeconds: 60 } };
    expect(planOf(plain, set, [podOf(without, running())], '10:05:00').actions).toEqual([]);
  });

  it('is told while it trains, with how to give it more', () => {
    const { run, its } = trains(hour);
    expect(summaryOf(planOf(run, its, [podOf(its, running())], '10:05:00'))?.message).toBe(
      'attempt fraud-1 trains; spec.timeout ends it after 1h. Follow it: `kubectl -n team logs -f job/fraud-1-train -c main`; ' +
        `or give it more time than 1h: \`kubectl -n team patch trun fraud --type merge -p '{"spec":{"timeout":"2h"}}'\``,
    );
  });

  it('is what is left of it for a Job that is made again', () => {
    const gang = { ...hour, nodes: 2, retry: { limit: 1 } };
    const { run, its } = trains(gang);
    const over = failed(its, 'BackoffLimitExceeded', '2026-11-24T10:20:00Z');
    const made = madeIn(planOf(run, over, [podOf(over, exited(1), 0)], '10:30:00'));
    expect(made && snapshotOf(made)?.spent).toBe(1200);
    expect(made?.spec?.activeDeadlineSeconds).toBe(2400);
  });

  it('is what a Job has left that is made again, be it that status does not tell of it yet', () => {
    const gang = { ...hour, nodes: 2, retry: { limit: 1 } };
    const { run, its } = trains(gang);
    const over = failed(its, 'BackoffLimitExceeded', '2026-11-24T10:20:00Z');
    const again = madeIn(planOf(run, over, [podOf(over, exited(1), 0)], '10:30:00'));
    const made = { ...again, metadata: { ...again?.metadata, uid: 'uid-again' } } as IJob;
    const next = plan(observed(run, { jobs: [over, made] }), at('10:30:01'));
    expect(newestOf(next)?.stages?.at(-1)).toMatchObject({ job: 'fraud-1-train-r1', jobUID: 'uid-again' });
  });

  it('leaves one second at least, so that the Job itself says that its time is over', () => {
    expect(job(runWith(hour), { spent: 4000 }).spec?.activeDeadlineSeconds).toBe(1);
  });
});

describe('An attempt whose time was over', () => {
  it('has failed as TimedOut, says what it had, and how to give it more', () => {
    const { run, its } = trains(hour);
    expect(told(planOf(run, timedOut(its)))).toEqual({
      reason: 'TimedOut',
      message:
        'it was ended after 1h, which is all that spec.timeout gave it. Give it more time than 1h: ' +
        `\`kubectl -n team patch trun fraud --type merge -p '{"spec":{"timeout":"2h"}}'\`; or once it has enough time, or does not hang any more, ` +
        'run it again: `kubectl -n team patch trun fraud --type merge -p "{\\"spec\\":{\\"rerunAt\\":\\"$(date -u +%FT%TZ)\\"}}"`',
    });
  });

  it('is not made again, whatever spec.retry says, be it a gang', () => {
    for (const nodes of [1, 2]) {
      const { run, its } = trains({ ...hour, nodes, retry: { limit: 3 } });
      const planned = planOf(run, timedOut(its));
      expect(planned.actions).toEqual([]);
      expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'TimedOut' });
    }
  });

  it('tells how long the attempt before took, since that tells whether it hangs', () => {
    const stages = [entry({ state: 'Passed', endTime: '2026-11-24T10:20:00Z' })];
    const its = job(runWith(hour, {}), { number: 2 });
    const run = runWith(
      hour,
      { number: 1, verdict: 'Registered', stages },
      { number: 2, stages: [entry({ job: 'fraud-2-train', ran: true })] },
    );
    expect(told(planOf(run, timedOut(its))).message).toContain('gave it; attempt fraud-1 took about 20 minutes. Give');
  });

  it('and whose main was not seen to run waited all the time, which says what for', () => {
    const its = job(runWith(hour, {}));
    const waited = runWith(hour, {});
    const conditions = [
      {
        type: 'Reconciling',
        status: 'True',
        reason: 'Unschedulable',
        message: '',
        lastTransitionTime: '2026-11-24T10:01:00Z',
      } as const,
    ];
    const run = { ...waited, status: { ...waited.status, conditions } };
    // The Job counts the pods that it ended.
    const { status, ...rest } = timedOut(its);
    const { message } = told(planOf(run, { ...rest, status: { ...status, failed: 1 } }));
    expect(message).toContain(
      'main was not seen to run (last told: Unschedulable). See what the nodes have: `kubectl describe nodes`',
    );
  });

  it('of a gang that had only some of its places says so in the words of the scheduler', () => {
    const spec = { ...hour, nodes: 4 };
    const gang = { givenBack: 0, placed: 2, nodes: 4, waitsFor: '0/2 nodes are available' };
    const { message } = told(planOf(runWith(spec, { stages: [entry({ gang })] }), timedOut(job(runWith(spec, {})))));
    expect(message).toContain('only 2 of its 4 pods had a place');
    expect(message).toMatch(/the scheduler said: 0\/2 nodes are available$/);
  });

  it('is waited for until its pods are seen to have ended', () => {
    const { run, its } = trains(hour);
    const planned = planOf(run, timedOut(its), [podOf(its, running())], '11:00:05');
    expect(newestOf(planned)?.verdict).toBeUndefined();
    expect(planned.requeueAfter).toBe(55_000);
  });

  it('has passed if its pod ended well before, which the Job did not look at', () => {
    const { run, its } = trains(hour);
    const done = timedOut(its);
    const good = podOf(done, endedAt(results({ f1: 0.95 }), '2026-11-24T10:59:59Z'));
    expect(names(planOf(run, done, [good]).actions)).toEqual(['Create fraud-1']);
  });

  it('has not passed if its pod ended well only because it was asked to end', () => {
    const { run, its } = trains(hour);
    const done = timedOut(its);
    const half = ended(podOf(done, endedAt(results({ f1: 0.95 }), '2026-11-24T11:00:03Z')));
    const planned = planOf(run, done, [half]);
    expect(planned.actions).toEqual([]);
    expect(told(planned).reason).toBe('TimedOut');
  });

  it('that others set is told in the words of the Job, and not as spec.timeout', () => {
    const { run, its } = trains(hour);
    const theirs = { ...its, spec: { ...its.spec!, activeDeadlineSeconds: 60 } };
    const { reason, message } = told(planOf(run, timedOut(theirs)));
    expect(reason).toBe('JobFailed');
    expect(message).toContain('failed with DeadlineExceeded');
  });
});
