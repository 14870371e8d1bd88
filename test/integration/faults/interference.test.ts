/** What happens when people edit, delete or stand in for a TrainingRun and what it made. */
import { describe, expect, it, jest } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { ITrainingRun } from '../../../src/api/types.ts';
import { jobs, modelVersions, pods as podKind, trainingRuns } from '../../../src/api/kinds.ts';
import { type Key, keyOf, uidOf } from '../../../src/api/resource.ts';
import { results, running } from '../../builders/pod.ts';
import { modelVersion } from '../objects.ts';
import { cluster, create, rerun, run, summary, verdicts } from './training.ts';

jest.setTimeout(120_000);

describe('An object that is not ours', () => {
  it.concurrent('is a Job of the name of the next: it is left alone, and the run goes on once it is gone', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    cluster.kubelet.plays(key, results({ f1: 0.93 }));
    const job = { namespace: key.namespace, name: 'fraud-1-train' };
    const foreign = await cluster.create<IJob>(jobs, foreignJob(job));
    await create(key);

    const message =
      'Job "fraud-1-train" exists and does not belong to this TrainingRun, so it is left alone. Give the TrainingRun another name; ' +
      `or delete the Job, and it goes on by itself: \`kubectl -n ${key.namespace} delete job fraud-1-train\``;
    expect(await summary(key, 'NameConflict')).toMatchObject({ status: 'Unknown', message });
    await cluster.condition(trainingRuns, key, 'Stalled', 'NameConflict');
    expect(await cluster.get<IJob>(jobs, job)).toMatchObject({ metadata: { uid: uidOf(foreign) }, spec: foreign.spec });
    expect(await verdicts(key)).toEqual([]);

    await cluster.delete(jobs, job);
    expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
    expect(await verdicts(key)).toEqual(['fraud-1 Registered']);
  });

  it.concurrent(
    'is a ModelVersion of the name of the next: it is kept, and the attempt ends once it is gone',
    async () => {
      const key = await run({});
      await summary(key, 'Started');
      const version = { namespace: key.namespace, name: 'fraud-1' };
      const foreign = await cluster.create(modelVersions, { ...modelVersion(), metadata: version });
      cluster.kubelet.plays(key, results({ f1: 0.93 }));

      expect(await summary(key, 'NameConflict')).toMatchObject({
        status: 'Unknown',
        message:
          'ModelVersion fraud-1 exists and is not what attempt fraud-1 would register. Delete it, and the attempt is registered by itself: ' +
          `\`kubectl -n ${key.namespace} delete mver fraud-1\``,
      });
      expect(await cluster.get(modelVersions, version)).toMatchObject({ metadata: { uid: uidOf(foreign) } });

      await cluster.delete(modelVersions, version);
      expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
      expect(uidOf((await cluster.get(modelVersions, version)) ?? foreign)).not.toBe(uidOf(foreign));
    },
  );
});

describe('An object that is deleted', () => {
  it.concurrent(
    'is the Job while it trains: the attempt is cancelled and not made again until somebody asks',
    async () => {
      const key = await run({});
      await summary(key, 'Started');
      await cluster.delete(jobs, { namespace: key.namespace, name: 'fraud-1-train' });

      expect(await summary(key, 'Deleted')).toMatchObject({
        status: 'False',
        message: expect.stringContaining(
          `the Job was deleted, so attempt fraud-1 is cancelled and is not made again. Run once more: \`${rerun(key.namespace)}`,
        ),
      });
      await cluster.untilNames(jobs, key.namespace, []);

      cluster.kubelet.plays(key, results({ f1: 0.93 }));
      await cluster.patch(trainingRuns, key, { spec: { rerunAt: new Date().toISOString() } });
      expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
      expect(await verdicts(key)).toEqual(['fraud-1 Deleted', 'fraud-2 Registered']);
    },
  );

  it.concurrent(
    'is the pod while it trains: the Job makes another one, which is no failure of the attempt',
    async () => {
      const key = await run({ retry: { limit: 1 } });
      await summary(key, 'Started');
      const pod = await cluster.only(podKind, key.namespace);
      cluster.kubelet.plays(key, (candidate) => (uidOf(candidate) === uidOf(pod) ? running() : results({ f1: 0.93 })));
      await cluster.delete(podKind, keyOf(pod));

      expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
      expect(await verdicts(key)).toEqual(['fraud-1 Registered']);
    },
  );

  it.concurrent(
    'is the run while it trains: Job and pods go with it, and another run of that name starts anew',
    async () => {
      const key = await run({});
      await summary(key, 'Started');
      // A Job deleted before its pod is there makes Kubernetes leave the next of that name without one for five minutes:
      // https://github.com/kubernetes/kubernetes/issues/131917
      await cluster.only(podKind, key.namespace);
      await cluster.delete(trainingRuns, key);
      await cluster.untilNames(jobs, key.namespace, []);
      await cluster.untilNames(podKind, key.namespace, []);

      cluster.kubelet.plays(key, results({ f1: 0.93 }));
      await create(key);
      expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
      expect(await verdicts(key)).toEqual(['fraud-1 Registered']);
    },
  );

  it.concurrent(
    'is the run after it has registered a version: the registry keeps it, and another run of that name repeats nothing',
    async () => {
      const key = await run({}, results({ f1: 0.93 }));
      await summary(key, 'Registered');
      await cluster.delete(trainingRuns, key);
      await cluster.untilNames(jobs, key.namespace, []);
      expect(await cluster.names(modelVersions, key.namespace)).toEqual(['fraud-1']);

      await create(key);
      expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
      expect(await verdicts(key)).toEqual(['fraud-1 Registered']);
      expect(await cluster.names(jobs, key.namespace)).toEqual([]);
    },
  );

  it.concurrent(
    'is the ModelVersion after its attempt: the attempt stays registered and nothing is trained again',
    async () => {
      const key = await run({}, results({ f1: 0.93 }));
      await summary(key, 'Registered');
      await cluster.delete(modelVersions, { namespace: key.namespace, name: 'fraud-1' });

      await cluster.until<ITrainingRun>(trainingRuns, key, ({ status }) => status?.latestVersion === undefined);
      expect(await verdicts(key)).toEqual(['fraud-1 Registered']);
      expect(await cluster.names(jobs, key.namespace)).toEqual(['fraud-1-train']);
      expect(await cluster.names(modelVersions, key.namespace)).toEqual([]);
    },
  );
});

describe('A TrainingRun that is edited while an attempt runs', () => {
  it.concurrent('lets the attempt end with the recipe that it began with, and then trains the edited one', async () => {
    const key = await run({ parameters: { lr: '0.1' } });
    await summary(key, 'Started');
    const pod = keyOf(await cluster.only(podKind, key.namespace));
    await cluster.until<IPod>(podKind, pod, ({ status }) => status?.phase === 'Running');
    // One that the operator has not seen to run would be superseded.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await cluster.patch(trainingRuns, key, { spec: { parameters: { lr: '0.2' } } });

    expect(await summary(key, 'EditWaits')).toMatchObject({
      status: 'Unknown',
      message:
        'attempt fraud-1 is of the recipe from before the edit; the edited one starts when it ends. ' +
        `End it now: \`kubectl -n ${key.namespace} delete job fraud-1-train\``,
    });
    expect(await cluster.names(jobs, key.namespace)).toEqual(['fraud-1-train']);

    cluster.kubelet.plays(key, results({ f1: 0.93 }));
    await cluster.until<ITrainingRun>(trainingRuns, key, ({ status }) => status?.latestVersion?.name === 'fraud-2');
    expect(await verdicts(key)).toEqual(['fraud-1 Registered', 'fraud-2 Registered']);
    const lr = async (name: string) => (await cluster.get(modelVersions, { ...key, name }))?.spec.parameters;
    expect([await lr('fraud-1'), await lr('fraud-2')]).toEqual([{ lr: '0.1' }, { lr: '0.2' }]);
  });
});

function foreignJob(metadata: Key) {
  const containers = [{ name: 'main', image: 'other' }];
  return { metadata, spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers } } } };
}
