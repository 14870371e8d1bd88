import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { completed, failed, job } from '../../../../test/builders/job.ts';
import { endedAt, exited, podOf, refused, results, running, taken } from '../../../../test/builders/pod.ts';
import { entry, names, newestOf, now, observed, runWith, summaryOf } from '../../../../test/builders/trainingplan.ts';
import { commandProblems } from '../../../../test/builders/kubectl.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import { plan } from '../plan.ts';
import { snapshotOf } from '../start/snapshot.ts';
import { delayOf } from './again.ts';
import { mostRetries } from './names.ts';

const good = results({ f1: 0.62 });
const half = taken(endedAt(good, '2026-11-24T10:04:30Z'), '2026-11-24T10:04:00Z');
const whole = taken(endedAt(good, '2026-11-24T10:03:00Z'), '2026-11-24T10:04:00Z');
/** Every message that a plan tells has commands that can be run. */
function sound<T extends ReturnType<typeof plan>>(planned: T): T {
  const { attempts = [], conditions = [] } = planned.status;
  const messages = [...attempts, ...conditions].map(({ message = '' }) => message);
  expect(messages.flatMap((message) => commandProblems(message, { namespace: 'team' }))).toEqual([]);
  return planned;
}
const planOf = (run: ITrainingRun, done: IJob, pods: readonly IPod[], at = now) =>
  sound(plan(observed(run, { jobs: [done], pods }), at));
const madeIn = (planned: ReturnType<typeof plan>) =>
  planned.actions.flatMap((action) => (action.type === 'Create' ? [action.object as IJob] : [])).at(-1);

describe('A single pod whose Job completed', () => {
  const run = runWith({ retry: { limit: 1 } }, {});
  const done = completed(job(run));

  it('after it was evicted halfway is never registered: its Job is made again, and it is not counted', () => {
    const planned = planOf(run, done, [podOf(done, half)]);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train-r1']);
    const made = madeIn(planned);
    expect(made && snapshotOf(made)).toMatchObject({ attemptUID: 'uid-fraud-1-train', failures: 0, ran: true });
    expect(made?.spec?.backoffLimit).toBe(1);
    expect(summaryOf(planned)).toMatchObject({ status: 'Unknown', reason: 'Disrupted' });
    expect(summaryOf(planned)?.message).toBe(
      'a pod of attempt fraud-1 was taken away before main had ended. It is not counted as a failure, and the Job is made again. ' +
        'If it happens again and again, ask the administrator of the nodes; see the nodes: `kubectl describe nodes`; ' +
        'the cluster said: Eviction API: evicting',
    );
  });

  it('without results is made again too, and has not succeeded', () => {
    const silent = {
      ...half,
      containerStatuses: [{ ...half.containerStatuses![0]!, state: { terminated: { exitCode: 0 } } }],
    };
    expect(names(planOf(run, done, [podOf(done, silent)]).actions)).toEqual(['Create fraud-1-train-r1']);
  });

  it('counts if it had ended before it was evicted', () => {
    expect(names(planOf(run, done, [podOf(done, whole)]).actions)).toEqual(['Create fraud-1']);
  });

  it('counts if another one was evicted before it', () => {
    const first = podOf(done, taken(exited(143)), 7);
    const named = { ...first, metadata: { ...first.metadata, annotations: {} } };
    expect(names(planOf(run, done, [named, podOf(done, good)]).actions)).toEqual(['Create fraud-1']);
  });

  it('after a person deleted it halfway is made again', () => {
    const pod = podOf(done, endedAt(good, '2026-11-24T10:04:30Z'));
    const times = { deletionTimestamp: '2026-11-24T10:04:30Z', deletionGracePeriodSeconds: 30 };
    const deleted = { ...pod, metadata: { ...pod.metadata, ...times } };
    expect(names(planOf(run, done, [deleted]).actions)).toEqual(['Create fraud-1-train-r1']);
  });

  it('and that nobody saw end has lost its results, unless status remembers that it was disrupted', () => {
    const lost = planOf(run, done, []);
    expect(newestOf(lost)).toMatchObject({ verdict: 'ResultsLost' });
    expect(newestOf(lost)?.message).toMatch(
      /^Job fraud-1-train completed, but nobody saw each of its pods end by itself/,
    );
    const remembers = runWith({}, { stages: [entry({ disrupted: true })] });
    expect(names(planOf(remembers, done, []).actions)).toEqual(['Create fraud-1-train-r1']);
  });

  it('waits for its pod a minute before it remembers', () => {
    const remembers = runWith({}, { stages: [entry({ disrupted: true })] });
    expect(planOf(remembers, completed(job(run), '2026-11-24T10:09:30Z'), [])).toMatchObject({
      actions: [],
      requeueAfter: 30_000,
    });
  });

  it('is not made again while the run is suspended', () => {
    const idle = runWith({ suspend: true }, {});
    expect(planOf(idle, done, [podOf(done, half)]).actions).toEqual([]);
  });
});

describe('A disruption', () => {
  const run = runWith({}, {});

  it('is remembered in status as soon as it is seen', () => {
    const planned = planOf(run, job(run), [podOf(job(run), taken(running()))]);
    expect(newestOf(planned)?.stages).toEqual([entry({ disrupted: true, ran: true })]);
  });

  it('is made up for after a delay that grows up to five minutes, and status says why and how often', () => {
    expect([0, 1, 2, 3, 6, 99_999].map(delayOf)).toEqual([0, 10_000, 20_000, 40_000, 300_000, 300_000]);
    const retry = { attemptUID: 'uid-fraud-1-train', failures: 0 };
    const done = completed(job(run, retry, 2), '2026-11-24T10:09:50Z');
    const told = runWith({}, { stages: [entry({ job: 'fraud-1-train-r2' })] });
    const waits = planOf(told, done, [podOf(done, half)]);
    expect(waits).toMatchObject({ actions: [], requeueAfter: 10_000 });
    expect(summaryOf(waits)?.message).toContain('the Job is made again after 20 seconds, since that is time 3');
    const later = planOf(told, done, [podOf(done, half)], new Date('2026-11-24T10:10:10Z'));
    expect(names(later.actions)).toEqual(['Create fraud-1-train-r3']);
  });

  it('ends the attempt when names have no room for another Job, and registers nothing', () => {
    const retry = { attemptUID: 'uid-fraud-1-train', failures: 0 };
    const done = completed(job(run, retry, mostRetries));
    const told = runWith({}, { stages: [entry({ job: `fraud-1-train-r${mostRetries}` })] });
    const planned = planOf(told, done, [podOf(done, half)]);
    expect(planned.actions).toEqual([]);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'Disrupted' });
  });

  it('of an attempt that another one followed is not made up for', () => {
    const jobs = [completed(job(run)), failed(job(run, { number: 2 }))];
    const pods = [podOf(jobs[0]!, half), podOf(jobs[1]!, exited(1))];
    const { status } = plan(observed(run, { jobs, pods }), now);
    expect(status.attempts?.[0]).toMatchObject({ name: 'fraud-1', verdict: 'Deleted' });
  });
});

describe('A pod that the kubelet refused', () => {
  const refusedPod = (done: IJob, index: number) => {
    const pod = podOf(done, refused('OutOfcpu', 'Node did not have enough resource: cpu'), index);
    return { ...pod, metadata: { ...pod.metadata, annotations: {} } };
  };

  it('is no failure of the attempt: its Job is made again', () => {
    const run = runWith({}, {});
    const done = failed(job(run));
    const planned = planOf(run, done, [refusedPod(done, 0)]);
    expect(names(planned.actions)).toEqual(['Create fraud-1-train-r1']);
    const made = madeIn(planned);
    expect(made && snapshotOf(made)).toMatchObject({ failures: 0 });
    expect(made && snapshotOf(made)).not.toHaveProperty('ran');
    expect(summaryOf(planned)).toMatchObject({
      reason: 'Refused',
      message: expect.stringContaining('the kubelet said: OutOfcpu: Node did not have enough resource: cpu'),
    });
  });

  it('leaves the failures of the code counted: the next Job retries as often as is left', () => {
    const run = runWith({ retry: { limit: 2 } }, {});
    const { status, ...rest } = failed(job(run));
    const done = { ...rest, status: { ...status, failed: 3 } };
    const own = { ...podOf(done, exited(1), 5), metadata: { ...podOf(done, exited(1), 5).metadata, annotations: {} } };
    const planned = planOf(run, done, [own, refusedPod(done, 0), refusedPod(done, 1)]);
    const made = madeIn(planned);
    expect(made && snapshotOf(made)).toMatchObject({ failures: 1, ran: true });
    expect(made?.spec?.backoffLimit).toBe(1);
  });

  it('does not make up for the failures of the code, which the message is about', () => {
    const run = runWith({}, {});
    const { status, ...rest } = failed(job(run));
    const done = { ...rest, status: { ...status, failed: 2 } };
    const own = { ...podOf(done, exited(3), 5), metadata: { ...podOf(done, exited(3), 5).metadata, annotations: {} } };
    const planned = planOf(run, done, [own, refusedPod(done, 0)]);
    expect(newestOf(planned)).toMatchObject({ verdict: 'Failed', reason: 'CommandFailed' });
  });

  it('is waited for before a failure is counted, since it may not be seen yet', () => {
    const run = runWith({}, {});
    const { status, ...rest } = failed(job(run), 'BackoffLimitExceeded', '2026-11-24T10:09:40Z');
    const done = { ...rest, status: { ...status, failed: 2 } };
    const planned = planOf(run, done, [podOf(done, exited(1))]);
    expect(planned).toMatchObject({ actions: [], requeueAfter: 30_000 + 10_000 });
    expect(newestOf(planned)?.verdict).toBeUndefined();
  });

  it('makes no Job again that failed for another reason than its pods', () => {
    const run = runWith({}, {});
    const done = failed(job(run), 'DeadlineExceeded');
    expect(newestOf(planOf(run, done, [refusedPod(done, 0)]))?.verdict).toBe('Failed');
  });
});

describe('A gang', () => {
  const run = runWith({ nodes: 2 }, {});

  it('whose Job completed though one of its pods was evicted halfway is made again', () => {
    const done = completed(job(run));
    const pods = [podOf(done, good, 0), podOf(done, half, 1)];
    expect(names(planOf(run, done, pods).actions)).toEqual(['Create fraud-1-train-r1', 'Create fraud-1-train-r1']);
  });

  it('counts only if each of its pods was seen to end by itself', () => {
    const done = completed(job(run));
    expect(newestOf(planOf(run, done, [podOf(done, good, 0)]))?.verdict).toBe('ResultsLost');
    const pods = [podOf(done, good, 0), podOf(done, whole, 1)];
    expect(names(planOf(run, done, pods).actions)).toEqual(['Create fraud-1']);
  });

  it('of which the kubelet refused a pod is made again without being counted', () => {
    const done = failed(job(run));
    const planned = planOf(run, done, [podOf(done, refused(), 0), podOf(done, exited(1), 1)]);
    expect(names(planned.actions)).toContain('Create fraud-1-train-r1');
    const made = madeIn(planned);
    expect(made && snapshotOf(made)).toMatchObject({ failures: 0 });
  });

  it('that fails after a pod was evicted, as status remembers, is not counted', () => {
    const remembers = runWith({ nodes: 2 }, { stages: [entry({ disrupted: true })] });
    const done = failed(job(run));
    expect(names(planOf(remembers, done, [podOf(done, exited(1), 1)]).actions)).toContain('Create fraud-1-train-r1');
  });
});
