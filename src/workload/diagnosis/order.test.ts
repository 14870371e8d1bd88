import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { job } from '../../../test/builders/job.ts';
import { podOf } from '../../../test/builders/pod.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { findingOf } from './index.ts';

const made = job(trainingRun({ spec: { nodes: 3 } }));
const place = { container: 'spec', claims: 'spec.output', pod: 'spec.pod' };
const second = (at: number) => `2026-11-24T10:01:${String(at).padStart(2, '0')}Z`;

/** A failed pod whose user's container came to an end. */
function ended(
  index: number | undefined,
  exitCode: number,
  at: number,
  message: string,
  fields: Partial<IPod> = {},
): IPod {
  const state = { terminated: { exitCode, finishedAt: second(at), message } };
  const main = { name: 'main', image: 'x', imageID: 'x', ready: false, restartCount: 0, state };
  const pod = podOf(made, { phase: 'Failed', startTime: second(0), containerStatuses: [main] }, index);
  return { ...pod, ...fields, metadata: { ...pod.metadata, ...fields.metadata } };
}

const find = (...pods: readonly IPod[]) => findingOf(pods, place);
const both = (one: IPod, other: IPod) => {
  expect(find(one, other)).toEqual(find(other, one));
  return find(one, other);
};

describe('Of several pods that failed', () => {
  it('the first is told, not those that failed since it was gone', () => {
    const finding = both(ended(0, 1, 20, 'connection reset by peer'), ended(1, 3, 19, 'CUDA error'));
    expect(finding).toMatchObject({
      what: 'the command in pod 1 ended with exit code 3; in the same second it ended in pod 0 too',
      quote: [
        { by: 'the container in pod 1', words: 'CUDA error' },
        { by: 'the container in pod 0', words: 'connection reset by peer' },
      ],
    });
    const later = both(ended(0, 1, 25, 'connection reset by peer'), ended(1, 3, 19, 'CUDA error'));
    expect(later).toMatchObject({
      what: 'the command in pod 1 ended with exit code 3',
      quote: { words: 'CUDA error' },
    });
  });

  it('nobody knows the first of those that ended in the same second, so that all have their say', () => {
    const finding = both(ended(0, 1, 19, 'connection reset by peer'), ended(1, 1, 19, 'CUDA error'));
    expect(finding?.quote).toEqual([
      { by: 'the container in pod 0', words: 'connection reset by peer', telling: 'End' },
      { by: 'the container in pod 1', words: 'CUDA error', telling: 'End' },
    ]);
  });

  it('one that ended by itself comes before one that was killed in the same second', () => {
    const finding = both(ended(0, 143, 19, 'terminated'), ended(1, 1, 19, 'CUDA error'));
    expect(finding).toMatchObject({
      what: 'the command in pod 1 ended with exit code 1',
      quote: { words: 'CUDA error' },
    });
  });

  it('one that ended since its pod had to go is no culprit of the same second, whatever its exit code is', () => {
    const going = { deletionTimestamp: second(49), deletionGracePeriodSeconds: 30 };
    const victim = ended(0, 1, 19, 'KeyboardInterrupt', { metadata: going });
    expect(both(victim, ended(1, 1, 20, 'CUDA error'))?.quote).toMatchObject({ words: 'CUDA error' });
    const own = ended(0, 1, 18, 'KeyError', { metadata: going });
    expect(both(own, ended(1, 1, 22, 'CUDA error'))?.quote).toMatchObject({ words: 'KeyError' });
  });

  it('one whose pod the cluster took away is no culprit of the same second', () => {
    const taken = ended(0, 1, 19, 'SIGTERM');
    const conditions = [{ type: 'DisruptionTarget', status: 'True' }];
    const victim = { ...taken, status: { ...taken.status, conditions } };
    expect(both(victim, ended(1, 1, 19, 'CUDA error'))?.quote).toMatchObject({ words: 'CUDA error' });
  });

  it('the last try is told of a pod that was made again, since each try is its own', () => {
    const first = ended(undefined, 3, 10, 'first');
    const again = ended(undefined, 4, 40, 'second', { metadata: { name: 'fraud-1-train-zzzzz' } });
    const late = { ...again, status: { ...again.status, startTime: second(25) } };
    expect(both(first, late)?.quote).toMatchObject({ words: 'second' });
  });

  it('one whose end has no time, which the API server writes as null, is not left out', () => {
    const untimed = (reason: string) => {
      const pod = ended(undefined, 137, 19, 'The container could not be located', {});
      return JSON.parse(JSON.stringify(pod).replaceAll(`"${second(19)}"`, `null,"reason":"${reason}"`)) as IPod;
    };
    expect(find(untimed('Error'))).toMatchObject({ reason: 'CommandKilled', quote: { by: 'the container' } });
    expect(find(untimed('ContainerStatusUnknown'))).toMatchObject({
      reason: 'ContainerStatusUnknown',
      what: 'the kubelet does not know how the container ended (ContainerStatusUnknown)',
      quote: { by: 'the kubelet', words: 'The container could not be located' },
    });
  });

  it('many of the same second are counted', () => {
    const pods = Array.from({ length: 6 }, (_, index) => ended(index, 1, 19, `error ${index}`));
    expect(find(...pods)?.what).toMatch(/it ended in pod 1, in pod 2 and 3 more too$/);
    expect(find(...pods)?.quote).toHaveLength(3);
  });
});

describe('Of the containers of a pod', () => {
  const withSidecar = (at: number, exitCode: number, main: IPod): IPod => {
    const state = { terminated: { exitCode, finishedAt: second(at), message: 'no route' } };
    const mesh = { name: 'mesh', image: 'x', imageID: 'x', ready: false, restartCount: 0, state };
    return {
      ...main,
      status: { ...main.status, containerStatuses: [...(main.status?.containerStatuses ?? []), mesh] },
    };
  };

  it('the first that failed is told, and what became of the user’s', () => {
    expect(find(withSidecar(10, 7, ended(undefined, 1, 19, 'KeyError')))).toMatchObject({
      owner: 'Injected',
      what: "the command of container mesh ended with exit code 7; the user's command ended with exit code 1",
      quote: [
        { by: 'container mesh', words: 'no route' },
        { by: 'the container', words: 'KeyError' },
      ],
    });
    expect(find(withSidecar(10, 7, ended(undefined, 0, 19, '{"metrics": {}}')))).toMatchObject({
      owner: 'Injected',
      what: "the command of container mesh ended with exit code 7; the user's command ended with exit code 0",
      quote: [{ words: 'no route' }],
    });
    expect(find(withSidecar(30, 7, ended(undefined, 1, 19, 'KeyError')))).toMatchObject({
      owner: 'User',
      isMain: true,
    });
  });

  it('those of a pod that goes have no log any more', () => {
    const going = { deletionTimestamp: second(49), deletionGracePeriodSeconds: 0 };
    expect(find(ended(undefined, 1, 19, 'KeyError'))).toHaveProperty('evidence.type', 'Log');
    expect(find(ended(undefined, 1, 19, 'KeyError', { metadata: going }))).not.toHaveProperty('evidence');
  });
});
