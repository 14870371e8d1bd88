import { describe, expect, it } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { failed, job } from '../../../../test/builders/job.ts';
import { commandProblems } from '../../../../test/builders/kubectl.ts';
import { endedAt, exited, placed, podOf, results, running, unschedulable } from '../../../../test/builders/pod.ts';
import { attempt, entry, newestOf, observed, summaryOf } from '../../../../test/builders/trainingplan.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { AttemptStage, GangStatus, ITrainingRun, TrainingRunSpec } from '../../../api/types.ts';
import { plan } from '../plan.ts';
import { snapshotOf } from '../start/snapshot.ts';
import { longestPause } from './gang.ts';

const spec = { nodes: 4, gangWait: '10m', accelerator: { resource: 'nvidia.com/gpu', count: 8 } };
const began = '2026-11-24T10:00:00Z';
const words = '0/8 nodes are available: 8 Insufficient nvidia.com/gpu. preemption: none';
const mark = { 'flyball.dev/suspended': 'true' };

/** A run of a gang whose first attempt goes on. */
function gang(fields: Partial<AttemptStage> = {}, more: Partial<TrainingRunSpec> = {}, uid = 'run-uid'): ITrainingRun {
  const before = trainingRun({ spec });
  const stages = [entry(fields)];
  const run = trainingRun({ spec: { ...spec, ...more }, status: { attempts: [attempt(before, { stages })] } });
  return { ...run, metadata: { ...run.metadata, uid } };
}

const run = gang();
const made: IJob = { ...job(run), status: { startTime: began } };

/** So many of its pods have had a place since the beginning. */
function pods(count: number, its = made): IPod[] {
  return [0, 1, 2, 3].map((index) =>
    podOf(its, index < count ? placed(running(), began) : unschedulable(words), index),
  );
}

function planAt(minutes: number, its: readonly IPod[], of = run, its_: IJob = made) {
  const now = new Date(Date.parse(began) + minutes * 60_000);
  return plan(observed(of, { jobs: [its_], pods: its, services: [] }), now);
}

const gangIn = (planned: ReturnType<typeof plan>): GangStatus | undefined => newestOf(planned)?.stages?.[0]?.gang;
const patches = (planned: ReturnType<typeof plan>) =>
  planned.actions.flatMap((action) => (action.type === 'Patch' ? [action.patch] : []));
const suspension = { metadata: { annotations: mark }, spec: { suspend: true } };
const resumption = { metadata: { annotations: { 'flyball.dev/suspended': null } }, spec: { suspend: false } };
const suspended: IJob = {
  ...made,
  metadata: { ...made.metadata, annotations: { ...made.metadata?.annotations, ...mark } },
  spec: { ...made.spec, suspend: true } as NonNullable<IJob['spec']>,
};
const lacking = { givenBack: 0, placed: 2, nodes: 4 };
const pausing = { givenBack: 1, until: '2026-11-24T10:20:00Z', placed: 2, nodes: 4, waitsFor: 'Insufficient x' };

describe('A gang of which only some pods have a place', () => {
  it('says how many have one, what the others wait for, and what comes next', () => {
    const { reason, message = '' } = summaryOf(planAt(1, pods(2))) ?? {};
    expect(reason).toBe('GangWaits');
    expect(commandProblems(message, { namespace: 'team' })).toEqual([]);
    expect(message).toBe(
      'attempt fraud-1 has a place for only 2 of its 4 pods, and holds that until there is one for each: no node has 8 × nvidia.com/gpu ' +
        'free. Wait: it starts by itself once all have one, and after 10m without another one it gives back what it holds, so that others can ' +
        'end, and tries again; or edit spec.accelerator, or free or add nodes: `kubectl describe nodes`; the scheduler said: Insufficient ' +
        'nvidia.com/gpu',
    );
  });

  it('gives back what it holds after gangWait, a quarter later at most, and tells so before it does', () => {
    expect(gangIn(planAt(9.9, pods(2)))).toEqual(lacking);
    const due = planAt(12.5, pods(2));
    expect(gangIn(due)).toMatchObject({ givenBack: 1, placed: 2, nodes: 4, waitsFor: 'Insufficient nvidia.com/gpu' });
    expect(patches(due)).toEqual([]);
    const told = gang({ gang: pausing });
    const next = planAt(12.5, pods(2), told);
    expect(patches(next)).toEqual([suspension]);
    expect(newestOf(next)?.stages).toEqual([entry({ gang: pausing })]);
  });

  it('counts from when the newest of them got its place, since nodes come one by one', () => {
    const late = pods(2).map((pod, index) =>
      index === 1 ? { ...pod, status: placed(running(), '2026-11-24T10:08:00Z') } : pod,
    );
    expect(gangIn(planAt(13, late))).toEqual(lacking);
    expect(gangIn(planAt(20.5, late))).toMatchObject({ givenBack: 1 });
  });

  it('gives back also where a quota denies the other pods', () => {
    expect(gangIn(planAt(13, pods(2).slice(0, 2)))).toMatchObject({ placed: 2, nodes: 4 });
  });

  it('waits on, and keeps its pods, where none has a place or all have', () => {
    for (const count of [0, 4]) {
      const planned = planAt(100_000, pods(count));
      expect(gangIn(planned)).toBeUndefined();
      expect(summaryOf(planned)?.reason).not.toBe('GangWaits');
    }
  });

  it('gives nothing back that is not its to give', () => {
    const kueue = { ...made, metadata: { ...made.metadata, labels: { 'kueue.x-k8s.io/queue-name': 'team' } } };
    const queued = { ...made, spec: { ...made.spec, suspend: true } as NonNullable<IJob['spec']> };
    const larger = { ...made, spec: { ...made.spec, parallelism: 5 } as NonNullable<IJob['spec']> };
    const failing = { ...made, status: { startTime: began, failed: 1 } };
    for (const its of [kueue, queued, larger, failing]) expect(gangIn(planAt(13, pods(2), run, its))).toBeUndefined();
    expect(gangIn(planAt(13, pods(2), gang({}, { suspend: true })))).toBeUndefined();
  });

  it('gives nothing back once a pod of it has ended, leaves, or is not its own: then it was whole, or something else is wrong', () => {
    const [first, ...others] = pods(2);
    if (first === undefined) throw new Error('there is a first pod');
    const done = { ...first, status: endedAt(placed(results({ f1: 0.9 }), began), '2026-11-24T10:01:00Z') };
    const dead = { ...first, status: placed(exited(1), began) };
    const leaves = { ...first, metadata: { ...first.metadata, deletionTimestamp: '2026-11-24T10:13:00Z' } };
    const containers = [{ name: 'main', image: 'x', command: ['other'] }];
    const forged = { ...first, spec: { ...first.spec, containers } };
    for (const pod of [done, dead, leaves, forged])
      expect(gangIn(planAt(13, [pod as IPod, ...others]))).toBeUndefined();
  });

  it('remembers that some have none in the status that tells of it, and that all have one when they do', () => {
    expect(gangIn(planAt(1, pods(2)))).toEqual(lacking);
    expect(gangIn(planAt(1, pods(0), gang({ gang: lacking })))).toEqual(lacking);
    expect(gangIn(planAt(2, pods(4), gang({ gang: lacking })))).toEqual({ ...lacking, placed: 4 });
    const unheard = pods(2).map((pod, index) => (index < 2 ? pod : podOf(made, undefined, index)));
    expect(gangIn(planAt(1, unheard))).toBeUndefined();
  });

  it('remembers neither that it trained nor that it was disrupted', () => {
    const [stage] = newestOf(planAt(5, pods(2)))?.stages ?? [];
    expect(stage).toEqual(entry({ gang: lacking }));
    const leaving = pods(2).map((pod) => ({
      ...pod,
      metadata: { ...pod.metadata, deletionTimestamp: '2026-11-24T10:13:30Z', deletionGracePeriodSeconds: 30 },
    }));
    const given = planAt(13, leaving, gang({ gang: pausing }), suspended);
    expect(newestOf(given)?.stages).toEqual([entry({ gang: pausing })]);
  });
});

describe('A gang that is about to give back', () => {
  const told = gang({ gang: pausing });
  const { until: _, ...withdrawn } = pausing;

  it('does not if it got all its places meanwhile', () => {
    const planned = planAt(13, pods(4), told);
    expect(patches(planned)).toEqual([]);
    expect(gangIn(planned)).toEqual({ ...withdrawn, placed: 4 });
  });

  it('decides anew if nobody did it until the time had passed, as after a crash', () => {
    const planned = planAt(25, pods(2), told);
    expect(patches(planned)).toEqual([]);
    expect(gangIn(planned)).toMatchObject({ givenBack: 2 });
  });
});

describe('A gang that has given back', () => {
  const told = gang({ gang: pausing });

  it('says so, and when it tries again, and looks then', () => {
    const planned = planAt(15, [], told, suspended);
    const { reason, message = '' } = summaryOf(planned) ?? {};
    expect(reason).toBe('GangWaits');
    expect(commandProblems(message, { namespace: 'team' })).toEqual([]);
    expect(message).toBe(
      'attempt fraud-1 had a place for only 2 of its 4 pods, and held that in vain for 10m; it has given it back, so that others can ' +
        'use it. Wait, it tries again by itself within 11m, and waits longer each time; or let it try now: ' +
        '`kubectl -n team patch job fraud-1-train --type merge -p \'{"spec":{"suspend":false}}\'`; or see what the nodes have: ' +
        '`kubectl describe nodes`; the scheduler said: Insufficient x',
    );
    expect(patches(planned)).toEqual([]);
    expect(planned.requeueAfter).toBe(5 * 60_000);
  });

  it('tries again when its time has come and its pods are gone', () => {
    expect(patches(planAt(20, pods(2).slice(0, 1), told, suspended))).toEqual([]);
    expect(patches(planAt(20, [], told, suspended))).toEqual([resumption]);
  });

  it('goes on if a person lets it, and remembers how often it gave back', () => {
    const letGo = { ...suspended, spec: { ...suspended.spec, suspend: false } as NonNullable<IJob['spec']> };
    const planned = planAt(15, [], told, letGo);
    const { until: _, ...withdrawn } = pausing;
    expect(patches(planned)).toEqual([]);
    expect(gangIn(planned)).toEqual(withdrawn);
  });

  it('stays suspended for a run that is', () => {
    const held = gang({ gang: pausing }, { suspend: true });
    expect(patches(planAt(30, [], held, suspended))).toEqual([]);
  });

  it('is superseded by an edit, since it never trained', () => {
    const edited = gang({ gang: pausing }, { image: 'registry/fraud-train:2' });
    expect(newestOf(planAt(15, [], edited, suspended))?.verdict).toBe('Superseded');
  });
});

describe('A gang whose main gives up before all have a place', () => {
  const told = gang({ gang: lacking });
  const lasting = (seconds: number): IPod => {
    const finishedAt = new Date(Date.parse(began) + seconds * 1000).toISOString();
    const terminated = { exitCode: 1, startedAt: began, finishedAt };
    const [container] = exited(1).containerStatuses ?? [];
    const containerStatuses = container === undefined ? [] : [{ ...container, state: { terminated } }];
    return podOf(made, { ...placed(exited(1), began), containerStatuses }, 0);
  };
  const over = failed(made, 'BackoffLimitExceeded', '2026-11-24T10:05:00Z');

  it('is made again after a pause, uncounted', () => {
    const waits = planAt(5.1, [lasting(300)], told, over);
    const { reason, message = '' } = summaryOf(waits) ?? {};
    expect(reason).toBe('GangWaits');
    expect(commandProblems(message, { namespace: 'team' })).toEqual([]);
    expect(message).toBe(
      'attempt fraud-1 had a place for only 2 of its 4 pods, and main gave up before there was one for each. That is not counted as a ' +
        'failure. Wait, its Job is made again by itself within 11m, and later each time; or have main wait longer for its partners than ' +
        'gangWait (10m), or lower that: `kubectl -n team edit trun fraud`; or see what the nodes have: `kubectl describe nodes`',
    );
    expect(waits.actions).toEqual([]);
    const again = planAt(5 + 11, [lasting(300)], told, over);
    const [, created] = again.actions;
    const snapshot = created?.type === 'Create' ? snapshotOf(created.object as IJob) : undefined;
    expect(snapshot).toMatchObject({ failures: 0 });
    expect(snapshot).not.toHaveProperty('ran');
  });

  it('has failed by itself if it ended within a minute, or once all had a place', () => {
    expect(newestOf(planAt(6, [lasting(59)], told, over))?.verdict).toBe('Failed');
    const whole = gang({ gang: { ...lacking, placed: 4 } });
    expect(newestOf(planAt(6, [lasting(300)], whole, over))?.verdict).toBe('Failed');
    expect(newestOf(planAt(6, [lasting(300)], run, over))?.verdict).toBe('Failed');
  });

  it('is superseded by an edit, since it never trained', () => {
    const edited = gang({ gang: lacking }, { image: 'registry/fraud-train:2' });
    const verdicts = planAt(5.1, [lasting(300)], edited, over).status.attempts?.map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['Superseded', undefined]);
  });
});

describe('The pauses of gangs', () => {
  const pauseOf = (uid: string, givenBack: number): number => {
    const of = gang(givenBack === 1 ? {} : { gang: { givenBack: givenBack - 1, placed: 2, nodes: 4 } }, {}, uid);
    const its = { ...job(of), status: { startTime: began } };
    const until = gangIn(planAt(13, pods(2, its), of, its))?.until ?? '';
    return Date.parse(until) - Date.parse(began) - 13 * 60_000;
  };

  it('are the same each time for one run, and differ between runs', () => {
    const uids = Array.from({ length: 20 }, (_, index) => `uid-${index}`);
    expect(uids.map((uid) => pauseOf(uid, 1))).toEqual(uids.map((uid) => pauseOf(uid, 1)));
    expect(new Set(uids.map((uid) => pauseOf(uid, 1))).size).toBe(20);
  });

  it('are drawn from a range that doubles until it is an hour, and are a minute at least', () => {
    const minutes = [1, 2, 3, 4, 5, 99_999].map((givenBack) => longestPause(run, givenBack) / 60_000);
    expect(minutes).toEqual([11, 21, 41, 61, 61, 61]);
    for (const givenBack of [1, 2, 3, 4, 5]) {
      expect(pauseOf('run-uid', givenBack)).toBeGreaterThanOrEqual(60_000);
      expect(pauseOf('run-uid', givenBack)).toBeLessThanOrEqual(longestPause(run, givenBack));
    }
  });
});
