import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { job } from '../../../test/builders/job.ts';
import { modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { beside, exited, podOf, running, waiting } from '../../../test/builders/pod.ts';
import { replicaSetOf } from '../../../test/builders/replicaset.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { ownerReference } from '../../api/resource.ts';
import type { RevisionStatus } from '../../api/types.ts';
import { noObjects } from '../objects.ts';
import { goneOfServing, lastWordsIn } from './gone.ts';
import { servingSources, trainingSources } from './sources.ts';

describe('the logs of a run', () => {
  const run = trainingRun();
  const named = (pod: IPod, name: string, at: string): IPod => ({
    ...pod,
    metadata: { ...pod.metadata, name, creationTimestamp: at },
  });

  it('are of the pods that its own Jobs made, whatever labels others bear', () => {
    const own = podOf(job(run), running());
    const forged = { ...own, metadata: { ...own.metadata, name: 'forged', ownerReferences: [] } };
    const sources = trainingSources(run, { ...noObjects, jobs: [job(run)], pods: [own, forged] }, {});
    expect(sources.map(({ prefix, pod }) => [prefix, pod.metadata?.name])).toEqual([
      ['1/train', 'fraud-1-train-abcde'],
    ]);
  });

  it('tell the pods apart that a Job made again, of which the first keeps its name', () => {
    const [first, second] = [podOf(job(run), exited(1)), podOf(job(run), running())];
    const pods = [
      named(second, 'fraud-1-train-zzzzz', '2026-11-24T10:03:00Z'),
      named(first, 'fraud-1-train-yyyyy', '2026-11-24T10:01:00Z'),
    ];
    const sources = trainingSources(run, { ...noObjects, jobs: [job(run)], pods }, {});
    expect(sources.map(({ prefix }) => prefix)).toEqual(['1/train', '1/train/zzzzz']);
  });

  it('are of main and of what fails beside it, unless people choose', () => {
    const failing = beside(running(), 'initContainerStatuses', 'fetch', { terminated: { exitCode: 1 } });
    const pod = podOf(job(run), beside(failing, 'containerStatuses', 'proxy', { running: {} }));
    const objects = { ...noObjects, jobs: [job(run)], pods: [pod] };
    const prefixes = (choice: Parameters<typeof trainingSources>[2]) =>
      trainingSources(run, objects, choice).map(({ prefix }) => prefix);
    expect(prefixes({})).toEqual(['1/train', '1/train fetch']);
    expect(prefixes({ allContainers: true })).toEqual(['1/train', '1/train fetch', '1/train proxy']);
    expect(prefixes({ container: 'main' })).toEqual(['1/train']);
    expect(prefixes({ container: 'absent' })).toEqual([]);
  });

  it('are of what fetches or saves as long as it does', () => {
    const running = { running: { startedAt: '2026-11-24T10:00:00Z' } };
    const status = beside(waiting('PodInitializing'), 'initContainerStatuses', 'fetch', running);
    const prefixes = (pod: IPod) =>
      trainingSources(run, { ...noObjects, jobs: [job(run)], pods: [pod] }, {}).map(({ prefix }) => prefix);
    expect(prefixes(podOf(job(run), status))).toEqual(['1/train', '1/train fetch']);
    const fetched = beside(waiting('PodInitializing'), 'initContainerStatuses', 'fetch', {
      terminated: { exitCode: 0 },
    });
    expect(prefixes(podOf(job(run), fetched))).toEqual(['1/train']);
  });

  it('are asked for before the kubelet has reported anything', () => {
    const objects = { ...noObjects, jobs: [job(run)], pods: [podOf(job(run))] };
    expect(trainingSources(run, objects, {})).toMatchObject([{ prefix: '1/train', container: 'main' }]);
  });
});

describe('the logs of a ModelDeployment', () => {
  const role = (revision: string, version?: string): RevisionStatus => ({
    revision,
    ...(version !== undefined && { version }),
    uri: 'pvc://models/fraud/fraud-4',
    since: '2026-11-24T10:00:00Z',
  });
  const rejected = [{ revision: 'ffffffff', reason: 'Crashed', message: 'it crashed', time: '2026-11-24T10:00:00Z' }];
  const deployment = modelDeployment({
    status: {
      stable: role('aaaaaaaa', 'fraud-4'),
      candidate: { ...role('bbbbbbbb'), step: 0 },
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'Slow',
          message: 'it waits',
          lastTransitionTime: '2026-11-24T10:00:00Z',
        },
      ],
      rejected,
    },
  });
  const served = (revision: string) => {
    const workload = {
      apiVersion: 'apps/v1' as const,
      kind: 'Deployment' as const,
      metadata: {
        name: `fraud-${revision}`,
        namespace: 'team',
        uid: `uid-${revision}`,
        ownerReferences: [ownerReference(deployment)],
      },
    };
    const replicaSet = replicaSetOf(workload);
    const pod: IPod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `fraud-${revision}-x7k2p`,
        namespace: 'team',
        uid: `uid-pod-${revision}`,
        ownerReferences: [ownerReference(replicaSet)],
      },
      spec: { containers: [{ name: 'main' }] },
      status: running(),
    };
    return { workload, replicaSet, pod };
  };
  const [stable, candidate, other] = [served('aaaaaaaa'), served('bbbbbbbb'), served('cccccccc')];
  const objects = {
    ...noObjects,
    workloads: [stable, candidate, other].map(({ workload }) => workload),
    replicaSets: [stable, candidate, other].map(({ replicaSet }) => replicaSet),
    pods: [stable, candidate, other].map(({ pod }) => pod),
  };

  it('are of the pods of all revisions, called by version, role and pod', () => {
    const prefixes = (revision?: string) =>
      servingSources(deployment, objects, { revision }).map(({ prefix }) => prefix);
    expect(prefixes()).toEqual(['v4 stable/x7k2p', 'bbbbbbbb candidate/x7k2p', 'cccccccc/x7k2p']);
    expect(prefixes('candidate')).toEqual(['bbbbbbbb candidate/x7k2p']);
    expect(prefixes('cccccccc')).toEqual(['cccccccc/x7k2p']);
  });

  it('are told by their last words where the pods are gone', () => {
    expect(goneOfServing(deployment, { ...objects, pods: [candidate.pod] }, {})).toEqual([
      { prefix: 'ffffffff rejected', what: 'its pods are gone', lastWords: 'it crashed' },
      { prefix: 'v4 stable', what: 'has no pods', lastWords: 'it waits' },
    ]);
    expect(goneOfServing(deployment, objects, { revision: 'ffffffff' })).toHaveLength(1);
    expect(goneOfServing(deployment, objects, { revision: 'stable' })).toEqual([]);
  });
});

describe('the last words of a container', () => {
  it('are what its pod remembers of its end', () => {
    expect(lastWordsIn(podOf(job(trainingRun()), exited(1, { message: 'no rows' })), 'main')).toBe('no rows');
    expect(lastWordsIn(podOf(job(trainingRun()), running()), 'main')).toBeUndefined();
    expect(lastWordsIn(podOf(job(trainingRun()), waiting('ErrImagePull')), 'main')).toBeUndefined();
  });
});
