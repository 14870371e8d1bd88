/** Nothing but the API server runs here: what it refuses, it refuses with the operator stopped. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { renderChart } from './chart.ts';
import { applied, collection } from './apply.ts';
import { type Answer, type Environment, startEnvironment, type User } from './environment.ts';
import { eventually } from './program.ts';

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

const apiVersion = 'flyball.dev/v1alpha1';
const sixteen = Array.from({ length: 16 }, (_, index) => `secret-${index}`);
const variables = (secrets: readonly string[]) =>
  secrets.map((name, index) => ({ name: `VARIABLE_${index}`, secretKeyRef: { name, key: 'value' } }));

const trainingRun = (secrets: readonly string[]) => ({
  apiVersion,
  kind: 'TrainingRun',
  metadata: { name: 'fraud' },
  spec: { image: 'train', ...(secrets.length > 0 && { env: variables(secrets) }) },
});

const modelDeployment = (secrets: readonly string[]) => ({
  apiVersion,
  kind: 'ModelDeployment',
  metadata: { name: 'fraud' },
  spec: {
    model: { trainingRunRef: { name: 'fraud' } },
    server: { image: 'serve', port: 8080, protocol: 'HTTP', ...(secrets.length > 0 && { env: variables(secrets) }) },
  },
});

const mayGet = (...resourceNames: string[]): Rule => ({
  apiGroups: [''],
  resources: ['secrets'],
  resourceNames,
  verbs: ['get'],
});

let environment: Environment;
let namespaces = 0;

/** A namespace in which the author may do with Flyball's kinds what the role `edit` lets people do, and what `rules` say. */
async function namespaceWith(...rules: readonly Rule[]): Promise<string> {
  namespaces += 1;
  const namespace = `team-${namespaces}`;
  const role = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'author' };
  const metadata = { name: 'author', namespace };
  const own: Rule = {
    apiGroups: ['flyball.dev'],
    resources: [
      'trainingruns',
      'trainingruns/status',
      'modeldeployments',
      'modeldeployments/status',
      'modeldeployments/scale',
    ],
    verbs: ['get', 'create', 'update', 'patch', 'delete'],
  };
  for (const object of [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules: [own, ...rules] },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: role,
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'author' }],
    },
  ]) {
    expect(await applied(environment, object)).toMatchObject({ status: 201 });
  }
  const isAuthorized = async () => (await create(namespace, trainingRun([]), { dryRun: true })).status === 201;
  if (!(await eventually(isAuthorized, { limitMs: 10_000 }))) throw new Error('the rights do not take effect');
  return namespace;
}

interface Ours {
  readonly apiVersion: string;
  readonly kind: string;
}

const create = async (namespace: string, object: Ours, { user = 'author' as User, dryRun = false } = {}) =>
  environment.request('POST', `${await collection(environment, object, namespace)}${dryRun ? '?dryRun=All' : ''}`, {
    user,
    body: object,
  });

const patch = async (namespace: string, object: Ours, body: object, subresource = ''): Promise<Answer> =>
  environment.request('PATCH', `${await collection(environment, object, namespace)}/fraud${subresource}`, {
    user: 'author',
    body,
    contentType: 'application/merge-patch+json',
  });

beforeAll(async () => {
  const { helm } = await ensureBinaries(['helm']);
  environment = await startEnvironment();
  for (const object of renderChart(helm).filter(({ kind }) => kind.startsWith('ValidatingAdmissionPolicy'))) {
    expect(await applied(environment, object)).toMatchObject({ status: 201, warnings: [] });
  }
  const namespace = await namespaceWith();
  const inEffect = async () => {
    const approving = { ...modelDeployment([]), metadata: { name: 'fraud' } };
    const approvals = { ...approving, spec: { ...approving.spec, rollout: { approvedRevision: '0a1b2c3d' } } };
    const answers = [trainingRun(['none']), modelDeployment(['none']), approvals].map((object) =>
      create(namespace, object, { dryRun: true }),
    );
    return (await Promise.all(answers)).every(({ status }) => status === 403);
  };
  if (!(await eventually(inEffect, { limitMs: 30_000 }))) throw new Error('the admission policies do not take effect');
}, 900_000);

afterAll(async () => environment?.stop());

describe.each([
  {
    object: trainingRun,
    path: 'spec.env',
    right: 'jobs.batch',
    workloads: { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create'] },
    changed: { spec: { command: ['env'] } },
  },
  {
    object: modelDeployment,
    path: 'spec.server.env',
    right: 'deployments.apps',
    workloads: { apiGroups: ['apps'], resources: ['deployments'], verbs: ['create'] },
    changed: { spec: { server: { command: ['env'] } } },
  },
])('Secrets that $path names, with no operator running', ({ object, path, right, workloads, changed }) => {
  it('are refused to an author who may neither read them nor mount them, with the command that shows it', async () => {
    const namespace = await namespaceWith();

    const want =
      `${path}[VARIABLE_0].secretKeyRef: Secret "db" goes only to those who may read it or create ${right} in namespace ` +
      `"${namespace}", and user "author" may do neither. Ask an administrator of the namespace for one of these rights; to see ` +
      `whether you have it: kubectl auth can-i get secrets/db --namespace ${namespace}`;
    expect(await create(namespace, object(['db']))).toMatchObject({
      status: 403,
      body: { reason: 'Forbidden', message: expect.stringContaining(want) },
    });
  });

  it('are given to an author who may get them', async () => {
    expect(await create(await namespaceWith(mayGet('db')), object(['db']))).toMatchObject({ status: 201 });
  });

  it('are given to an author who may create the workload that mounts them', async () => {
    expect(await create(await namespaceWith(workloads), object(['db']))).toMatchObject({ status: 201 });
  });

  it('may be sixteen, each of which is looked up within the cost limits', async () => {
    expect(await create(await namespaceWith(mayGet(...sixteen)), object(sixteen))).toMatchObject({ status: 201 });
  });

  it('are all looked up: the last one that may not be read is named', async () => {
    const namespace = await namespaceWith(mayGet(...sixteen.slice(0, -1)));

    expect(await create(namespace, object(sixteen))).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining(`${path}[VARIABLE_15].secretKeyRef: Secret "secret-15"`) },
    });
  });

  it('are not given to whoever merely changes the command that reads them', async () => {
    const namespace = await namespaceWith();
    await create(namespace, object(['db']), { user: 'admin' });

    expect(await patch(namespace, object([]), changed)).toMatchObject({ status: 403 });
  });

  it('do not stand in the way of labels, status and deletion', async () => {
    const namespace = await namespaceWith();
    await create(namespace, object(['db']), { user: 'admin' });

    expect(await patch(namespace, object([]), { metadata: { labels: { team: 'a' } } })).toMatchObject({ status: 200 });
    expect(await patch(namespace, object([]), { status: { observedGeneration: 1 } }, '/status')).toMatchObject({
      status: 200,
    });
    const fraud = `${await collection(environment, object([]), namespace)}/fraud`;
    expect(await environment.request('DELETE', fraud, { user: 'author' })).toMatchObject({ status: 200 });
  });
});

describe('a ModelDeployment that names Secrets', () => {
  it('is scaled by who may not read them', async () => {
    const namespace = await namespaceWith();
    await create(namespace, modelDeployment(['db']), { user: 'admin' });

    expect(await patch(namespace, modelDeployment([]), { spec: { replicas: 3 } }, '/scale')).toMatchObject({
      status: 200,
    });
  });
});

describe('The approval of a revision', () => {
  const mayApprove: Rule = { apiGroups: ['flyball.dev'], resources: ['modeldeployments'], verbs: ['approve'] };
  const steered = (rollout: object) => ({ spec: { rollout } });
  const approved = { approval: 'Required', approvedRevision: '0a1b2c3d' };
  const required = () => {
    const object = modelDeployment([]);
    return { ...object, spec: { ...object.spec, rollout: { approval: 'Required' } } };
  };

  it('is refused to an author who may edit and not approve, with the command that shows it', async () => {
    const namespace = await namespaceWith();
    await create(namespace, required());

    const want =
      `spec.rollout.approvedRevision is "0a1b2c3d", and user "author" may not approve ModelDeployments in namespace "${namespace}". ` +
      'Ask somebody who may, or an administrator of the namespace for the verb approve on modeldeployments.flyball.dev; to see ' +
      `whether you have it: kubectl -n ${namespace} auth can-i approve modeldeployments.flyball.dev/fraud`;
    expect(await patch(namespace, required(), steered(approved))).toMatchObject({
      status: 403,
      body: { reason: 'Forbidden', message: expect.stringContaining(want) },
    });
  });

  it('is refused to such an author also as part of a new object, and so is to take away that one is required', async () => {
    const namespace = await namespaceWith();
    const object = required();
    expect(await create(namespace, { ...object, spec: { ...object.spec, rollout: approved } } as Ours)).toMatchObject({
      status: 403,
    });
    await create(namespace, object);
    for (const rollout of [null, { approval: null }]) {
      expect(await patch(namespace, object, { spec: { rollout } })).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining('spec.rollout.approval may be taken away only by who may approve') },
      });
    }
  });

  it('leaves such an author all else: to require it, pause, abort, edit the server and take an approval back', async () => {
    const namespace = await namespaceWith();
    const object = required();
    await create(namespace, { ...object, spec: { ...object.spec, rollout: approved } } as Ours, { user: 'admin' });

    for (const rollout of [{ paused: true }, { abortedRevision: '0a1b2c3d' }, { approvedRevision: null }]) {
      expect(await patch(namespace, object, steered(rollout))).toMatchObject({ status: 200 });
    }
    expect(await patch(namespace, object, { spec: { server: { image: 'serve:2' } } })).toMatchObject({ status: 200 });
  });

  it('is given by whoever has the verb, be it for this deployment alone', async () => {
    const namespace = await namespaceWith({ ...mayApprove, resourceNames: ['fraud'] });
    await create(namespace, required());

    expect(await patch(namespace, required(), steered(approved))).toMatchObject({ status: 200 });
    expect(await patch(namespace, required(), steered({ approval: null }))).toMatchObject({ status: 200 });
  });
});
