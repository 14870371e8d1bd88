/** What users and clusters do to a ModelDeployment, and what its conditions say then. */
import { describe, expect, it, jest } from '@jest/globals';
import type { IService } from 'kubernetes-models/v1';
import type { IModelDeployment } from '../../../src/api/types.ts';
import {
  deployments,
  modelDeployments,
  modelVersions,
  podDisruptionBudgets,
  services,
  trainingRuns,
} from '../../../src/api/kinds.ts';
import { type Key, keyOf, type Kind, uidOf } from '../../../src/api/resource.ts';
import { results, unschedulable, waiting } from '../../builders/pod.ts';
import { modelDeployment, trainingRun } from '../objects.ts';
import { crashing, serving } from './kubelet.ts';
import { cluster, ready, register, served, stable, statusOf } from './serving.ts';

jest.setTimeout(120_000);

describe('A ModelDeployment without a model', () => {
  it.concurrent('names a run that does not exist: it says so, and serves once the run has a version', async () => {
    const key = await served();

    expect(await ready(key, 'TrainingRunNotFound')).toMatchObject({
      status: 'False',
      message:
        'TrainingRun "fraud" does not exist in this namespace and has left no ModelVersion. Create it or correct ' +
        `spec.model.trainingRunRef: \`kubectl -n ${key.namespace} get trainingruns\`.`,
    });
    await cluster.condition(modelDeployments, key, 'Stalled', 'TrainingRunNotFound');
    expect(await cluster.names(deployments, key.namespace)).toEqual([]);

    const run = { namespace: key.namespace, name: 'fraud' };
    cluster.kubelet.plays(run, results({ f1: 0.93 }, { model: { digest: 'one' } }));
    await cluster.create(trainingRuns, { ...trainingRun({ output: { uri: 'pvc://models/fraud' } }), metadata: run });
    expect(await ready(key, 'Serving')).toMatchObject({ status: 'True' });
    await stable(key, 'fraud-1');
  });

  it.concurrent('names a version that does not exist: it says so, and serves once there is one', async () => {
    const key = await served({ model: { versionRef: { name: 'fraud-7' } } });

    expect(await ready(key, 'VersionNotFound')).toMatchObject({
      status: 'False',
      message:
        'ModelVersion "fraud-7" does not exist in this namespace. Name another one in spec.model.versionRef: ' +
        `\`kubectl -n ${key.namespace} get modelversions\`.`,
    });
    await register(key.namespace, 7);
    expect(await ready(key, 'Serving')).toMatchObject({ status: 'True' });
  });

  it.concurrent('follows a run that keeps no model: it says where to set the output', async () => {
    const key = await served();
    await register(key.namespace, 1, {});

    expect(await ready(key, 'VersionWithoutModel')).toMatchObject({
      status: 'False',
      message: expect.stringContaining('Set spec.output.uri there, which trains again: `kubectl -n'),
    });
  });

  it.concurrent('loses the version that it serves: it goes on serving, and nothing is restarted', async () => {
    const key = await served();
    await register(key.namespace, 1);
    await ready(key, 'Serving');
    const [before] = await cluster.list(deployments, key.namespace);

    await cluster.delete(modelVersions, { namespace: key.namespace, name: 'fraud-1' });
    await cluster.patch(modelDeployments, key, { spec: { replicas: 2 } });

    await cluster.until<IModelDeployment>(modelDeployments, key, ({ status }) => status?.readyReplicas === 2);
    expect(await ready(key, 'Serving')).toMatchObject({ status: 'True' });
    expect(await statusOf(key)).toMatchObject({ stable: { version: 'fraud-1', uri: 'pvc://models/fraud/fraud-1' } });
    expect((await cluster.list(deployments, key.namespace)).map(uidOf)).toEqual([before && uidOf(before)]);
  });
});

describe('A server that does not start', () => {
  it.concurrent.each([
    {
      why: 'its image cannot be pulled',
      fate: waiting('ImagePullBackOff', 'Back-off pulling image "registry/server:1": ErrImagePull: not found'),
      type: 'Stalled',
      reason: 'ImagePullFailed',
      want: 'or correct spec.server.image: `kubectl -n NAMESPACE edit mdep serve`; the kubelet said: not found.',
    },
    {
      why: 'a Secret is missing',
      fate: waiting('CreateContainerConfigError', 'secret "bucket" not found'),
      type: 'Stalled',
      reason: 'SecretMissing',
      want: 'Secret bucket does not exist. Create it: `kubectl -n NAMESPACE describe pods -l flyball.dev/model-deployment=serve,',
    },
    {
      why: 'the claim of the model is missing',
      fate: unschedulable('0/1 nodes are available: persistentvolumeclaim "models" not found.'),
      type: 'Stalled',
      reason: 'ClaimMissing',
      want: 'PersistentVolumeClaim models does not exist. Create it: `kubectl -n NAMESPACE get pvc`; or correct spec.model: `',
    },
    {
      why: 'no node has a GPU free',
      fate: unschedulable('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'),
      type: 'Blocked',
      reason: 'Unschedulable',
      want: 'or free or add nodes: `kubectl describe nodes`; the scheduler said: Insufficient nvidia.com/gpu.',
    },
    {
      why: 'it crashes',
      fate: crashing,
      type: 'Stalled',
      reason: 'CrashLooping',
      want: 'The container crashed more than 2 times (Error, exit code 1). Read why: `kubectl -n NAMESPACE logs serve-',
    },
  ])('since $why: $reason says so, and it serves once that is done', async ({ fate, type, reason, want }) => {
    const key = await served({}, fate);
    await register(key.namespace, 1);

    const wantMessage = expect.stringContaining(want.replaceAll('NAMESPACE', key.namespace));
    expect(await ready(key, reason)).toMatchObject({ status: 'False', message: wantMessage });
    await cluster.condition(modelDeployments, key, type, reason);
    expect(await statusOf(key)).not.toHaveProperty('rejected');

    cluster.kubelet.plays(key, serving);
    expect(await ready(key, 'Serving')).toMatchObject({ status: 'True' });
    const { conditions = [] } = (await statusOf(key)) ?? {};
    expect(conditions.map((condition) => condition.type)).toEqual(['Ready']);
  });

  it.concurrent('as a candidate, since it crashes: it is rejected for good and what served goes on', async () => {
    const key = await served({ rollout: { steps: [{ weight: 50, hold: '1s' }] }, replicas: 2 });
    await register(key.namespace, 1);
    await ready(key, 'Serving');
    const first = (await statusOf(key))?.stable?.revision;
    cluster.kubelet.plays(key, (pod) =>
      pod.metadata?.labels?.['flyball.dev/revision'] === first ? serving(pod) : crashing(pod),
    );
    await register(key.namespace, 2);

    const { status } = await cluster.until<IModelDeployment>(
      modelDeployments,
      key,
      (object) => object.status?.rejected !== undefined && object.status.candidate === undefined,
    );
    expect(status).toMatchObject({
      stable: { version: 'fraud-1' },
      rejected: [{ version: 'fraud-2', reason: 'CrashLooping' }],
    });
    expect(await ready(key, 'CandidateRejected')).toMatchObject({
      status: 'True',
      message: expect.stringMatching(
        /^fraud-1 .* serves at .* fraud-2 .* was rejected\. Try it again: `.*`; the rejection said: The container crashed more than 2 times/,
      ),
    });
  });
});

describe('A child that is not ours or that somebody deleted', () => {
  it.concurrent('is a Service of the same name: it is left alone, and taken as what is wrong', async () => {
    const key = { namespace: await cluster.namespace(), name: 'serve' };
    cluster.kubelet.plays(key, serving);
    const foreign = await cluster.create<IService>(services, foreignService(key));
    await cluster.create(modelDeployments, { ...modelDeployment(), metadata: { ...key } });
    await register(key.namespace, 1);

    expect(await cluster.condition(modelDeployments, key, 'Stalled', 'NameConflict')).toMatchObject({
      message: expect.stringContaining(
        'Service "serve" exists and does not belong to this ModelDeployment, so it is left alone. Give the ModelDeployment another ' +
          `name; or delete the Service, and it goes on by itself: \`kubectl -n ${key.namespace} delete service serve\``,
      ),
    });
    expect(await cluster.get<IService>(services, key)).toMatchObject({ spec: foreign.spec });

    await cluster.delete(services, key);
    expect(await ready(key, 'Serving')).toMatchObject({ status: 'True' });
  });

  it.concurrent('is the Deployment, a Service or the PodDisruptionBudget: each is made again', async () => {
    const key = await served();
    await register(key.namespace, 1);
    await ready(key, 'Serving');
    for (const kind of [deployments, services, podDisruptionBudgets] as readonly Kind[]) {
      const before = await cluster.list(kind, key.namespace);
      for (const object of before) await cluster.delete(kind, keyOf(object));
      for (const object of before) {
        await cluster.until(kind, keyOf(object), (again) => uidOf(again) !== uidOf(object));
      }
    }
    expect(await ready(key, 'Serving')).toMatchObject({ status: 'True' });
    expect(await statusOf(key)).not.toHaveProperty('rejected');
  });

  it.concurrent('is the ModelDeployment itself: all that it made goes with it', async () => {
    const key = await served();
    await register(key.namespace, 1);
    await ready(key, 'Serving');
    await cluster.delete(modelDeployments, key);

    for (const kind of [deployments, services, podDisruptionBudgets]) await cluster.untilNames(kind, key.namespace, []);
    expect(await cluster.names(modelVersions, key.namespace)).toEqual(['fraud-1']);
  });
});

function foreignService(metadata: Key) {
  return { metadata, spec: { selector: { app: 'other' }, ports: [{ port: 80 }] } };
}
