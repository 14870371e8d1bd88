/** Nothing but the API server runs here: what it refuses, it refuses with the operator stopped. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GuardedCluster, type Rule } from './cluster.ts';
import { editor, modelDeployment, trainingRun } from './people.ts';

const sixteen = Array.from({ length: 16 }, (_, index) => `secret-${index}`);
const mayGet = (...resourceNames: string[]): Rule => ({
  apiGroups: [''],
  resources: ['secrets'],
  resourceNames,
  verbs: ['get'],
});

let cluster: GuardedCluster;
const namespaceWith = async (...rules: readonly Rule[]) => cluster.namespaceWith(editor, ...rules);

beforeAll(async () => {
  cluster = await GuardedCluster.start();
}, 900_000);

afterAll(async () => cluster?.stop());

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
    expect(await cluster.create(namespace, object(['db']), 'author')).toMatchObject({
      status: 403,
      body: { reason: 'Forbidden', message: expect.stringContaining(want) },
    });
  });

  it('are given to an author who may get them', async () => {
    const namespace = await namespaceWith(mayGet('db'));
    expect(await cluster.create(namespace, object(['db']), 'author')).toMatchObject({ status: 201 });
  });

  it('are given to an author who may create the workload that mounts them', async () => {
    const namespace = await namespaceWith(workloads);
    expect(await cluster.create(namespace, object(['db']), 'author')).toMatchObject({ status: 201 });
  });

  it('may be sixteen, each of which is looked up within the cost limits', async () => {
    const namespace = await namespaceWith(mayGet(...sixteen));
    expect(await cluster.create(namespace, object(sixteen), 'author')).toMatchObject({ status: 201 });
  });

  it('are all looked up: the last one that may not be read is named', async () => {
    const namespace = await namespaceWith(mayGet(...sixteen.slice(0, -1)));

    expect(await cluster.create(namespace, object(sixteen), 'author')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining(`${path}[VARIABLE_15].secretKeyRef: Secret "secret-15"`) },
    });
  });

  it('are not given to whoever merely changes the command that reads them', async () => {
    const namespace = await namespaceWith();
    await cluster.made(namespace, object(['db']), 'admin');

    expect(await cluster.patch(namespace, object(), changed, 'author')).toMatchObject({ status: 403 });
  });

  it('do not stand in the way of labels and deletion, nor of the status that the operator writes', async () => {
    const namespace = await namespaceWith();
    await cluster.made(namespace, object(['db']), 'admin');

    const status = { status: { observedGeneration: 1 } };
    expect(await cluster.patch(namespace, object(), { metadata: { labels: { team: 'a' } } }, 'author')).toMatchObject({
      status: 200,
    });
    expect(await cluster.patch(namespace, object(), status, 'operator', '/status')).toMatchObject({ status: 200 });
    const fraud = await cluster.path(namespace, object());
    expect(await cluster.environment.request('DELETE', fraud, { user: 'author' })).toMatchObject({ status: 200 });
  });
});

describe('a ModelDeployment that names Secrets', () => {
  it('is scaled by who may not read them', async () => {
    const namespace = await namespaceWith();
    await cluster.made(namespace, modelDeployment(['db']), 'admin');

    expect(
      await cluster.patch(namespace, modelDeployment(), { spec: { replicas: 3 } }, 'author', '/scale'),
    ).toMatchObject({ status: 200 });
  });
});
