/** Images as volumes, in a cluster of an older Kubernetes: the real API server behaves as that one, by its own option. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { jobs, modelDeployments, trainingRuns } from '../../src/api/kinds.ts';
import { results } from '../builders/pod.ts';
import { operatorRequests } from './faults/audit.ts';
import { Cluster } from './faults/cluster.ts';
import { logOf, type Operator, startLeader } from './faults/operator.ts';
import { digest, modelDeployment, trainingRun } from './objects.ts';

jest.setTimeout(120_000);

let cluster: Cluster;
let operator: Operator;

beforeAll(async () => {
  cluster = await Cluster.start([], [], ['--emulated-version=1.34']);
  operator = await startLeader(cluster.environment);
}, 900_000);

afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
});

const writesIn = (namespace: string) =>
  operatorRequests(cluster.environment).filter(
    ({ verb, namespace: where, resource }) => verb === 'create' && where === namespace && resource !== 'events',
  );

describe('In a cluster of Kubernetes 1.34', () => {
  it('an image as a dataset or a volume is told at once, and nothing is made; others train', async () => {
    const namespace = await cluster.namespace();
    const [data, tools, plain] = ['data', 'tools', 'plain'].map((name) => ({ namespace, name }));
    if (data === undefined || tools === undefined || plain === undefined) throw new Error('three names');
    const datasets = [{ name: 'train', uri: 'oci://registry/data:1' }];
    const pod = { volumes: [{ name: 'tools', mountPath: '/tools', image: { reference: 'registry/tools:1' } }] };
    await cluster.create(trainingRuns, { ...trainingRun({ datasets }), metadata: data });
    await cluster.create(trainingRuns, { ...trainingRun({ pod }), metadata: tools });
    const { message, status } = await cluster.condition(trainingRuns, data, 'Succeeded', 'ImageVolumesNotServed');
    expect(status).toBe('False');
    expect(message).toContain('this cluster has Kubernetes 1.34: images can be mounted from 1.35 on');
    await cluster.condition(trainingRuns, tools, 'Succeeded', 'ImageVolumesNotServed');

    cluster.kubelet.plays(plain, results({ f1: 0.93 }));
    await cluster.create(trainingRuns, { ...trainingRun(), metadata: plain });
    await cluster.condition(trainingRuns, plain, 'Succeeded', 'Registered');
    expect(await cluster.names(jobs, namespace)).toEqual(['plain-1-train']);
  });

  it('an image as a model is told at once, and nothing is made for it', async () => {
    const key = { namespace: await cluster.namespace(), name: 'serve' };
    await cluster.create(modelDeployments, {
      ...modelDeployment({ model: { uri: 'oci://registry/model:1', digest } }),
      metadata: key,
    });
    await cluster.condition(modelDeployments, key, 'Ready', 'ImageVolumesNotServed');
    expect(writesIn(key.namespace).map(({ resource }) => resource)).toEqual([]);
  });

  it('the operator has asked for it once', () => {
    expect(logOf(operator)).toContain('"minor":34');
    const asked = operatorRequests(cluster.environment).filter(({ uri }) => uri === '/version');
    expect(asked).toHaveLength(1);
  });
});
