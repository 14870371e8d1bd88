/** What quotas and ranges of a namespace say to the observer, and what is to be done about it. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment } from '../../../src/api/types.ts';
import { deployments, modelDeployments, pods } from '../../../src/api/kinds.ts';
import type { Key } from '../../../src/api/resource.ts';
import { digest, modelDeployment } from '../objects.ts';
import { Cluster } from './cluster.ts';
import { serving } from './kubelet.ts';
import { type Operator, startLeader } from './operator.ts';

jest.setTimeout(120_000);

let cluster: Cluster;

beforeAll(async () => {
  cluster = await Cluster.start();
}, 900_000);

afterAll(async () => {
  await cluster?.stop();
});

const server = {
  image: 'serve',
  port: 8080,
  protocol: 'HTTP',
  resources: { cpu: 1, memory: '1Gi' },
} as const;
const model = { uri: 'pvc://models/fraud', digest };

/** A namespace in which every container has to limit its processors. */
async function limited(): Promise<Key> {
  const namespace = await cluster.namespace();
  const kind = { apiVersion: 'v1', kind: 'ResourceQuota', plural: 'resourcequotas' } as const;
  const metadata = { name: 'processors', namespace };
  const status = { hard: { 'limits.cpu': '10' }, used: { 'limits.cpu': '0' } };
  await cluster.create(kind, { metadata, spec: { hard: status.hard } } as object);
  // The controller that counts does not run here: without a status nothing is admitted.
  await cluster.patch(kind, metadata, { status }, '/status');
  return { namespace, name: 'serve' };
}

async function declared(key: Key, observe: object): Promise<void> {
  cluster.kubelet.plays(key, serving);
  await cluster.create(modelDeployments, { ...modelDeployment({ model, server, observe }), metadata: { ...key } });
}

const observersOf = async ({ namespace }: Key) =>
  (await cluster.list<IPod>(pods, namespace)).map(({ spec }) => spec?.initContainers?.[0]?.resources);

async function under(operator: Promise<Operator>, go: () => Promise<void>): Promise<void> {
  const leader = await operator;
  try {
    await go();
  } finally {
    await leader.stop();
  }
}

describe('Where a quota counts limits of processors', () => {
  it('an observer without one is denied, and the words tell the field; with the field set it is made', async () => {
    await under(startLeader(cluster.environment), async () => {
      const key = await limited();
      await declared(key, {});
      expect(await cluster.condition(modelDeployments, key, 'Ready', 'PodsForbidden')).toMatchObject({
        status: 'False',
        message: expect.stringMatching(
          /Set spec\.observe\.resources, such as \{cpu: "1", memory: 256Mi\}.*must specify limits\.cpu for: observer/is,
        ),
      });
      expect(await observersOf(key)).toEqual([]);

      await cluster.patch(modelDeployments, key, { spec: { observe: { resources: { cpu: '200m' } } } });
      expect(await cluster.condition(modelDeployments, key, 'Ready', 'Serving')).toMatchObject({ status: 'True' });
      expect(await observersOf(key)).toEqual([
        { requests: { cpu: '200m', memory: '64Mi' }, limits: { cpu: '200m', memory: '256Mi' } },
      ]);
    });
  });

  it('the value of the chart gives every observer one, and its edit changes nothing of what serves', async () => {
    const key = await limited();
    const giving = (cpu: string) => ({
      variables: {
        FLYBALL_OBSERVER_RESOURCES: JSON.stringify({ requests: { memory: '64Mi' }, limits: { cpu, memory: '128Mi' } }),
      },
    });
    await under(startLeader(cluster.environment, giving('1')), async () => {
      await declared(key, {});
      await cluster.condition(modelDeployments, key, 'Ready', 'Serving');
    });
    const before = await cluster.list<IDeployment>(deployments, key.namespace);
    expect(await observersOf(key)).toEqual([
      { requests: { cpu: '1', memory: '64Mi' }, limits: { cpu: '1', memory: '128Mi' } },
    ]);

    await under(startLeader(cluster.environment, giving('2')), async () => {
      await cluster.patch(modelDeployments, key, { spec: { replicas: 2 } });
      await cluster.until<IModelDeployment>(modelDeployments, key, ({ status }) => status?.readyReplicas === 2);
      expect(await cluster.condition(modelDeployments, key, 'Ready', 'Serving')).toMatchObject({ status: 'True' });
    });
    const after = await cluster.list<IDeployment>(deployments, key.namespace);
    expect(after.map(({ metadata, spec }) => [metadata?.uid, spec?.template])).toEqual(
      before.map(({ metadata, spec }) => [metadata?.uid, spec?.template]),
    );
  });
});
