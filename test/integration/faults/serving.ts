/** The cluster, the operator and the words of the tests about ModelDeployments: importing this starts both for the test file. */
import { afterAll, beforeAll } from '@jest/globals';
import type { IModelDeployment, IModelVersion, ITrainingRun } from '../../../src/api/types.ts';
import { modelDeployments, modelVersions, trainingRuns } from '../../../src/api/kinds.ts';
import type { Key } from '../../../src/api/resource.ts';
import { knowing } from '../../builders/knowing.ts';
import { modelDeployment, modelVersion, trainingRun } from '../objects.ts';
import { Cluster } from './cluster.ts';
import { type Fate, type PodStatus, serving } from './kubelet.ts';
import { type Operator, startLeader } from './operator.ts';
import { type Prometheus, startPrometheus } from './prometheus.ts';

export let cluster: Cluster;
export let prometheus: Prometheus;
let operator: Operator;

beforeAll(async () => {
  cluster = await Cluster.start();
  prometheus = await startPrometheus();
  operator = await startLeader(cluster.environment, {
    variables: { FLYBALL_PROMETHEUS_URL: prometheus.url },
    settings: { queryTimeout: 1_000 },
  });
}, 900_000);

afterAll(async () => {
  await operator?.stop();
  await prometheus?.stop();
  await cluster?.stop();
});

type Spec = Parameters<typeof modelDeployment>[0];

/** The key of a ModelDeployment `serve` in a namespace of its own, whose pods fare as told. */
export async function served(spec: Spec = {}, fate: Fate | PodStatus = serving): Promise<Key> {
  const key = { namespace: await cluster.namespace(), name: 'serve' };
  cluster.kubelet.plays(key, fate);
  await cluster.create(modelDeployments, { ...modelDeployment(spec), metadata: { ...key } });
  return key;
}

/** Version n of the run `fraud`, as if that had been trained and told so: it starts nothing. */
export async function register(
  namespace: string,
  number: number,
  model: Partial<IModelVersion['spec']> = { uri: `pvc://models/fraud/fraud-${number}`, digest: `sha256:${number}` },
): Promise<void> {
  const key = { namespace, name: 'fraud' };
  const version = await cluster.create<IModelVersion>(modelVersions, {
    ...modelVersion({ number, ...model }),
    metadata: { namespace, name: `fraud-${number}`, labels: { 'flyball.dev/training-run': 'fraud' } },
  });
  const run =
    (await cluster.get<ITrainingRun>(trainingRuns, key)) ??
    (await cluster.create<ITrainingRun>(trainingRuns, { ...trainingRun({ suspend: true }), metadata: key }));
  const { attempts, latestVersion } = knowing(run, version).status ?? {};
  await cluster.patch(trainingRuns, key, { status: { attempts, latestVersion } }, '/status');
}

/** The condition Ready, once it has this reason. */
export const ready = (key: Key, reason: string) => cluster.condition(modelDeployments, key, 'Ready', reason);

/** The status as it is now. */
export const statusOf = async (key: Key) => (await cluster.get<IModelDeployment>(modelDeployments, key))?.status;

/** Waits until a version is the one that all traffic goes to. */
export const stable = (key: Key, version: string) =>
  cluster.until<IModelDeployment>(modelDeployments, key, ({ status }) => status?.stable?.version === version);
