/** docs/roles.md says what each role of a team may, and the API server agrees. No operator runs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer } from '../environment.ts';
import { eventually } from '../program.ts';
import { GuardedCluster, type Sent } from './cluster.ts';
import { modelDeployment, monitor, trainingRun } from './people.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/roles.md'), 'utf8');
const namespace = 'default';

/** What the page says: of each role, the lines of the table that have a `yes` for it, and those that have none. */
function table(): ReadonlyMap<string, Readonly<Record<string, boolean>>> {
  const cellsOf = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const lines = page.split('\n');
  const head = lines.findIndex((line) => line.startsWith('|  '));
  const [, ...roles] = cellsOf(lines[head] ?? '').map((cell) => cell.replaceAll('`', ''));
  const end = lines.indexOf('', head);
  const rows = lines.slice(head + 2, end).map(cellsOf);
  const column = (index: number) =>
    Object.fromEntries(rows.map(([what = '', ...cells]) => [what, cells[index] === 'yes']));
  return new Map(roles.map((role, index) => [role, column(index)]));
}

let cluster: GuardedCluster;

/** Who asks, and what comes of it: whether the API server lets it be. */
type Attempt = (as: string) => Promise<boolean>;

/** 403 is a refusal by RBAC or by a policy; what is neither 403 nor a success is a mistake of this test. */
function isLet({ status, body }: Answer): boolean {
  if (status !== 403 && status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return status < 300;
}

const may =
  (verb: string, resource: string, group = '', scope: object = { namespace }): Attempt =>
  async (as) => {
    const [name, subresource = ''] = resource.split('/');
    const resourceAttributes = { verb, group, resource: name, subresource, ...scope };
    const { body } = await cluster.environment.request(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      { as, body: { spec: { resourceAttributes } } },
    );
    return (body as { status: { allowed: boolean } }).status.allowed;
  };
const creates =
  (object: Sent): Attempt =>
  async (as) =>
    isLet(await cluster.create(namespace, { ...object, metadata: { name: 'new' } }, { as }, '?dryRun=All'));
const patches =
  (object: Sent, spec: object): Attempt =>
  async (as) =>
    isLet(await cluster.patch(namespace, object, { spec }, { as }, '?dryRun=All'));
const deletes =
  (object: Sent): Attempt =>
  async (as) =>
    isLet(await cluster.environment.request('DELETE', `${await cluster.path(namespace, object)}?dryRun=All`, { as }));
const deployment = modelDeployment([], {}, { approval: 'Required' });
const acting = (actions: object): Sent => ({ ...monitor(actions), metadata: { name: 'acting' } });
const group = 'flyball.dev';
const kinds = ['trainingruns', 'modelversions', 'modeldeployments', 'monitors'];

/** What the lines of the table mean. */
const meant: Readonly<Record<string, readonly Attempt[]>> = {
  'see what is trained, registered, served and watched': kinds.map((kind) => may('list', kind, group)),
  'see pods, Jobs, events, claims and quotas': [
    ...['pods', 'events', 'services', 'persistentvolumeclaims', 'resourcequotas'].map((kind) => may('list', kind)),
    may('list', 'jobs', 'batch'),
    may('list', 'deployments', 'apps'),
  ],
  'see nodes and storage classes (by ClusterRoleBinding)': [
    may('list', 'nodes', '', {}),
    may('list', 'storageclasses', 'storage.k8s.io', {}),
  ],
  'read logs': [may('get', 'pods/log')],
  'ask a model by `kubectl flyball ask`': [may('create', 'pods/portforward'), may('get', 'pods/portforward')],
  'make and delete a TrainingRun': [creates(trainingRun()), deletes(trainingRun())],
  'edit, rerun or suspend a TrainingRun': [
    patches(trainingRun(), { image: 'train:2' }),
    patches(trainingRun(), { rerunAt: '2026-01-01T00:00:00Z' }),
    patches(trainingRun(), { suspend: true }),
  ],
  'make and fill claims': ['create', 'update', 'delete'].map((verb) => may(verb, 'persistentvolumeclaims')),
  'make, edit and scale a ModelDeployment': [
    creates(deployment),
    patches(deployment, { server: { image: 'serve:2' } }),
    may('patch', 'modeldeployments/scale', group),
  ],
  'pause, promote and abort a rollout': [
    patches(deployment, { rollout: { paused: true } }),
    patches(deployment, { rollout: { promotedRevision: '12345678' } }),
    patches(deployment, { rollout: { abortedRevision: '12345678' } }),
  ],
  'approve what is rolled out': [patches(deployment, { rollout: { approvedRevision: '12345678' } })],
  'delete a ModelDeployment or a ModelVersion': [deletes(deployment), may('delete', 'modelversions', group)],
  'make, edit and delete a Monitor': [creates(monitor()), patches(monitor(), { interval: '2m' }), deletes(monitor())],
  'have a Monitor retrain': [creates(acting({ retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['errors'] } }))],
  'have a Monitor roll back': [creates(acting({ rollback: { onChecks: ['errors'] } }))],
  'read and write Secrets and ConfigMaps': ['secrets', 'configmaps'].flatMap((kind) =>
    ['get', 'list', 'create', 'update', 'delete'].map((verb) => may(verb, kind)),
  ),
  'have a pod with any priority, label or toleration': [
    creates(trainingRun([], { pod: { priorityClassName: 'high', labels: { app: 'shop' } } })),
    creates(modelDeployment([], { pod: { tolerations: [{ operator: 'Exists' }] } })),
  ],
};

beforeAll(async () => {
  cluster = await GuardedCluster.start();
  for (const object of [trainingRun(), deployment, monitor()]) await cluster.made(namespace, object, 'admin');
  const rbac = 'rbac.authorization.k8s.io';
  for (const role of table().keys()) {
    await cluster.apply({
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: role },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: `flyball-${role}` },
      subjects: [{ apiGroup: rbac, kind: 'User', name: role }],
    });
    const sees = may('list', 'monitors', group);
    if (!(await eventually(() => sees(role), { limitMs: 10_000 }))) throw new Error(`${role} sees nothing`);
  }
}, 900_000);

afterAll(async () => cluster?.stop());

describe('of the roles of a team', () => {
  it('there are those that the paper names, and solo', () => {
    expect([...table().keys()]).toEqual([
      'business-stakeholder',
      'solution-architect',
      'data-scientist',
      'data-engineer',
      'software-engineer',
      'devops-engineer',
      'ml-engineer',
      'solo',
    ]);
  });

  it.each([...table()])('%s may what the page says, and nothing else of it', async (role, said) => {
    const found: Record<string, boolean | string> = {};
    for (const [what, attempts] of Object.entries(meant)) {
      const answers = new Set<boolean>();
      for (const attempt of attempts) answers.add(await attempt(role));
      found[what] = answers.size === 1 ? answers.has(true) : 'in part';
    }

    expect(found).toEqual(said);
  });

  it('none writes a ModelVersion, a status or more rights', async () => {
    const never = [
      ...['create', 'update', 'patch'].map((verb) => may(verb, 'modelversions', group)),
      ...kinds.map((kind) => may('patch', `${kind}/status`, group)),
      may('create', 'pods'),
      may('create', 'pods/exec'),
      may('impersonate', 'serviceaccounts'),
      ...['bind', 'escalate', 'create'].map((verb) => may(verb, 'roles', 'rbac.authorization.k8s.io')),
    ];

    for (const role of table().keys()) {
      const answers = await Promise.all(never.map((attempt) => attempt(role)));
      expect([role, ...answers.filter(Boolean)]).toEqual([role]);
    }
  });
});
