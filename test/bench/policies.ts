/**
 * What the chart's admission policies cost: `node test/bench/policies.ts [count [value…]]` makes objects one after the other at two API servers,
 * one with the policies and one without, in turns, and compares how long the answers took. Values are the chart's, as in `helm --set`; `rows=TEXT`
 * is none of them, and measures only what has this in its name.
 */
import { existsSync } from 'node:fs';
import { applied } from '../integration/apply.ts';
import { GuardedCluster, type Sent } from '../integration/admission/cluster.ts';
import {
  deployment,
  disruptionBudget,
  job,
  type Labels,
  ownedBy,
  pod,
  service,
  servingLabels,
  trainingLabels,
} from '../integration/admission/objects.ts';
import { type Environment, startEnvironment } from '../integration/environment.ts';
import { authoredRows, authors } from './authored.ts';
import { Driver } from './driver.ts';
import { median, percentile } from './statistics.ts';
import { markdown } from './table.ts';

const count = Number(process.argv[2] ?? 500);
const only =
  process.argv
    .slice(3)
    .find((word) => word.startsWith('rows='))
    ?.slice('rows='.length) ?? '';
const values = process.argv.slice(3).filter((word) => !word.startsWith('rows='));
const namespace = 'bench';

interface Row {
  readonly name: string;
  readonly path: string;
  readonly sender: 'operator' | 'job-controller' | 'admin' | 'author';
  readonly make: (name: string) => Sent;
}

const core = `/api/v1/namespaces/${namespace}`;
const owned = (make: (labels: Labels, name: string) => Sent, labels: Labels) => (name: string) =>
  ownedBy('flyball.dev/v1alpha1', labels === trainingLabels ? 'TrainingRun' : 'ModelDeployment', make(labels, name));

const kinds = [
  { kind: 'Job', path: `/apis/batch/v1/namespaces/${namespace}/jobs`, make: job, labels: trainingLabels },
  {
    kind: 'Deployment',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
    make: deployment,
    labels: servingLabels,
  },
  { kind: 'Service', path: `${core}/services`, make: service, labels: servingLabels },
  {
    kind: 'PodDisruptionBudget',
    path: `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets`,
    make: disruptionBudget,
    labels: servingLabels,
  },
];
const pods = `${core}/pods`;

const rows: readonly Row[] = [
  ...kinds.flatMap(({ kind, path, make, labels }): Row[] => [
    { name: `${kind} of Flyball`, path, sender: 'operator', make: owned(make, labels) },
    { name: `${kind} of others`, path, sender: 'admin', make: (name) => make({ team: 'a' }, name) },
  ]),
  {
    name: 'pod of Flyball',
    path: pods,
    sender: 'job-controller',
    make: (name) => ownedBy('batch/v1', 'Job', pod(trainingLabels, name)),
  },
  { name: 'pod of others', path: pods, sender: 'admin', make: (name) => pod({ team: 'a' }, name) },
  ...authoredRows,
];

type Senders = Readonly<Record<Row['sender'], Driver>>;

/** What gives the author the rights of each kind of author, in a namespace of that name. */
const authorRights = Object.entries(authors).flatMap(([name, rules]) => {
  const apiGroup = 'rbac.authorization.k8s.io';
  const [apiVersion, metadata] = [`${apiGroup}/v1`, { name: 'author', namespace: name }];
  const roleRef = { apiGroup, kind: 'Role', name: 'author' };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    { apiVersion, kind: 'Role', metadata, rules },
    { apiVersion, kind: 'RoleBinding', metadata, roleRef, subjects: [{ apiGroup, kind: 'User', name: 'author' }] },
  ];
});

/** The rights of the operator and of the Job controller are not what is measured: both may do everything, also where there is no chart. */
async function senders(environment: Environment): Promise<Senders> {
  const { url, ca, tokens } = environment;
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'job-controller', namespace: 'kube-system' },
  };
  const operator = { kind: 'ServiceAccount', name: 'flyball', namespace: 'flyball-system' };
  for (const object of [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    account,
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'bench' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [operator, { kind: 'ServiceAccount', ...account.metadata }],
    },
    ...authorRights,
  ]) {
    const { status, body } = await applied(environment, object);
    if (status >= 300) throw new Error(JSON.stringify(body));
  }
  const path = '/api/v1/namespaces/kube-system/serviceaccounts/job-controller/token';
  const { body } = await environment.request('POST', path, {
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest' },
  });
  const { token } = (body as { status: { token: string } }).status;
  return {
    admin: new Driver(url, ca, tokens.admin),
    author: new Driver(url, ca, tokens.author),
    operator: new Driver(url, ca, tokens.operator),
    'job-controller': new Driver(url, ca, token),
  };
}

/** How long the answer to a creation takes, in milliseconds. */
async function timed({ path, sender, make }: Row, at: Senders, name: string): Promise<number> {
  const object = make(name);
  const started = performance.now();
  await at[sender].write('POST', path, object);
  return performance.now() - started;
}

async function compared(
  row: Row,
  plain: Senders,
  guarded: Senders,
  index: number,
  environment: Environment,
): Promise<readonly string[]> {
  const without: number[] = [];
  const withPolicies: number[] = [];
  const spentBefore = await spent(environment);
  for (let turn = -50; turn < count; turn += 1) {
    const name = `b-${index}-${turn + 50}`;
    const order = [() => timed(row, plain, name), () => timed(row, guarded, name)] as const;
    const [first, second] = turn % 2 === 0 ? order : order.toReversed();
    const times = [await first?.(), await second?.()] as [number, number];
    if (turn < 0) continue;
    const [one, other] = turn % 2 === 0 ? times : times.toReversed();
    without.push(one ?? NaN);
    withPolicies.push(other ?? NaN);
  }
  const spentAfter = await spent(environment);
  const own = (spentAfter.seconds - spentBefore.seconds) / (spentAfter.count - spentBefore.count);
  const [before, after] = [median(without), median(withPolicies)];
  return [
    row.name,
    `${before.toFixed(2)} / ${percentile(without, 0.99).toFixed(2)}`,
    `${after.toFixed(2)} / ${percentile(withPolicies, 0.99).toFixed(2)}`,
    (after - before).toFixed(2),
    (after / before).toFixed(2),
    (own * 1000).toFixed(2),
  ];
}

/** How long the API server's policies have taken for creations that they let through, in all, and how many there were. */
async function spent(environment: Environment): Promise<{ readonly seconds: number; readonly count: number }> {
  const { body } = await environment.request('GET', '/metrics');
  const name = 'apiserver_admission_controller_admission_duration_seconds';
  const labels = 'name="ValidatingAdmissionPolicy",operation="CREATE",rejected="false",type="validate"';
  const value = (suffix: string) => {
    const line = String(body)
      .split('\n')
      .find((one) => one.startsWith(`${name}_${suffix}{${labels}}`));
    return Number(line?.split(' ')[1]);
  };
  return { seconds: value('sum'), count: value('count') };
}

if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';
const plain = await startEnvironment();
const guarded = await GuardedCluster.start([], values);
try {
  const [one, other] = [await senders(plain), await senders(guarded.environment)];
  const lines: (readonly string[])[] = [];
  for (const [index, row] of rows.filter(({ name }) => name.includes(only)).entries()) {
    lines.push(await compared(row, one, other, index, guarded.environment));
  }
  const head = [
    'creation of',
    'without, p50 / p99 [ms]',
    'with, p50 / p99 [ms]',
    'more [ms]',
    'ratio',
    'policies alone [ms]',
  ];
  console.log(markdown(head, lines));
  for (const driver of [...Object.values(one), ...Object.values(other)]) await driver.close();
} finally {
  await guarded.stop();
  await plain.stop();
}
