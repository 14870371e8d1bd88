/** The cluster, the operator and the words of the tests about TrainingRuns: importing this starts both for the test file. */
import { afterAll, beforeAll } from '@jest/globals';
import type { ITrainingRun } from '../../../src/api/types.ts';
import { trainingRuns } from '../../../src/api/kinds.ts';
import type { Key } from '../../../src/api/resource.ts';
import { running } from '../../builders/pod.ts';
import { trainingRun } from '../objects.ts';
import { Cluster } from './cluster.ts';
import type { PodStatus } from './kubelet.ts';
import { type Operator, startLeader } from './operator.ts';

export let cluster: Cluster;
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
export async function run(spec: Spec, status: PodStatus = running()): Promise<Key> {
  const key = { namespace: await cluster.namespace(), name: 'fraud' };
  cluster.kubelet.plays(key, status);
  await create(key, spec);
  return key;
}

/** Creates a run. */
export const create = (key: Key, spec: Spec = {}) =>
  cluster.create(trainingRuns, { ...trainingRun(spec), metadata: { ...key } });

/** The summary condition of a run, once it has this reason. */
export const summary = (key: Key, reason: string) => cluster.condition(trainingRuns, key, 'Succeeded', reason);

/** What became of each attempt of a run: "fraud-1 Registered". */
export const verdicts = async (key: Key) =>
  ((await cluster.get<ITrainingRun>(trainingRuns, key))?.status?.attempts ?? []).map(
    ({ name, verdict }) => `${name} ${verdict ?? 'goes on'}`,
  );

/** How messages begin the command that runs `fraud` again. */
export const rerun = (namespace: string) => `kubectl -n ${namespace} patch trun fraud --type merge -p`;
