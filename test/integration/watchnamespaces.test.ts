/** The chart's `watchNamespaces`: rights and watches in those namespaces alone. */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { jobs, trainingRuns } from '../../src/api/kinds.ts';
import { commandsIn } from '../../src/api/message.ts';
import type { Key, Kind, Resource } from '../../src/api/resource.ts';
import { renderChart } from './chart.ts';
import { operatorRequests } from './faults/audit.ts';
import { Cluster } from './faults/cluster.ts';
import { logOf, type Operator, startLeader } from './faults/operator.ts';
import { results } from '../builders/pod.ts';
import { trainingRun } from './objects.ts';

jest.setTimeout(120_000);

interface Role extends Resource {
  readonly rules: readonly { readonly apiGroups: readonly string[] }[];
}

const roles: Kind<Role> = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', plural: 'roles' };
const watched = ['team-a', 'team-b', 'team-c'];
/** Five minutes and one in production. */
const settings = { unservedRetry: 1_000, unservedGrace: 500 };
const outside = 'elsewhere';
const lacking = { namespace: 'team-c', name: 'flyball' };
let cluster: Cluster;
let operator: Operator;
let granted: Role['rules'];

beforeAll(async () => {
  cluster = await Cluster.start(watched);
  const namespaces = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' };
  await cluster.create(namespaces, { metadata: { name: outside } });
  granted = (await cluster.get(roles, lacking))?.rules ?? [];
  await cluster.patch(roles, lacking, { rules: granted.filter(({ apiGroups }) => !apiGroups.includes('batch')) });
  operator = await startLeader(cluster.environment, {
    settings,
    variables: { FLYBALL_WATCH_NAMESPACES: watched.join() },
  });
}, 900_000);

afterAll(async () => {
  await operator?.stop();
  await cluster?.stop();
});

async function train(namespace: string): Promise<Key> {
  const key = { namespace, name: 'fraud' };
  cluster.kubelet.plays(key, results({ f1: 0.93 }));
  await cluster.create(trainingRuns, { ...trainingRun(), metadata: key });
  return key;
}

/** What a command of a message says. */
function said(message: string): string {
  const [command = ''] = commandsIn(message);
  const { kubectl, kubeconfig } = cluster.environment;
  const { stdout, stderr } = spawnSync(kubectl, ['--kubeconfig', kubeconfig, ...command.split(' ').slice(1)], {
    encoding: 'utf8',
  });
  return stdout + stderr;
}

/** All but those for the lease, and the one by which it learns at the start which Kubernetes it is: that is about no object. */
const requests = () =>
  operatorRequests(cluster.environment).filter(({ resource, uri }) => resource !== 'leases' && uri !== '/version');

/** Whether the operator's account may do something, as `kubectl auth can-i` has it. */
function may(...words: readonly string[]): string {
  const { kubectl, kubeconfig } = cluster.environment;
  const as = ['--as', 'system:serviceaccount:flyball-system:flyball'];
  return spawnSync(kubectl, ['--kubeconfig', kubeconfig, 'auth', 'can-i', ...words, ...as], {
    encoding: 'utf8',
  }).stdout.trim();
}

describe('An operator of three namespaces, in one of which it lacks a right,', () => {
  it('trains in the others, and says in that one what it lacks, until it is given', async () => {
    const [a, b, c] = [await train('team-a'), await train('team-b'), await train('team-c')];
    for (const run of [a, b]) await cluster.condition(trainingRuns, run, 'Succeeded', 'Registered');

    const { message } = await cluster.condition(trainingRuns, c, 'Succeeded', 'NotServed');
    expect(message).toContain('`kubectl -n team-c auth can-i list jobs.batch --as');
    expect(said(message)).toMatch(/^no\b/);
    expect(await operator.ready()).toBe(200);

    await cluster.patch(roles, lacking, { rules: granted });
    await cluster.condition(trainingRuns, c, 'Succeeded', 'Registered');
    expect(said(message)).toMatch(/^yes\b/);
    expect(logOf(operator)).toContain('"msg":"Served","plural":"jobs","namespace":"team-c"');
  });

  it('has no right in any other, asks for nothing there, and leaves its objects as they are', async () => {
    const run = await train(outside);
    const told = { namespace: 'team-b', name: 'second' };
    cluster.kubelet.plays(told, results({ f1: 0.93 }));
    await cluster.create(trainingRuns, { ...trainingRun(), metadata: told });
    await cluster.condition(trainingRuns, told, 'Succeeded', 'Registered');

    expect((await cluster.get(trainingRuns, run))?.status).toBeUndefined();
    expect(await cluster.names(jobs, outside)).toEqual([]);
    expect(new Set(requests().map(({ namespace }) => namespace))).toEqual(new Set(watched));
    for (const verb of ['create', 'delete', 'list']) expect(may(verb, 'jobs.batch', '-n', outside)).toBe('no');
    expect(may('create', 'jobs.batch', '-n', 'team-a')).toBe('yes');
    expect(may('list', 'trainingruns.flyball.dev', '--all-namespaces')).toBe('no');
  });

  it('costs nothing while nothing happens', async () => {
    await cluster.quiet(() => requests().length);
    const count = requests().length;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(requests().length).toBe(count);
  });
});

describe('The chart for some namespaces', () => {
  it('gives in each of them the rights that it gives otherwise in all, and tells the operator which they are', async () => {
    const { helm } = await ensureBinaries(['helm']);
    const everywhere = renderChart(helm).find(
      ({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'flyball',
    );
    const rendered = renderChart(helm, ['watchNamespaces={team-a,team-b}']);

    const own = rendered.filter(({ kind, metadata }) => /^Role(Binding)?$/.test(kind) && metadata.name === 'flyball');
    const want = ['Role team-a', 'Role team-b', 'RoleBinding team-a', 'RoleBinding team-b'];
    expect(own.map(({ kind, metadata }) => `${kind} ${metadata.namespace}`)).toEqual(want);
    for (const role of own.slice(0, 2)) expect(role['rules']).toEqual(everywhere?.['rules']);
    expect(rendered.filter(({ kind }) => kind === 'ClusterRoleBinding')).toEqual([]);
    const deployment = JSON.stringify(rendered.find(({ kind }) => kind === 'Deployment'));
    expect(deployment).toContain('{"name":"FLYBALL_WATCH_NAMESPACES","value":"team-a,team-b"}');
  });
});
