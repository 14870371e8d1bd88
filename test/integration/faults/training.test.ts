/** What users and clusters do to a TrainingRun, and what its conditions say then. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import { jobs, modelVersions, pods as podKind, trainingRuns } from '../../../src/api/kinds.ts';
import type { ITrainingRun } from '../../../src/api/index.ts';
import { type Key, keyOf, uidOf } from '../../../src/api/resource.ts';
import { exited, results, running, succeeded, unschedulable, waiting } from '../../builders/pod.ts';
import { modelVersion, trainingRun } from '../objects.ts';
import { Cluster } from './cluster.ts';
import type { PodStatus } from './kubelet.ts';
import { type Operator, startLeader } from './operator.ts';

jest.setTimeout(120_000);

let cluster: Cluster;
let operator: Operator;

beforeAll(async () => {
  cluster = await Cluster.start();
  operator = await startLeader(cluster.environment);
}, 900_000);

afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
});

type Spec = Parameters<typeof trainingRun>[0];

/** The key of a run `fraud` in a namespace of its own, whose pods have this status. */
async function run(spec: Spec, status: PodStatus = running()): Promise<Key> {
  const key = { namespace: await cluster.namespace(), name: 'fraud' };
  cluster.kubelet.plays(key, status);
  await create(key, spec);
  return key;
}

const create = (key: Key, spec: Spec = {}) =>
  cluster.create(trainingRuns, { ...trainingRun(spec), metadata: { ...key } });

const summary = (key: Key, reason: string) => cluster.condition(trainingRuns, key, 'Succeeded', reason);
const verdicts = async (key: Key) =>
  ((await cluster.get<ITrainingRun>(trainingRuns, key))?.status?.attempts ?? []).map(
    ({ name, verdict }) => `${name} ${verdict ?? 'goes on'}`,
  );
const rerun = (namespace: string) => `kubectl -n ${namespace} patch trun fraud --type merge -p`;

describe('A TrainingRun that the API server refuses', () => {
  it.concurrent('has a field that there is not, which is named', async () => {
    const namespace = await cluster.namespace();
    const spec = { image: 'train', imge: 'train' };

    expect(
      await cluster.post(trainingRuns, { ...trainingRun(spec), metadata: { namespace, name: 'fraud' } }),
    ).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('unknown field "spec.imge"') },
    });
    await cluster.untilNames(trainingRuns, namespace, []);
  });

  it.concurrent('has a value of the wrong type, which is named', async () => {
    const namespace = await cluster.namespace();
    const spec = { image: 'train', nodes: 'two' as unknown as number };

    expect(
      await cluster.post(trainingRuns, { ...trainingRun(spec), metadata: { namespace, name: 'fraud' } }),
    ).toMatchObject({
      status: 422,
      body: { message: expect.stringMatching(/spec\.nodes: Invalid value: "string".*must be of type integer/) },
    });
    await cluster.untilNames(trainingRuns, namespace, []);
  });
});

describe('Results that cannot be used', () => {
  it.concurrent(
    'lack a metric that the gate asks for: the gate fails and names it and those that there are',
    async () => {
      const key = await run({ gate: [{ metric: 'f1', min: '0.9' }] }, results({ accuracy: 0.9, loss: 0.1 }));

      expect(await summary(key, 'MetricMissing')).toMatchObject({
        status: 'False',
        message:
          'attempt fraud-1: the gate did not pass: the results have no metric f1; they have accuracy, loss. ' +
          'Improve the model and run again, or edit spec.gate, by which these results are judged again',
      });
      expect(await verdicts(key)).toEqual(['fraud-1 GateFailed']);
      expect(await cluster.names(modelVersions, key.namespace)).toEqual([]);
    },
  );

  it.concurrent('hold NaN: the attempt fails and the field is named', async () => {
    const key = await run({}, succeeded('{"metrics": {"f1": NaN}}'));

    const { status, message } = await summary(key, 'ResultsMalformed');
    expect(status).toBe('False');
    expect(message).toContain('field "f1" is NaN, which is not JSON: report a finite number or leave it out.');
    expect(message).toContain(`Correct the training code, then: ${rerun(key.namespace)}`);
    expect(await verdicts(key)).toEqual(['fraud-1 Failed']);
    expect(await cluster.names(modelVersions, key.namespace)).toEqual([]);
  });

  it.concurrent.each([
    [
      'no JSON',
      'f1: 0.93',
      'the results document is not JSON: write one JSON object such as {"metrics": {"f1": 0.93}}',
    ],
    ['no object', '[]', 'the results document must be a JSON object such as {"metrics": {"f1": 0.93}}'],
    ['an unknown field', '{"metric": {}}', 'the results document has the unknown field "metric": known are metrics'],
    ['a text as metric', '{"metrics": {"f1": "high"}}', '"metrics.f1" is not a finite number'],
  ])('are %s: the attempt fails and the message shows how to do it', async (_, document, want) => {
    const key = await run({}, succeeded(document));

    const { status, message } = await summary(key, 'ResultsMalformed');
    expect({ status, message }).toEqual({ status: 'False', message: expect.stringContaining(want) });
    expect(await cluster.names(modelVersions, key.namespace)).toEqual([]);
  });

  it.concurrent(
    'reach the limit of the kubelet, which cuts them: the attempt fails as too large and not as malformed',
    async () => {
      const key = await run({}, succeeded('{'.padEnd(4096, ' ')));

      expect(await summary(key, 'ResultsTooLarge')).toMatchObject({
        status: 'False',
        message: expect.stringMatching(
          /reached the kubelet's limit of 4096 bytes and was cut: report fewer metrics.*kubectl -n/,
        ),
      });
    },
  );

  it.concurrent('fail a gate that is then edited: they are judged again without training', async () => {
    const key = await run({ gate: [{ metric: 'f1', min: '0.95' }] }, results({ f1: 0.93 }));
    expect(await summary(key, 'GateFailed')).toMatchObject({
      message: expect.stringContaining('f1 is 0.93, below min 0.95'),
    });

    await cluster.patch(trainingRuns, key, { spec: { gate: [{ metric: 'f1', min: '0.9' }] } });

    expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
    expect(await cluster.names(jobs, key.namespace)).toEqual(['fraud-1-train']);
    expect(await cluster.names(modelVersions, key.namespace)).toEqual(['fraud-1']);
  });
});

describe('An attempt that fails', () => {
  it.concurrent(
    'by a command that ends with 1: the message has its last words, the log and how to run again',
    async () => {
      const key = await run({}, exited(1, { message: 'ValueError: no column "amount"' }));

      expect(await summary(key, 'CommandFailed')).toMatchObject({
        status: 'False',
        message:
          'attempt fraud-1: the command ended with exit code 1: ValueError: no column "amount". ' +
          `Read its log: kubectl -n ${key.namespace} logs job/fraud-1-train; an edit of the recipe starts another attempt, so does: ` +
          `${rerun(key.namespace)} "{\\"spec\\":{\\"rerunAt\\":\\"$(date -u +%FT%TZ)\\"}}"`,
      });
      expect(await verdicts(key)).toEqual(['fraud-1 Failed']);
      expect(await cluster.names(jobs, key.namespace)).toEqual(['fraud-1-train']);
    },
  );

  it.concurrent('by taking too much memory: the message names the limit and the field', async () => {
    const key = await run({ resources: { memory: '1Gi' } }, exited(137, { reason: 'OOMKilled' }));

    expect(await summary(key, 'OutOfMemory')).toMatchObject({
      status: 'False',
      message:
        'attempt fraud-1: the container took more memory than its limit of 1Gi and was killed. ' +
        `Raise spec.resources.memory or use less: kubectl -n ${key.namespace} edit trun fraud`,
    });
    expect(await verdicts(key)).toEqual(['fraud-1 Failed']);
  });

  it.concurrent(
    'is retried within spec.retry in the same Job, and the version that comes of it is registered',
    async () => {
      const key = { namespace: await cluster.namespace(), name: 'fraud' };
      let first: string | undefined;
      cluster.kubelet.plays(key, (pod) => {
        first ??= uidOf(pod);
        return uidOf(pod) === first ? exited(1) : results({ f1: 0.93 });
      });
      await create(key, { retry: { limit: 1 } });

      expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
      expect(await verdicts(key)).toEqual(['fraud-1 Registered']);
      expect(await cluster.names(jobs, key.namespace)).toEqual(['fraud-1-train']);
    },
  );
});

describe('An attempt that waits', () => {
  const pods = `kubectl -n NAMESPACE describe pods -l flyball.dev/attempt=fraud-1`;
  const cancel = 'end this attempt: kubectl -n NAMESPACE delete job fraud-1-train';
  it.concurrent.each([
    {
      why: 'for an image that cannot be pulled',
      status: waiting('ImagePullBackOff', 'Back-off pulling image "example.com/train:1"'),
      spec: {},
      reason: 'ImagePullFailed',
      want: `image example.com/train:1 cannot be pulled. Push it, or let the nodes read it (${pods}), and it goes on by itself; or edit spec.image and ${cancel}`,
    },
    {
      why: 'for a claim that does not exist',
      status: unschedulable(
        '0/1 nodes are available: persistentvolumeclaim "data" not found. not found. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
      ),
      spec: { datasets: [{ name: 'train', uri: 'pvc://data/fraud' }] },
      reason: 'ClaimMissing',
      want: 'PersistentVolumeClaim data does not exist. Create it, and training starts by itself: kubectl -n NAMESPACE get pvc',
    },
    {
      why: 'for a Secret that does not exist',
      status: waiting('CreateContainerConfigError', 'secret "bucket" not found'),
      spec: { env: [{ name: 'TOKEN', secretKeyRef: { name: 'bucket', key: 'token' } }] },
      reason: 'SecretMissing',
      want: `Secret bucket does not exist. Create it (${pods}), and it goes on by itself; or edit spec.env and ${cancel}`,
    },
    {
      why: 'for a key that its Secret does not have',
      status: waiting('CreateContainerConfigError', "couldn't find key token in Secret team-1/bucket"),
      spec: { env: [{ name: 'TOKEN', secretKeyRef: { name: 'bucket', key: 'token' } }] },
      reason: 'SecretMissing',
      want: `Secret bucket has no key token. Create it (${pods}), and it goes on by itself; or edit spec.env and ${cancel}`,
    },
  ])(
    '$why is Stalled, says what to do, and goes on by itself once that is done',
    async ({ status, spec, reason, want }) => {
      const key = await run(spec, status);
      const message = want.replaceAll('NAMESPACE', key.namespace);

      expect(await summary(key, reason)).toMatchObject({ status: 'Unknown', message });
      expect(await cluster.condition(trainingRuns, key, 'Stalled', reason)).toMatchObject({ status: 'True', message });

      cluster.kubelet.plays(key, results({ f1: 0.93 }));
      expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
      expect(await cluster.names(jobs, key.namespace)).toEqual(['fraud-1-train']);
    },
  );

  it.concurrent.each([
    [
      '0/1 nodes are available: 1 Insufficient nvidia.com/gpu. no new claims to deallocate',
      'no node has 8 × nvidia.com/gpu NVIDIA-H100-80GB-HBM3 free',
    ],
    [
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
      'no node is labelled as having NVIDIA-H100-80GB-HBM3',
    ],
  ])('for a node with its GPU goes on waiting, is not Stalled, and says so: %s', async (scheduler, want) => {
    const accelerator = { resource: 'nvidia.com/gpu', count: 8, product: 'NVIDIA-H100-80GB-HBM3' };
    const key = await run({ accelerator }, unschedulable(scheduler));

    expect(await summary(key, 'Unschedulable')).toMatchObject({
      status: 'Unknown',
      message:
        `${want}. Training starts by itself when one does; if none ever can, edit spec.accelerator or add nodes: ` +
        `kubectl -n ${key.namespace} describe pods -l flyball.dev/attempt=fraud-1`,
    });
    await cluster.condition(trainingRuns, key, 'Reconciling', 'Unschedulable');

    cluster.kubelet.plays(key, results({ f1: 0.93 }));
    expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
  });
});

describe('An object that is not ours', () => {
  it.concurrent('is a Job of the name of the next: it is left alone, and the run goes on once it is gone', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    cluster.kubelet.plays(key, results({ f1: 0.93 }));
    const job = { namespace: key.namespace, name: 'fraud-1-train' };
    const foreign = await cluster.create<IJob>(jobs, foreignJob(job));
    await create(key);

    const message =
      'Job fraud-1-train exists and does not belong to this run; it is left alone. ' +
      `Delete it, and the run goes on by itself: kubectl -n ${key.namespace} delete job fraud-1-train`;
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
      await summary(key, 'Training');
      const version = { namespace: key.namespace, name: 'fraud-1' };
      const foreign = await cluster.create(modelVersions, { ...modelVersion(), metadata: version });
      cluster.kubelet.plays(key, results({ f1: 0.93 }));

      expect(await summary(key, 'NameConflict')).toMatchObject({
        status: 'Unknown',
        message:
          'ModelVersion fraud-1 exists and is not of this attempt. Delete it, and the attempt ends by itself: ' +
          `kubectl -n ${key.namespace} delete mver fraud-1`,
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
      await summary(key, 'Training');
      await cluster.delete(jobs, { namespace: key.namespace, name: 'fraud-1-train' });

      expect(await summary(key, 'Deleted')).toMatchObject({
        status: 'False',
        message: expect.stringContaining(
          `the Job was deleted, so attempt fraud-1 is cancelled and is not made again. To run once more: ${rerun(key.namespace)}`,
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
      await summary(key, 'Training');
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
      await summary(key, 'Training');
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
    await summary(key, 'Training');
    await cluster.patch(trainingRuns, key, { spec: { parameters: { lr: '0.2' } } });

    expect(await summary(key, 'EditWaits')).toMatchObject({
      status: 'Unknown',
      message:
        'attempt fraud-1 runs the recipe from before the edit; the edited one starts when it ends. ' +
        `To end it now: kubectl -n ${key.namespace} delete job fraud-1-train`,
    });
    expect(await cluster.names(jobs, key.namespace)).toEqual(['fraud-1-train']);

    cluster.kubelet.plays(key, results({ f1: 0.93 }));
    await cluster.until<ITrainingRun>(trainingRuns, key, ({ status }) => status?.latestVersion === 'fraud-2');
    expect(await verdicts(key)).toEqual(['fraud-1 Registered', 'fraud-2 Registered']);
    const lr = async (name: string) => (await cluster.get(modelVersions, { ...key, name }))?.spec.parameters;
    expect([await lr('fraud-1'), await lr('fraud-2')]).toEqual([{ lr: '0.1' }, { lr: '0.2' }]);
  });
});

function foreignJob(metadata: Key) {
  const containers = [{ name: 'main', image: 'other' }];
  return { metadata, spec: { suspend: true, template: { spec: { restartPolicy: 'Never', containers } } } };
}
