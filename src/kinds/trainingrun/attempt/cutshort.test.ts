import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { completed, failed, job } from '../../../../test/builders/job.ts';
import { endedAt, exited, podOf, results, running } from '../../../../test/builders/pod.ts';
import { entry, names, newestOf, now, observed, runWith, summaryOf } from '../../../../test/builders/trainingplan.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import { plan } from '../plan.ts';
import { snapshotOf } from '../start/snapshot.ts';

const planOf = (run: ITrainingRun, one: IJob, pods: readonly IPod[]) => plan(observed(run, { jobs: [one], pods }), now);
const madeIn = (planned: ReturnType<typeof plan>) =>
  planned.actions.flatMap((action) => (action.type === 'Create' ? [action.object as IJob] : [])).at(-1);

/** A person asks for its end at 10:04:00. */
function deleted(pod: IPod): IPod {
  const times = { deletionTimestamp: '2026-11-24T10:04:30Z', deletionGracePeriodSeconds: 30 };
  return { ...pod, metadata: { ...pod.metadata, ...times } };
}
const killed = (code = 143) => endedAt(exited(code), '2026-11-24T10:04:05Z');
const nth = (one: IJob, status: ReturnType<typeof running>, place: number) => {
  const pod = podOf(one, status, place);
  return { ...pod, metadata: { ...pod.metadata, annotations: {} }, spec: { containers: pod.spec?.containers ?? [] } };
};
const withFailures = (one: IJob, count: number) => ({ ...one, status: { ...one.status, failed: count } });

describe('A single pod that a person deletes', () => {
  const run = runWith({}, {});
  const remembers = runWith({}, { stages: [entry({ disrupted: true, ran: true })] });

  it('while main runs is remembered, since the pod is gone before its Job says that it is over', () => {
    const one = job(run);
    expect(newestOf(planOf(run, one, [deleted(podOf(one, running()))]))?.stages).toEqual([
      entry({ disrupted: true, ran: true }),
    ]);
  });

  it('and whose program does not handle SIGTERM is not counted as failed', () => {
    const done = failed(job(run));
    const planned = planOf(run, done, [deleted(podOf(done, killed()))]);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train-r1']);
    const made = madeIn(planned);
    expect(made && snapshotOf(made)).toMatchObject({ failures: 0, ran: true });
    expect(summaryOf(planned)?.message).toMatch(/^a pod of attempt fraud-1 was taken away before main had ended/);
  });

  it('and that is gone is not counted either, once nothing more may be seen of it', () => {
    const justNow = failed(job(run), 'BackoffLimitExceeded', '2026-11-24T10:09:30Z');
    expect(planOf(remembers, justNow, [])).toMatchObject({ actions: [], requeueAfter: 30_000 });
    expect(names(planOf(remembers, failed(job(run)), []).actions)).toEqual(['Create fraud-1-train-r1']);
    expect(newestOf(planOf(run, failed(job(run)), []))?.verdict).toBe('Failed');
  });

  it('after it saved its work and ended with 0 is made again, also when it is gone', () => {
    expect(names(planOf(remembers, completed(job(run)), []).actions)).toEqual(['Create fraud-1-train-r1']);
  });

  it('leaves counted what failed by itself before and after', () => {
    const twice = runWith({ retry: { limit: 1 } }, { stages: [entry({ disrupted: true })] });
    const done = withFailures(failed(job(twice)), 2);
    const once = planOf(twice, done, [nth(done, exited(1), 1)]);
    const made = madeIn(once);
    expect(made && snapshotOf(made)).toMatchObject({ failures: 1 });
    expect(made?.spec?.backoffLimit).toBe(0);
    const both = planOf(twice, done, [nth(done, exited(1), 1), nth(done, exited(1), 2)]);
    expect(newestOf(both)).toMatchObject({ verdict: 'Failed', reason: 'CommandFailed' });
  });

  it('before anything of it started was not refused by a node', () => {
    const done = failed(job(run));
    const planned = planOf(run, done, [deleted(podOf(done, { phase: 'Failed' }))]);
    expect(summaryOf(planned)?.reason).toBe('Disrupted');
    const made = madeIn(planned);
    expect(made && snapshotOf(made)).not.toHaveProperty('ran');
  });
});

describe('What the Job controller deletes', () => {
  const run = runWith({}, {});
  const disruptedIn = (one: IJob, pods: readonly IPod[], of = run) =>
    newestOf(planOf(of, one, pods))?.stages?.[0]?.disrupted === true;

  it('since the Job is suspended, or about to end, was not taken away', () => {
    const one = job(run);
    const pods = [deleted(podOf(one, running()))];
    expect(disruptedIn({ ...one, spec: { ...one.spec!, suspend: true } }, pods)).toBe(false);
    const conditions = [{ type: 'FailureTarget', status: 'True', reason: 'DeadlineExceeded' }];
    expect(disruptedIn({ ...one, status: { conditions } }, pods)).toBe(false);
    const resumed = [{ type: 'Suspended', status: 'False', reason: 'JobResumed' }];
    expect(disruptedIn({ ...one, status: { conditions: resumed } }, pods)).toBe(true);
  });

  it('since another pod of the gang failed was not taken away either', () => {
    const gang = runWith({ nodes: 2 }, {});
    const one = job(gang);
    const victim = deleted(podOf(one, running(), 1));
    expect(disruptedIn(one, [podOf(one, exited(1), 0), victim], gang)).toBe(false);
    expect(disruptedIn(one, [podOf(one, running(), 0), victim], gang)).toBe(true);
  });
});

describe('A gang', () => {
  const run = runWith({ nodes: 2 }, {});
  const done = failed(job(run));

  it('of which a person deletes a pod is made again, and it is not counted', () => {
    const pods = [deleted(podOf(done, killed(), 0)), deleted(podOf(done, killed(137), 1))];
    const planned = planOf(run, done, pods);
    expect(names(planned.actions)).toContain('Create fraud-1-train-r1');
    const made = madeIn(planned);
    expect(made && snapshotOf(made)).toMatchObject({ failures: 0 });
  });

  it('that failed by its code has failed, though the Job controller deleted the others', () => {
    const pods = [podOf(done, endedAt(exited(3), '2026-11-24T10:03:59Z'), 0), deleted(podOf(done, killed(), 1))];
    const planned = planOf(run, done, pods);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'CommandFailed' });
    expect(newestOf(planned)?.message).toContain('exit code 3');
  });
});

describe('A pod of a gang that ended well by itself while others go on', () => {
  const run = runWith({ nodes: 3 }, { stages: [entry({ ran: true })] });
  const one = { ...job(run), status: { startTime: '2026-11-24T10:00:00Z', active: 2, succeeded: 1 } };
  const end = (index: number, time: string) => podOf(one, endedAt(results({ f1: 0.95 }), time), index);
  const others = [podOf(one, running(), 0), podOf(one, running(), 2)];

  it('is remembered after half a minute, or at once if it may go, since its node may go with it', () => {
    const early = planOf(run, one, [...others, end(1, '2026-11-24T10:09:45Z')]);
    expect(newestOf(early)?.stages).toEqual([entry({ ran: true })]);
    expect(early.requeueAfter).toBe(15_000);
    const later = planOf(run, one, [...others, end(1, '2026-11-24T10:09:30Z')]);
    expect(newestOf(later)?.stages).toEqual([entry({ ran: true, ended: [1] })]);
    const leaving = planOf(run, one, [...others, deleted(end(1, '2026-11-24T10:03:45Z'))]);
    expect(newestOf(leaving)?.stages).toEqual([entry({ ran: true, ended: [1] })]);
  });

  it('is remembered once, and only with an index that the gang has', () => {
    const remembers = runWith({ nodes: 3 }, { stages: [entry({ ran: true, ended: [1] })] });
    const pods = [0, 1, 1, 3].map((index) => end(index, '2026-11-24T10:05:00Z'));
    const planned = planOf(remembers, one, [...pods, others[1]!]);
    expect(newestOf(planned)?.stages).toEqual([entry({ ran: true, ended: [0, 1] })]);
  });

  it('counts when it is gone; the one that reports is needed still', () => {
    const remembers = (...ended: number[]) => runWith({ nodes: 3 }, { stages: [entry({ ran: true, ended })] });
    const done = completed(job(run));
    const pods = [end(0, '2026-11-24T10:05:00Z'), end(2, '2026-11-24T10:05:00Z')];
    expect(names(planOf(remembers(1), done, pods).actions)).toEqual(['Create fraud-1']);
    expect(newestOf(planOf(remembers(2), done, pods))?.verdict).toBe('ResultsLost');
    expect(newestOf(planOf(remembers(0, 1), done, pods.slice(1)))?.verdict).toBe('ResultsLost');
  });
});

describe('A pod whose node crashed', () => {
  const run = runWith({}, {});
  const done = failed(job(run));

  it.each([
    ['Unknown', 255, ''],
    ['ContainerStatusUnknown', 137, 'The container could not be located when the pod was terminated'],
  ])('is no failure of the code, and the message quotes what is known: %s', (reason, code, message) => {
    const planned = planOf(run, done, [podOf(done, exited(code, { reason, message }))]);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train-r1']);
    expect(summaryOf(planned)?.reason).toBe('EndUnknown');
    expect(summaryOf(planned)?.message).toContain(`the kubelet said: ${reason}`);
  });

  it('in a gang is none either, though the Job controller deleted the others', () => {
    const gang = runWith({ nodes: 2 }, {});
    const over = failed(job(gang));
    const pods = [podOf(over, exited(255, { reason: 'Unknown' }), 0), deleted(podOf(over, killed(), 1))];
    expect(names(planOf(gang, over, pods).actions)).toContain('Create fraud-1-train-r1');
  });
});

describe('A Job that failed for something else than its pods', () => {
  it('is told by its own words, not by those of a pod that failed long before', () => {
    const run = runWith({ retry: { limit: 3 } }, {});
    const done = failed(job(run), 'DeadlineExceeded');
    const planned = planOf(run, done, [podOf(done, endedAt(exited(1), '2026-11-24T10:01:00Z'))]);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'JobFailed' });
    expect(newestOf(planned)?.message).toContain('failed with DeadlineExceeded');
  });
});

describe('A Job that somebody suspends', () => {
  it('and resumes counts the pod that ended by itself, not the one that saved its work when it was suspended', () => {
    const run = runWith({}, {});
    const done = completed(job(run));
    const good = endedAt(results({ f1: 0.95 }), '2026-11-24T10:04:30Z');
    expect(names(planOf(run, done, [podOf(done, good)]).actions)).toEqual(['Create fraud-1']);
    const half = deleted(podOf(done, endedAt(results({ f1: 0.62 }), '2026-11-24T10:04:05Z')));
    expect(names(planOf(run, done, [half]).actions)).toEqual(['Create fraud-1-train-r1']);
  });
});
