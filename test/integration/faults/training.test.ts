/** What a spec, a cluster and a training command do to a TrainingRun, and what its conditions say then. */
import { describe, expect, it, jest } from '@jest/globals';
import { jobs, modelVersions, pods as podKind, trainingRuns } from '../../../src/api/kinds.ts';
import { keyOf, uidOf } from '../../../src/api/resource.ts';
import { exited, results, succeeded, unschedulable, waiting } from '../../builders/pod.ts';
import { trainingRun } from '../objects.ts';
import { cluster, create, rerun, run, summary, verdicts } from './training.ts';

jest.setTimeout(120_000);

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
      const key = await run({ gate: [{ metric: 'f1', min: 0.9 }] }, results({ accuracy: 0.9, loss: 0.1 }));

      expect(await summary(key, 'MetricMissing')).toMatchObject({
        status: 'False',
        message:
          'attempt fraud-1: the gate did not pass: the results have no metric f1; they have accuracy, loss. ' +
          `Report what spec.gate asks for, and run again: \`${rerun(key.namespace)} "{\\"spec\\":{\\"rerunAt\\":\\"$(date -u +%FT%TZ)\\"}}"\`; ` +
          `or edit spec.gate, by which these results are judged again: \`kubectl -n ${key.namespace} edit trun fraud\``,
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
    expect(message).toContain(`Correct the code, and run it again: \`${rerun(key.namespace)}`);
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
    const key = await run({ gate: [{ metric: 'f1', min: 0.95 }] }, results({ f1: 0.93 }));
    expect(await summary(key, 'GateFailed')).toMatchObject({
      message: expect.stringContaining('f1 is 0.93, below min 0.95'),
    });

    await cluster.patch(trainingRuns, key, { spec: { gate: [{ metric: 'f1', min: 0.9 }] } });

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

      const told = await summary(key, 'CommandFailed');
      const pod = keyOf(await cluster.only(podKind, key.namespace)).name;
      expect(told).toMatchObject({
        status: 'False',
        message:
          'attempt fraud-1: the command ended with exit code 1. ' +
          `Read its log: \`kubectl -n ${key.namespace} logs ${pod} -c main\`; or run it again as it is: ` +
          `\`${rerun(key.namespace)} "{\\"spec\\":{\\"rerunAt\\":\\"$(date -u +%FT%TZ)\\"}}"\`; ` +
          'the container said: ValueError: no column "amount"',
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
        'attempt fraud-1: the container was killed for lack of memory (OOMKilled), at its limit of 1Gi. ' +
        `Raise spec.resources.memory or use less: \`kubectl -n ${key.namespace} edit trun fraud\``,
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
  const goesOn = 'and it goes on by itself: `kubectl -n NAMESPACE';
  const pods = `${goesOn} describe pods -l flyball.dev/attempt=fraud-1\``;
  const edit = '`kubectl -n NAMESPACE edit trun fraud`';
  it.concurrent.each([
    {
      why: 'for an image that cannot be pulled',
      status: waiting('ImagePullBackOff', 'Back-off pulling image "example.com/train:1"'),
      spec: {},
      reason: 'ImagePullFailed',
      want: `image example.com/train:1 cannot be pulled. Push it, or let the nodes read it, one of a private registry by a Secret in spec.pod.imagePullSecrets, ${pods}; or edit spec.image: ${edit}`,
    },
    {
      why: 'for a claim that does not exist',
      status: unschedulable(
        '0/1 nodes are available: persistentvolumeclaim "data" not found. not found. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
      ),
      spec: { datasets: [{ name: 'train', uri: 'pvc://data/fraud' }] },
      reason: 'ClaimMissing',
      want: `PersistentVolumeClaim data does not exist. Create it, ${goesOn} get pvc\`; or edit the field that names it: ${edit}`,
    },
    {
      why: 'for a Secret that does not exist',
      status: waiting('CreateContainerConfigError', 'secret "bucket" not found'),
      spec: { env: [{ name: 'TOKEN', secretKeyRef: { name: 'bucket', key: 'token' } }] },
      reason: 'SecretMissing',
      want: `Secret bucket does not exist. Create it, ${pods}; or edit spec.env: ${edit}`,
    },
    {
      why: 'for a key that its Secret does not have',
      status: waiting('CreateContainerConfigError', "couldn't find key token in Secret team-1/bucket"),
      spec: { env: [{ name: 'TOKEN', secretKeyRef: { name: 'bucket', key: 'token' } }] },
      reason: 'SecretMissing',
      want: `Secret bucket has no key token. Create it, ${pods}; or edit spec.env: ${edit}`,
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
      'Insufficient nvidia.com/gpu',
    ],
    [
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
      'no node has the label nvidia.com/gpu.product=NVIDIA-H100-80GB-HBM3',
      "node(s) didn't match Pod's node affinity/selector",
    ],
  ])('for a node with its GPU goes on waiting, is not Stalled, and says so: %s', async (scheduler, want, wantWords) => {
    const accelerator = { resource: 'nvidia.com/gpu', count: 8, product: 'NVIDIA-H100-80GB-HBM3' };
    const key = await run({ accelerator }, unschedulable(scheduler));

    expect(await summary(key, 'Unschedulable')).toMatchObject({
      status: 'Unknown',
      message:
        `${want}. Wait, it starts by itself once that changes; or edit spec.accelerator, or free or add nodes: ` +
        `\`kubectl describe nodes\`; the scheduler said: ${wantWords}`,
    });
    await cluster.condition(trainingRuns, key, 'Reconciling', 'Unschedulable');

    cluster.kubelet.plays(key, results({ f1: 0.93 }));
    expect(await summary(key, 'Registered')).toMatchObject({ status: 'True' });
  });
});
