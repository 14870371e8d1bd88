/** What somebody can do who holds the operator's token: each by dry run, before the chart's policy on its account and after. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { applied, collection } from './apply.ts';
import { release, renderChart } from './chart.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { accountRights, trustedAccounts } from './operatoraccount/accounts.ts';
import { attacks as ofPods } from './operatoraccount/attacks.ts';
import { forbidden, remaining } from './operatoraccount/remaining.ts';
import { addedOutside, editedServices } from './operatoraccount/serviceattacks.ts';
import { ordinaryStores, remainingStores, storeAttacks, storedDeployment } from './operatoraccount/stores.ts';
import { deployment, job, jobs, named, ordinary, service, team, tried, type Write } from './operatoraccount/writes.ts';
import { trainingRun } from './objects.ts';
import { eventually } from './program.ts';

const attacks = [...ofPods, ...storeAttacks];

let environment: Environment;
/** What the API server said of each attack before there was a policy. */
const before = new Map<string, number>();

/** More rights than the chart gives: the policy has to hold by itself. */
const more = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'more' },
  rules: [{ apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['patch'] }],
};
const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'more' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'more' },
  subjects: [{ kind: 'ServiceAccount', name: 'flyball', namespace: release.namespace }],
};

async function made(object: { apiVersion: string; kind: string }): Promise<void> {
  const path = await collection(environment, object, team);
  expect(await environment.request('POST', path, { body: object })).toMatchObject({ status: 201 });
}

/** An object of ours by name alone. */
const foreign = <R extends Parameters<typeof named>[0]>(object: R, name: string) =>
  named(object, name, { labels: { app: 'bank' }, ownerReferences: [] });

beforeAll(async () => {
  const { helm } = await ensureBinaries(['helm']);
  environment = await startEnvironment({ apiServerFlags: ['--allow-privileged=true'] });
  for (const name of [team, 'finance', release.namespace]) {
    await applied(environment, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const object of [
    { ...trainingRun(), metadata: { name: 'fraud' } },
    named(job, 'ours'),
    named(deployment, 'ours'),
    named(storedDeployment, 'stored'),
    named(service, 'ours'),
    ...editedServices,
    foreign(job, 'payroll'),
    foreign(deployment, 'bank'),
    foreign(service, 'bank'),
    named(job, 'labelled', { ownerReferences: [] }),
  ]) {
    await made(object);
  }
  const rendered = renderChart(helm, [
    'admission.operator.excludedNamespaces={finance}',
    `admission.operator.trustedServiceAccounts={${trustedAccounts.join(',')}}`,
  ]);
  const rights = rendered.filter(({ kind }) => /^(Cluster)?Role(Binding)?$/.test(kind));
  for (const object of [...rights, more, binding, ...accountRights])
    expect(await applied(environment, object as Parameters<typeof applied>[1])).toMatchObject({ status: 201 });
  const isAllowed = async () =>
    (await Promise.all(attacks.map((attack) => tried(environment, attack)))).every(({ status }) => status < 300);
  await eventually(isAllowed, { limitMs: 5_000 });
  for (const attack of attacks) before.set(attack.what, (await tried(environment, attack)).status);

  const policies = rendered.filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'));
  for (const object of policies) {
    const { status, body, warnings } = await applied(environment, object);
    expect(status === 201 ? warnings : body).toEqual([]);
  }
  const inEffect = async () =>
    (await Promise.all(attacks.map((attack) => tried(environment, attack)))).every(({ status }) => status === 403);
  await eventually(inEffect, { limitMs: 10_000 });
}, 900_000);

afterAll(async () => environment?.stop());

describe("The operator's account", () => {
  it.each([...ordinary, addedOutside, ...ordinaryStores])('writes $what', async (write) => {
    const { status, body } = await tried(environment, write);
    expect(status < 300 ? 'accepted' : body).toBe('accepted');
  });

  it.each(attacks)('may not write $what, which its rights allow', async (attack) => {
    expect(before.get(attack.what)).toBeLessThan(300);
    expect(await tried(environment, attack)).toMatchObject({
      status: 403,
      body: { message: expect.stringMatching(`ValidatingAdmissionPolicy 'flyball-operator-(${attack.refusedBy})' `) },
    });
  });

  it.each([...remaining, ...remainingStores])('may still write $what', async (write) => {
    const { status, body } = await tried(environment, write);
    expect(status < 300 ? 'accepted' : body).toBe('accepted');
  });

  it.each(forbidden)('has no right to write $what', async (write) => {
    expect(await tried(environment, write)).toMatchObject({
      status: 403,
      body: { message: expect.stringMatching(/User "system:serviceaccount:flyball-system:flyball" cannot /) },
    });
  });

  it('tells an author whose ServiceAccount may do too much what it may, and what to do', async () => {
    const attack = attacks.find(({ what }) => what.includes('may create pods in its namespace'));
    const { body } = await tried(environment, attack as Write);
    const want =
      `may create pods in namespace "${team}", so the operator mounts its token into no pod: whoever has stolen the token of the ` +
      'operator would get that right. Leave automountServiceAccountToken out, take an account with fewer rights, or have an ' +
      `administrator of the cluster list "${team}/of-team-2" in admission.operator.trustedServiceAccounts of the chart.`;
    expect(body).toMatchObject({ message: expect.stringContaining(`ServiceAccount "of-team-2" ${want}`) });
  });

  it('tells an author whose namespace is excluded to go to another one', async () => {
    const elsewhere = named(job, 'fraud-1-train', { namespace: 'finance' });
    const { body } = await tried(environment, { what: '', method: 'POST', path: jobs('finance'), body: elsewhere });
    expect(body).toMatchObject({
      message: expect.stringContaining(
        'The operator makes nothing in namespace "finance": write the TrainingRun or ModelDeployment in another one.',
      ),
    });
  });
});
