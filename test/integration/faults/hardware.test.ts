/** Hardware profiles from the values of the chart to the pods: the chart as it is, the operator's process, a real API server. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import type { IModelDeployment, ITrainingRun } from '../../../src/api/types.ts';
import { deployments, jobs, modelDeployments, trainingRuns } from '../../../src/api/kinds.ts';
import type { Key } from '../../../src/api/resource.ts';
import type { HardwareProfile } from '../../../src/workload/hardware.ts';
import { running } from '../../builders/pod.ts';
import { everyField } from '../../builders/profiles.ts';
import { renderChart } from '../chart.ts';
import { digest, modelDeployment, trainingRun } from '../objects.ts';
import { Cluster } from './cluster.ts';
import { serving } from './kubelet.ts';
import { logOf, startLeader, startOperator } from './operator.ts';

jest.setTimeout(120_000);

let cluster: Cluster;
let helm: string;

beforeAll(async () => {
  ({ helm } = await ensureBinaries(['helm']));
  cluster = await Cluster.start();
}, 900_000);

afterAll(async () => {
  await cluster?.stop();
});

const { runtimeClassName: _, ...h100 } = everyField;
const edited: HardwareProfile = { ...h100, nodeSelector: { pool: 'other' }, env: [{ name: 'NEW', value: '1' }] };
const accelerator = { profile: 'h100', count: 8 };

/** What the chart tells the operator with these values. */
function variablesOf(accelerators: readonly HardwareProfile[]): Record<string, string> {
  const [told] = renderChart(helm, [], { accelerators }).flatMap(
    (object) => /"FLYBALL_ACCELERATORS","value":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(object))?.[1] ?? [],
  );
  return told === undefined ? {} : { FLYBALL_ACCELERATORS: JSON.parse(told) as string };
}

/** While an operator leads that the chart has installed with these values. */
async function installedWith(accelerators: readonly HardwareProfile[], go: () => Promise<void>): Promise<void> {
  const leader = await startLeader(cluster.environment, { variables: variablesOf(accelerators) });
  try {
    await go();
  } finally {
    await leader.stop();
  }
}

const templatesIn = async ({ namespace }: Key) =>
  [...(await cluster.list<IJob>(jobs, namespace)), ...(await cluster.list<IDeployment>(deployments, namespace))].map(
    ({ metadata, spec }) => ({ uid: metadata?.uid, generation: metadata?.generation, template: spec?.template }),
  );

describe('Hardware that the platform team has written down in the values of the chart', () => {
  it('reaches trainings and servers that name it, and an edit or its removal restarts neither', async () => {
    const training = { namespace: await cluster.namespace(), name: 'fraud' };
    const server = { namespace: await cluster.namespace(), name: 'serve' };
    await installedWith([h100], async () => {
      cluster.kubelet.plays(training, running());
      cluster.kubelet.plays(server, serving);
      await cluster.create(trainingRuns, { ...trainingRun({ accelerator, nodes: 2 }), metadata: { ...training } });
      const served = { image: 'serve', port: 8080, protocol: 'HTTP', accelerator } as const;
      const model = { uri: 'pvc://models/fraud', digest };
      await cluster.create(modelDeployments, {
        ...modelDeployment({ model, server: served }),
        metadata: { ...server },
      });
      await cluster.condition(trainingRuns, training, 'Succeeded', 'Started');
      await cluster.condition(modelDeployments, server, 'Ready', 'Serving');
    });
    const before = [...(await templatesIn(training)), ...(await templatesIn(server))];
    expect(before).toHaveLength(2);
    for (const { template } of before) {
      expect(template?.spec).toMatchObject({
        nodeSelector: { ...h100.nodeSelector, 'nvidia.com/gpu.product': h100.product },
        tolerations: expect.arrayContaining([
          ...(h100.tolerations ?? []),
          expect.objectContaining({ key: 'nvidia.com/gpu' }),
        ]),
        volumes: expect.arrayContaining([{ name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '64Gi' } }]),
        containers: [
          {
            env: expect.arrayContaining([{ name: 'NCCL_IB_HCA', value: 'mlx5' }]),
            resources: { limits: { 'nvidia.com/gpu': '8', 'rdma/hca': '1' } },
          },
        ],
      });
    }

    for (const later of [[edited], []]) {
      await installedWith(later, async () => {
        const replicas = later.length + 2;
        await cluster.patch(modelDeployments, server, { spec: { replicas } });
        await cluster.until<IModelDeployment>(
          modelDeployments,
          server,
          ({ status }) => status?.readyReplicas === replicas,
        );
        expect(await cluster.condition(modelDeployments, server, 'Ready', 'Serving')).toMatchObject({ status: 'True' });
        const { status } = (await cluster.get<ITrainingRun>(trainingRuns, training)) ?? {};
        expect(status?.conditions?.map(({ type }) => type)).not.toContain('Stalled');
      });
      const after = [...(await templatesIn(training)), ...(await templatesIn(server))];
      expect(after.map(({ uid, template }) => ({ uid, template }))).toEqual(
        before.map(({ uid, template }) => ({ uid, template })),
      );
    }
  });

  it('that is unknown is told, by both kinds, until it is written down', async () => {
    const key = { namespace: await cluster.namespace(), name: 'fraud' };
    const unknown = { profile: 'b200', count: 1 };
    const b200 = { name: 'b200', resource: 'nvidia.com/gpu' };
    cluster.kubelet.plays(key, running());
    await cluster.create(trainingRuns, { ...trainingRun({ accelerator: unknown }), metadata: { ...key } });
    const served = { image: 'serve', port: 8080, protocol: 'HTTP', accelerator: unknown } as const;
    const model = { uri: 'pvc://models/fraud', digest };
    await cluster.create(modelDeployments, { ...modelDeployment({ model, server: served }), metadata: { ...key } });
    await installedWith([h100], async () => {
      const there = 'is "b200", which is none of the hardware profiles that the platform team has written down: h100. ';
      for (const [kind, field, resource] of [
        [trainingRuns, 'spec.accelerator', 'trun'],
        [modelDeployments, 'spec.server.accelerator', 'mdep'],
      ] as const) {
        expect(await cluster.condition(kind, key, 'Stalled', 'ProfileUnknown')).toMatchObject({
          message: expect.stringContaining(
            `${field}.profile ${there}Name one of those: \`kubectl -n ${key.namespace} edit ${resource} fraud\``,
          ),
        });
      }
      expect(await templatesIn(key)).toEqual([]);
    });
    await installedWith([h100, b200], async () => {
      await cluster.condition(trainingRuns, key, 'Succeeded', 'Started');
      await cluster.untilNames(jobs, key.namespace, ['fraud-1-train']);
    });
  });
});

describe('An operator that is told of hardware which cannot be', () => {
  it('does not start, and says which profile, field and value', async () => {
    const wrong = JSON.stringify([{ ...h100, resource: 'gpu' }]);
    const operator = await startOperator(cluster.environment, { variables: { FLYBALL_ACCELERATORS: wrong } });
    await operator.ended;
    expect(logOf(operator)).toContain(
      'FLYBALL_ACCELERATORS "h100" has the resource "gpu", which is no device: write the extended resource that the device plugin advertises, such as nvidia.com/gpu',
    );
  });
});
