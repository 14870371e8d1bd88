import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { job } from '../../test/builders/job.ts';
import { beside, endedAt, exited, podOf, refused, results, running, taken, waiting } from '../../test/builders/pod.ts';
import { trainingRun } from '../../test/builders/trainingrun.ts';
import { endedByItself, isCutShort, isDisrupted, isRefused, mainRan } from './podend.ts';

const made = job(trainingRun());
type Status = NonNullable<IPod['status']>;
const good = results({ f1: 0.62 });
const [before, then, after] = ['10:03:58', '10:04:00', '10:04:01'].map((time) => `2026-11-24T${time}Z`) as [
  string,
  string,
  string,
];

/** Deleted at 10:04:00 with half a minute to end. */
function deleted(status: Status): IPod {
  const pod = podOf(made, status);
  const times = { deletionTimestamp: '2026-11-24T10:04:30Z', deletionGracePeriodSeconds: 30 };
  return { ...pod, metadata: { ...pod.metadata, ...times } };
}

describe('A pod that the cluster takes away', () => {
  it.each<[string, Status, boolean]>([
    ['while main runs', taken(running(), then), true],
    ['and main ends well after that, since it saves its work', taken(endedAt(good, after), then), true],
    ['and main ends in the same second', taken(endedAt(good, then), then), true],
    ['and main ends a second before that, as clocks tell it', taken(endedAt(good, '2026-11-24T10:03:59Z'), then), true],
    ['and the runtime knows no time', taken(endedAt(good, '1970-01-01T00:00:00Z'), then), true],
    ['and nobody says when main ended', taken(good, then), true],
    ['and that failed', taken(endedAt(exited(143), after), then), true],
    ['before any container of it started', taken({ phase: 'Failed', reason: 'Preempting' }, then), true],
    ['after main had ended', taken(endedAt(good, before), then), false],
    ['after main had failed', taken(endedAt(exited(1), before), then), false],
  ])('%s is disrupted or not by when main ended, whatever its phase', (_, status, want) => {
    expect(isDisrupted(podOf(made, status))).toBe(want);
    const hasEnded = status.containerStatuses?.[0]?.state?.terminated !== undefined;
    expect(endedByItself(podOf(made, status))).toBe(hasEnded && !want);
  });

  it('is disrupted though main seems to have ended before, if the clock of its node is behind', () => {
    const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-11-24T10:00:30Z' };
    const ended = endedAt(good, '2026-11-24T10:03:45Z');
    const at = (startTime: string) => podOf(made, taken({ ...ended, startTime, conditions: [scheduled] }, then));
    expect(isDisrupted(at('2026-11-24T10:00:10Z'))).toBe(true);
    expect(isDisrupted(at('2026-11-24T10:00:30Z'))).toBe(false);
    expect(isDisrupted(at('2026-11-24T10:00:50Z'))).toBe(false);
  });

  it('is not disrupted while the condition says False', () => {
    const conditions = [{ type: 'DisruptionTarget', status: 'False', lastTransitionTime: then }];
    expect(isDisrupted(podOf(made, { ...running(), conditions }))).toBe(false);
  });
});

describe('A pod that a person deletes', () => {
  it('ended by itself if main had ended before that', () => {
    expect(endedByItself(deleted(endedAt(good, before)))).toBe(true);
  });

  it('did not if main ended when it was asked to, or nobody says when', () => {
    expect(endedByItself(deleted(endedAt(good, after)))).toBe(false);
    expect(endedByItself(deleted(good))).toBe(false);
  });
});

describe('A pod that failed', () => {
  const unknown = { reason: 'ContainerStatusUnknown', exitCode: 137 };
  it.each<[string, Status, boolean]>([
    ['UnexpectedAdmissionError', refused(), true],
    ['OutOfcpu', refused('OutOfcpu'), true],
    ['any reason of a later kubelet', refused('SomethingNew'), true],
    ['whose containers still wait', { ...waiting('ContainerCreating'), phase: 'Failed', reason: 'NodeAffinity' }, true],
    [
      'of whose containers the kubelet knows nothing',
      { ...exited(137, unknown), reason: 'TopologyAffinityError' },
      true,
    ],
    ['whose container ended', exited(1), false],
    ['whose command could not be started', exited(128, { reason: 'StartError', message: 'no such file' }), false],
    ['whose container the node lost', exited(137, unknown), false],
    [
      'of which an injected container failed',
      beside(refused(), 'initContainerStatuses', 'mesh', { terminated: { exitCode: 1 } }),
      false,
    ],
    ['that the kubelet evicted', { ...exited(137), reason: 'Evicted' }, false],
    ['that still runs', running(), false],
  ])('by %s was refused or not by whether a container of it ever started', (_, status, want) => {
    expect(isRefused(podOf(made, status))).toBe(want);
  });

  it('is disrupted rather than refused if the cluster took it away', () => {
    expect(isRefused(podOf(made, taken(refused(), then)))).toBe(false);
  });
});

describe('A pod whose node lost its containers', () => {
  it.each(['ContainerStatusUnknown', 'Unknown'])('did not end by itself, since nobody knows how: %s', (reason) => {
    const pod = podOf(made, exited(reason === 'Unknown' ? 255 : 137, { reason }));
    expect(endedByItself(pod)).toBe(false);
    expect(isCutShort(pod)).toBe(true);
  });

  it('was not cut short if the kubelet evicted it, since it took more than its own limit allows', () => {
    const lost = { ...exited(137, { reason: 'ContainerStatusUnknown' }), reason: 'Evicted' };
    const [main] = lost.containerStatuses ?? [];
    const used = { ...lost, containerStatuses: [{ ...main!, restartCount: 1 }] };
    expect(isCutShort(podOf(made, used))).toBe(false);
    expect(isCutShort(podOf(made, taken(used)))).toBe(true);
  });

  it('is one that failed, not one that failed by its own code', () => {
    expect(isCutShort(podOf(made, exited(255, { reason: 'Error' })))).toBe(false);
  });
});

describe('Whether main ran', () => {
  it.each<[string, Status, boolean]>([
    ['runs', running(), true],
    ['ended', exited(1), true],
    ['could not be started', exited(128, { reason: 'StartError' }), false],
    ['waits', waiting('ImagePullBackOff'), false],
    ['was refused', refused(), false],
  ])('is told by a main that %s', (_, status, want) => {
    expect(mainRan(podOf(made, status))).toBe(want);
  });
});

describe('A pod that has to go before its main ever ran', () => {
  const end = { exitCode: 137, reason: 'ContainerStatusUnknown', startedAt: null, finishedAt: null };
  const going = (containerID: string) =>
    ({
      metadata: { deletionTimestamp: '2026-11-24T10:01:00Z' },
      status: { phase: 'Failed', containerStatuses: [{ name: 'main', containerID, state: { terminated: end } }] },
    }) as unknown as IPod;

  it('has not run, though the kubelet makes up an end of it', () => {
    expect(mainRan(going(''))).toBe(false);
    expect(mainRan(going('containerd://1f'))).toBe(true);
  });
});
