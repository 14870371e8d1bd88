import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { job } from '../../../../test/builders/job.ts';
import { commandProblems } from '../../../../test/builders/kubectl.ts';
import { beside, endedAt, exited, podOf, results, running, taken, waiting } from '../../../../test/builders/pod.ts';
import { entry, newestOf, observed, runWith, stalledOf, summaryOf } from '../../../../test/builders/trainingplan.ts';
import { plan } from '../plan.ts';

const run = runWith({}, {});
const made = job(run);
/** The Job was made at 10:00:00. */
const at = (time: string) => new Date(`2026-11-24T${time}Z`);
const planAt = (time: string, its: IJob, pods: readonly IPod[] = [], of = run) =>
  plan(observed(of, { jobs: [its], pods }), at(time));
const told = (planned: ReturnType<typeof plan>) => {
  const { status, reason, message = '' } = summaryOf(planned) ?? {};
  expect(commandProblems(message, { namespace: 'team' })).toEqual([]);
  return { status, reason, message };
};
const withStatus = (status: NonNullable<IJob['status']>, of = made): IJob => ({ ...of, status });
const creating = { ...waiting('ContainerCreating'), startTime: '2026-11-24T10:00:00Z' };

describe('An attempt that has just started', () => {
  it('says no more than that, whatever its pod does, and looks again after half a minute', () => {
    const started = {
      status: 'Unknown',
      reason: 'Started',
      message: 'attempt fraud-1 has started. See its pods: `kubectl -n team get pods -l flyball.dev/attempt=fraud-1`',
    };
    for (const pods of [[], [podOf(made, creating)], [podOf(made, running())]]) {
      const planned = planAt('10:00:20', made, pods);
      expect(told(planned)).toEqual(started);
      expect(planned.requeueAfter).toBe(10_000);
      expect(newestOf(planned)?.stages).toEqual([entry()]);
    }
  });
});

describe('An attempt that trains', () => {
  it('says so after half a minute if main runs, and remembers it in the same status', () => {
    const planned = planAt('10:00:30', made, [podOf(made, running())]);
    expect(told(planned)).toEqual({
      status: 'Unknown',
      reason: 'Training',
      message: 'attempt fraud-1 trains. Follow it: `kubectl -n team logs -f job/fraud-1-train -c main`',
    });
    expect(newestOf(planned)?.stages).toEqual([entry({ ran: true })]);
  });

  it('says so no more when its pod is another one that does not run', () => {
    const remembers = runWith({}, { stages: [entry({ ran: true })] });
    const another = { ...creating, startTime: '2026-11-24T10:20:00Z' };
    expect(told(planAt('10:20:10', made, [podOf(made, another)], remembers)).reason).toBe('Training');
    expect(told(planAt('10:20:30', made, [podOf(made, another)], remembers)).reason).toBe('ContainerCreating');
  });

  it('does not train if main of one pod of its gang does not run', () => {
    const gang = runWith({ nodes: 2 }, {});
    const its = withStatus({ startTime: '2026-11-24T10:00:00Z', active: 2 }, job(gang));
    const pods = [podOf(its, running(), 0), podOf(its, creating, 1)];
    expect(told(planAt('10:05:00', its, pods, gang)).reason).toBe('ContainerCreating');
  });
});

describe('An attempt that does not go on', () => {
  it('is told what its pod waits for, and for how long in coarse steps', () => {
    const first = planAt('10:01:00', made, [podOf(made, creating)]);
    expect(told(first)).toMatchObject({
      reason: 'ContainerCreating',
      message: expect.not.stringContaining('for more'),
    });
    expect(first.requeueAfter).toBe(60_001);
    const later = planAt('10:11:00', made, [podOf(made, creating)]);
    expect(told(later).message).toBe(
      'the container has not started (ContainerCreating), for more than 10 minutes. See its events: ' +
        '`kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
    );
    expect(told(planAt('10:12:00', made, [podOf(made, creating)]))).toEqual(told(later));
  });

  it('is told of an injected container that hangs beside main, which has ended', () => {
    const state = { running: { startedAt: '2026-11-24T10:00:05Z' } };
    const ended = { ...endedAt(results({ f1: 0.9 }), '2026-11-24T10:05:00Z'), phase: 'Running' as const };
    const pod = podOf(made, beside(ended, 'containerStatuses', 'mesh', state));
    expect(told(planAt('10:20:00', made, [pod]))).toMatchObject({
      reason: 'SidecarRunning',
      message: expect.stringContaining('container mesh runs on, for more than 10 minutes. Whoever adds container mesh'),
    });
  });

  it('is told of an injected container that fails, though main runs', () => {
    const state = { terminated: { exitCode: 7, finishedAt: '2026-11-24T10:05:00Z' } };
    const pod = podOf(made, beside(running(), 'containerStatuses', 'mesh', state));
    const planned = planAt('10:06:00', made, [pod]);
    expect(stalledOf(planned)).toBeUndefined();
    expect(told(planned)).toMatchObject({
      reason: 'ContainerFailed',
      message: expect.stringContaining('container mesh ended with exit code 7'),
    });
  });

  it('is told that somebody else suspended its Job, such as a queue', () => {
    const conditions = [{ type: 'Suspended', status: 'True', lastTransitionTime: '2026-11-24T10:00:00Z' }];
    const its = withStatus({ conditions }, { ...made, spec: { ...made.spec!, suspend: true } });
    const planned = planAt('10:15:00', its);
    expect(planned.actions).toEqual([]);
    expect(told(planned)).toEqual({
      status: 'Unknown',
      reason: 'JobSuspended',
      message:
        'attempt fraud-1 does not run: somebody else than Flyball, such as a queue, suspended its Job fraud-1-train, for more than 10 minutes. ' +
        'Wait for the queue, if there is one; see the Job: `kubectl -n team describe job fraud-1-train`; ' +
        `or let it go on: \`kubectl -n team patch job fraud-1-train --type merge -p '{"spec":{"suspend":false}}'\``,
    });
  });

  it('is told that a pod is taken away and does not end, as one of a node that is lost', () => {
    const pod = podOf(made, taken(running(), '2026-11-24T10:05:00Z'));
    expect(told(planAt('10:05:29', made, [pod])).reason).toBe('Training');
    expect(planAt('10:05:29', made, [pod]).requeueAfter).toBe(1_000);
    expect(told(planAt('10:06:00', made, [pod]))).toEqual({
      status: 'Unknown',
      reason: 'PodLeaving',
      message:
        'pod fraud-1-train-abcde of attempt fraud-1 is being taken away and does not end, so that its Job makes no other one. ' +
        'See the pod and its node; if the node is gone for good, its administrator has to delete it: ' +
        '`kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the cluster said: Eviction API: evicting',
    });
    expect(told(planAt('10:16:00', made, [pod])).message).toContain('no other one, for more than 10 minutes');
  });

  it('is told that its Job is about to end and waits for pods to go', () => {
    const lastTransitionTime = '2026-11-24T10:05:00Z';
    const conditions = [
      {
        type: 'FailureTarget',
        status: 'True',
        reason: 'BackoffLimitExceeded',
        message: 'too often',
        lastTransitionTime,
      },
    ];
    expect(told(planAt('10:16:00', withStatus({ conditions })))).toEqual({
      status: 'Unknown',
      reason: 'JobEnding',
      message:
        'Job fraud-1-train is about to end (FailureTarget, BackoffLimitExceeded) and waits for its last pods to go, for more than 10 minutes. ' +
        'See which one does not: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`; the Job controller said: too often',
    });
  });

  it('is told that main has ended, if kubelet or Job controller do not say so', () => {
    const remembers = runWith({}, { stages: [entry({ ran: true })] });
    const ended = endedAt(results({ f1: 0.9 }), '2026-11-24T10:05:00Z');
    const its = withStatus({ startTime: '2026-11-24T10:00:00Z', active: 1 });
    expect(told(planAt('10:05:29', its, [podOf(its, ended)], remembers)).reason).toBe('Training');
    expect(told(planAt('10:16:00', its, [podOf(its, ended)], remembers))).toEqual({
      status: 'Unknown',
      reason: 'EndAwaited',
      message:
        'main of attempt fraud-1 has ended, and its Job fraud-1-train is not over; the phase of what main ran in is Succeeded, for more than 10 minutes. ' +
        'See the Job: `kubectl -n team describe job fraud-1-train`; or see its pods: `kubectl -n team describe pods -l flyball.dev/attempt=fraud-1`',
    });
    const stays = podOf(its, { ...ended, phase: 'Running' });
    expect(told(planAt('10:16:00', its, [stays], remembers)).message).toContain('is Running');
  });

  it('is told of the others of a gang that run on long after the first pod has reported', () => {
    const gang = runWith({ nodes: 3 }, { stages: [entry({ ran: true })] });
    const its = withStatus({ startTime: '2026-11-24T10:00:00Z', active: 2, succeeded: 1 }, job(gang));
    const first = podOf(its, endedAt(results({ f1: 0.9 }), '2026-11-24T11:00:00Z'), 0);
    const pods = [first, podOf(its, running(), 1), podOf(its, running(), 2)];
    expect(planAt('11:01:00', its, pods, gang)).toMatchObject({ requeueAfter: 9 * 60_000 });
    expect(told(planAt('11:01:00', its, pods, gang)).reason).toBe('Training');
    expect(told(planAt('11:10:01', its, pods, gang))).toEqual({
      status: 'Unknown',
      reason: 'OthersRunOn',
      message:
        'the pod with index 0 of attempt fraud-1 has ended and reported, and 2 others still run, so that the attempt does not end, for more than 10 minutes. ' +
        'See what one of them does: `kubectl -n team logs fraud-1-train-1-abcde -c main`; ' +
        'or end the attempt without its results: `kubectl -n team delete job fraud-1-train`',
    });
  });
});

describe('Pods that a Job lacks', () => {
  const startTime = '2026-11-24T10:00:00Z';

  it('are told of when a quota denies part of a gang', () => {
    const gang = runWith({ nodes: 2 }, {});
    const its = withStatus({ startTime, active: 1 }, job(gang));
    const planned = planAt('10:02:00', its, [podOf(its, running(), 0)], gang);
    expect(stalledOf(planned)).toMatchObject({
      reason: 'PodsMissing',
      message:
        'Job fraud-1-train has 1 of its 2 pods, for more than 2 minutes. A quota or an admission rule may deny them, which the Job controller tells by events alone. ' +
        'See what it says: `kubectl -n team describe job fraud-1-train`; ' +
        'or ask the administrator of the namespace to make room: `kubectl -n team describe quota`',
    });
    expect(stalledOf(planAt('10:01:59', its, [podOf(its, running(), 0)], gang))).toBeUndefined();
  });

  it('may name what does not exist, which the API server tells nobody but the Job controller', () => {
    const pod = { serviceAccountName: 'absent', priorityClassName: 'high', runtimeClassName: 'nvidia' };
    const named = runWith({ pod }, {});
    const its = withStatus({ startTime }, job(named));
    expect(stalledOf(planAt('10:02:00', its, [], named))?.message).toContain(
      'A quota or an admission rule may deny them, or what they name does not exist (ServiceAccount absent, PriorityClass high, RuntimeClass nvidia), which the Job controller tells by events alone.',
    );
  });

  it('are told of when a quota is gone before a retry, but not while the Job controller waits on purpose', () => {
    const retried = runWith({ retry: { limit: 3 } }, {});
    const its = withStatus({ startTime, failed: 2 }, job(retried));
    const pods = [podOf(its, endedAt(exited(1), '2026-11-24T10:10:00Z'), 3)];
    const early = planAt('10:12:19', its, pods, retried);
    expect(stalledOf(early)).toBeUndefined();
    expect(early.requeueAfter).toBe(1_000);
    expect(stalledOf(planAt('10:12:20', its, pods, retried))).toMatchObject({ reason: 'PodsMissing' });
  });

  it('are told of without a length once the one that ran is gone, since nothing tells since when', () => {
    const remembers = runWith({}, { stages: [entry({ ran: true, disrupted: true })] });
    const planned = planAt('13:00:00', withStatus({ startTime }), [], remembers);
    expect(stalledOf(planned)).toBeUndefined();
    expect(told(planned)).toEqual({
      status: 'Unknown',
      reason: 'PodAwaited',
      message:
        'attempt fraud-1 has no pod at the moment. Its Job makes another one by itself, after a failure with a delay that grows to 10 minutes, ' +
        'unless a quota or an admission rule denies it, which it tells by events alone. See what it says: `kubectl -n team describe job fraud-1-train`',
    });
  });

  it('are told of half a minute after one that failed, so that nothing trains while the Job waits', () => {
    const retried = runWith({ retry: { limit: 9 } }, { stages: [entry({ ran: true })] });
    const its = withStatus({ startTime, failed: 7 }, job(retried));
    const pods = [podOf(its, endedAt(exited(1), '2026-11-24T10:10:00Z'), 3)];
    expect(told(planAt('10:10:10', its, pods, retried)).reason).toBe('Training');
    expect(planAt('10:10:10', its, pods, retried).requeueAfter).toBe(20_000);
    expect(told(planAt('10:10:30', its, pods, retried)).reason).toBe('PodAwaited');
    expect(stalledOf(planAt('10:22:01', its, pods, retried))).toMatchObject({ reason: 'PodsMissing' });
  });

  it('are told of too when no Job controller begins with the Job', () => {
    const planned = planAt('10:02:30', made);
    expect(stalledOf(planned)).toMatchObject({ reason: 'PodsMissing' });
    expect(told(planned).message).toContain('It has no startTime, so the Job controller has not begun with it');
  });

  it('are not those of a gang that ended well and are gone by now', () => {
    const gang = runWith({ nodes: 2 }, { stages: [entry({ ran: true })] });
    const its = withStatus({ startTime, active: 1, succeeded: 1 }, job(gang));
    expect(told(planAt('11:00:00', its, [podOf(its, running(), 0)], gang)).reason).toBe('Training');
  });

  it('are not told of while somebody holds the Job back', () => {
    const its = withStatus({ startTime }, { ...made, spec: { ...made.spec!, suspend: true } });
    expect(told(planAt('10:15:00', its)).reason).toBe('JobSuspended');
  });
});
