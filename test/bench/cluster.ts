/** An etcd and a kube-apiserver for one contender's turn: fresh, in memory, with an audit log and nothing else. */
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Environment, startEnvironment } from '../integration/environment.ts';
import { eventually } from '../integration/program.ts';
import { Driver } from './driver.ts';
import { Ledger } from './ledger.ts';
import { pause } from './pace.ts';

/** Whose requests are counted. */
export const contenderUser = 'system:serviceaccount:flyball-system:flyball';

/** Runs are spread over these, as over the teams of a company. */
export const namespaces = Array.from({ length: 10 }, (_, index) => `team-${index}`);
export const operatorNamespace = 'flyball-system';

/** Whether the API server has our CRDs' schemas, or ones that take everything: the difference is what the schemas cost. */
export type Schemas = 'Ours' | 'Open';

export interface Cluster {
  readonly environment: Environment;
  readonly driver: Driver;
  readonly ledger: Ledger;
  /** The kubeconfig of the contender. */
  readonly kubeconfig: string;
  /** A path for a file that disappears with the cluster. */
  readonly file: (name: string) => string;
  stop(): Promise<void>;
}

/** Starts a cluster. Its files lie in memory where the system has such a folder. */
export async function startCluster(schemas: Schemas = 'Ours'): Promise<Cluster> {
  const inMemory = '/dev/shm';
  if (existsSync(inMemory)) process.env['TMPDIR'] = inMemory;
  // The ledger follows one file; by default it would be put aside after 100 MB.
  const environment = await startEnvironment({ apiServerFlags: ['--audit-log-maxsize=0'] });
  if (schemas === 'Open') await openSchemas(environment);
  const directory = dirname(environment.kubeconfig);
  const file = (name: string): string => join(directory, name);
  const driver = new Driver(environment.url, environment.ca, environment.tokens.admin);
  await giveRights(environment);
  for (const name of [...namespaces, operatorNamespace]) {
    const metadata = { name };
    await driver.write('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata });
  }
  const kubeconfig = file('contender.kubeconfig');
  writeFileSync(kubeconfig, contenderKubeconfig(environment));
  const ledger = new Ledger(environment.auditLog, contenderUser);
  return {
    environment,
    driver,
    ledger,
    kubeconfig,
    file,
    stop: async () => {
      ledger.close();
      await driver.close();
      await environment.stop();
    },
  };
}

/** Replaces the schemas of our kinds by ones that take everything, without rules, and gives the API server time to serve them. */
async function openSchemas(environment: Environment): Promise<void> {
  const openAPIV3Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const plurals = ['trainingruns', 'modelversions', 'modeldeployments', 'monitors'];
  for (const plural of plurals) {
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.flyball.dev`;
    const body = [{ op: 'replace', path: '/spec/versions/0/schema', value: { openAPIV3Schema } }];
    const answer = await environment.request('PATCH', path, { body, contentType: 'application/json-patch+json' });
    if (answer.status >= 300) throw new Error(`${plural}: ${JSON.stringify(answer.body)}`);
  }
  // Until then the old storage answers, whose watches end.
  await pause(5_000);
  const served = async (): Promise<boolean> => {
    const answers = await Promise.all(
      plurals.map((plural) => environment.request('GET', `/apis/flyball.dev/v1alpha1/${plural}`)),
    );
    return answers.every(({ status }) => status === 200);
  };
  if (!(await eventually(served, { limitMs: 60_000 }))) throw new Error('open schemas are not served');
}

function contenderKubeconfig({ url, ca, tokens }: Environment): string {
  const cluster = { server: url, 'certificate-authority-data': Buffer.from(ca).toString('base64') };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'bench', cluster }],
    users: [{ name: 'contender', user: { token: tokens.operator } }],
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'contender', namespace: operatorNamespace } }],
    'current-context': 'bench',
  });
}

const rule = (apiGroup: string, resources: readonly string[], verbs: readonly string[]): object => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
});

/** What the operator's chart gives it, and what the frameworks of the others need besides. */
const rules = [
  rule('flyball.dev', ['trainingruns', 'modeldeployments', 'monitors'], ['get', 'list', 'watch']),
  rule('flyball.dev', ['trainingruns/status', 'modeldeployments/status', 'monitors/status'], ['patch', 'update']),
  rule('flyball.dev', ['modelversions'], ['get', 'list', 'watch', 'create']),
  rule('batch', ['jobs'], ['get', 'list', 'watch', 'create', 'patch', 'delete']),
  rule('apps', ['deployments'], ['get', 'list', 'watch', 'create', 'patch', 'delete']),
  rule('apps', ['replicasets'], ['get', 'list', 'watch']),
  rule('', ['services'], ['get', 'list', 'watch', 'create', 'delete']),
  rule('', ['pods', 'namespaces'], ['get', 'list', 'watch']),
  rule('policy', ['poddisruptionbudgets'], ['get', 'list', 'watch', 'create']),
  rule('events.k8s.io', ['events'], ['create']),
  rule('', ['events'], ['create', 'patch']),
  rule('coordination.k8s.io', ['leases'], ['get', 'list', 'watch', 'create', 'update', 'patch']),
  rule('apiextensions.k8s.io', ['customresourcedefinitions'], ['get', 'list', 'watch']),
];

async function giveRights(environment: Environment): Promise<void> {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = { name: 'contender' };
  const subjects = [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: contenderUser }];
  const roleRef = { kind: 'ClusterRole', name: 'contender', apiGroup: 'rbac.authorization.k8s.io' };
  const objects = {
    clusterroles: { apiVersion, kind: 'ClusterRole', metadata, rules },
    clusterrolebindings: { apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef, subjects },
  };
  for (const [plural, body] of Object.entries(objects)) {
    const answer = await environment.request('POST', `/apis/${apiVersion}/${plural}`, { body });
    if (answer.status >= 300) throw new Error(`${plural}: ${JSON.stringify(answer.body)}`);
  }
}
