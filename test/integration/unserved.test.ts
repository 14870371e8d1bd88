/** A kind that the operator needs is forbidden or absent: those who need it say so, everything else goes on, and it comes alive. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { jobs, modelDeployments, monitors, podDisruptionBudgets, services, trainingRuns } from '../../src/api/kinds.ts';
import { findCondition } from '../../src/api/condition.ts';
import { commandsIn } from '../../src/api/message.ts';
import type { ITrainingRun } from '../../src/api/types.ts';
import { type Key, keyOf, type Kind, type Resource, uidOf } from '../../src/api/resource.ts';
import { results, running } from '../builders/pod.ts';
import { installCustomResources } from './environment.ts';
import { counted, operatorRequests } from './faults/audit.ts';
import { Cluster } from './faults/cluster.ts';
import { serving } from './faults/kubelet.ts';
import { logOf, type Operator, startLeader } from './faults/operator.ts';
import { digest, modelDeployment, monitor, trainingRun } from './objects.ts';

jest.setTimeout(120_000);

interface ClusterRole extends Resource {
  readonly rules: readonly { readonly apiGroups: readonly string[] }[];
}

const clusterRoles: Kind<ClusterRole> = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
};
const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** Five minutes and one in production. The lease outlasts an API server that starts slowly: without it the operator would end. */
const settings = { unservedRetry: 1_000, unservedGrace: 500, leaseDuration: 120_000, renewDeadline: 90_000 };
const role = { namespace: '', name: 'flyball' };
let cluster: Cluster;
let operator: Operator;
let granted: ClusterRole['rules'];

beforeAll(async () => {
  cluster = await Cluster.start();
  granted = (await cluster.get(clusterRoles, role))?.rules ?? [];
  await cluster.patch(clusterRoles, role, { rules: granted.filter(({ apiGroups }) => !apiGroups.includes('policy')) });
  operator = await startLeader(cluster.environment, { settings });
}, 900_000);

afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
});

async function train(status = running()): Promise<Key> {
  const key = { namespace: await cluster.namespace(), name: 'fraud' };
  cluster.kubelet.plays(key, status);
  await cluster.create(trainingRuns, { ...trainingRun(), metadata: key });
  return key;
}

async function serve(): Promise<Key> {
  const key = { namespace: await cluster.namespace(), name: 'serve' };
  cluster.kubelet.plays(key, serving);
  const model = { uri: 'pvc://models/fraud', digest };
  await cluster.create(modelDeployments, { ...modelDeployment({ model }), metadata: key });
  return key;
}

const writesIn = (namespace: string) =>
  counted(
    operatorRequests(cluster.environment).filter(
      ({ verb, namespace: where, resource }) =>
        ['create', 'delete'].includes(verb) && where === namespace && resource !== 'events',
    ),
  );

/** What the command of a message says. */
function said(message: string): string {
  const [command = ''] = commandsIn(message);
  const { kubectl, kubeconfig } = cluster.environment;
  const { stdout, stderr } = spawnSync(kubectl, ['--kubeconfig', kubeconfig, ...command.split(' ').slice(1)], {
    encoding: 'utf8',
  });
  return stdout + stderr;
}

describe('A kind that the operator may not see', () => {
  it('is told by those who need it; the others go on, the operator is ready, and once it is granted all go on', async () => {
    const served = await serve();
    const trained = await train(results({ f1: 0.93 }));
    expect(await cluster.condition(trainingRuns, trained, 'Succeeded', 'Registered')).toMatchObject({ status: 'True' });
    const { message, status } = await cluster.condition(modelDeployments, served, 'Ready', 'NotServed');
    expect(status).toBe('Unknown');
    expect(message).toContain('The operator may not list PodDisruptionBudget of policy/v1');
    expect(said(message)).toMatch(/^no\b/);
    await cluster.condition(modelDeployments, served, 'Stalled', 'NotServed');
    expect(writesIn(served.namespace)).toEqual({});
    expect(await operator.ready()).toBe(200);

    await cluster.patch(clusterRoles, role, { rules: granted });
    expect(await cluster.condition(modelDeployments, served, 'Ready', 'Serving')).toMatchObject({ status: 'True' });
    expect(said(message)).toMatch(/^yes\b/);
    expect(logOf(operator)).toMatch(/"msg":"Served","plural":"poddisruptionbudgets"/);
  });

  it('when the right is taken away later leaves all that is there as it is', async () => {
    const served = await serve();
    await cluster.condition(modelDeployments, served, 'Ready', 'Serving');
    const budget = uidOf(await cluster.only(podDisruptionBudgets, served.namespace));
    const before = writesIn(served.namespace);
    await cluster.patch(clusterRoles, role, {
      rules: granted.filter(({ apiGroups }) => !apiGroups.includes('policy')),
    });
    // A watch that is open stays so.
    await cluster.environment.restartApiServer();
    await cluster.condition(modelDeployments, served, 'Ready', 'NotServed');
    expect(await cluster.names(services, served.namespace)).toContain('serve');
    await cluster.patch(clusterRoles, role, { rules: granted });
    await cluster.condition(modelDeployments, served, 'Ready', 'Serving');
    expect(uidOf(await cluster.only(podDisruptionBudgets, served.namespace))).toBe(budget);
    expect(writesIn(served.namespace)).toEqual(before);
  });
});

describe('A kind that is removed', () => {
  it('is told, nothing is made or deleted, and all go on when it is back', async () => {
    const trained = await train();
    await cluster.condition(trainingRuns, trained, 'Succeeded', 'Started');
    const job = keyOf(await cluster.only(jobs, trained.namespace));
    const uid = uidOf((await cluster.get(jobs, job)) ?? { apiVersion: '', kind: '' });
    await cluster.environment.request('DELETE', `${definitions}/monitors.flyball.dev`);

    const { message } = await cluster.condition(trainingRuns, trained, 'Stalled', 'NotServed');
    expect(message).toContain('The API server has no Monitor of flyball.dev/v1alpha1');
    expect(said(message)).toContain('trainingruns');
    expect(said(message)).not.toContain('monitors');
    expect(await operator.ready()).toBe(200);
    const later = await train();
    await cluster.condition(trainingRuns, later, 'Succeeded', 'NotServed');
    expect(writesIn(later.namespace)).toEqual({});

    await installCustomResources(cluster.environment);
    await cluster.until<ITrainingRun>(trainingRuns, trained, ({ status }) =>
      ['Started', 'Training'].includes(findCondition(status?.conditions, 'Succeeded')?.reason ?? ''),
    );
    await cluster.condition(trainingRuns, later, 'Succeeded', 'Started');
    expect(uidOf((await cluster.get(jobs, job)) ?? { apiVersion: '', kind: '' })).toBe(uid);
    expect(writesIn(trained.namespace)).toEqual({ 'create jobs 201': 1 });
    const watching = { namespace: trained.namespace, name: 'fraud' };
    await cluster.create(monitors, { ...monitor(), metadata: watching });
    await cluster.until(monitors, watching, ({ status }) => status?.conditions !== undefined);
  });
});
