/** Nothing but the API server runs here: what it refuses, it refuses with the operator stopped. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GuardedCluster, type Rule } from './cluster.ts';
import { everywhere, naming, secretFieldsOf, sixteen } from './naming.ts';
import { authored, editor, modelDeployment, variables } from './people.ts';

const mayGet = (...resourceNames: string[]): Rule => ({
  apiGroups: [''],
  resources: ['secrets'],
  resourceNames,
  verbs: ['get'],
});

/** Drivers themselves go only to those who may have every Secret. */
const withoutDrivers = Object.entries(naming).filter(([field]) => !field.includes('csi'));

let cluster: GuardedCluster;
const namespaceWith = async (...rules: readonly Rule[]) => cluster.namespaceWith(editor, ...rules);

beforeAll(async () => {
  cluster = await GuardedCluster.start();
}, 900_000);

afterAll(async () => cluster?.stop());

describe.each(authored)('Secrets that $main names, with no operator running', (kind) => {
  const { plural, object, main, right, workloads, changed } = kind;

  it('are refused to an author who may neither read them nor mount them, with the command that shows it', async () => {
    const namespace = await namespaceWith();

    const want =
      `${main}.env[VARIABLE_0].secretKeyRef: Secret "db" goes only to those who may read it or create ${right} in namespace ` +
      `"${namespace}", and user "author" may do neither. Ask an administrator of the namespace for one of these rights; to see ` +
      `whether you have it: \`kubectl auth can-i get secrets/db --namespace ${namespace}\``;
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

  it('are asked about in every field of the schema that can name one', () => {
    expect(
      Object.keys(naming)
        .map((field) => `${main}.${field}`)
        .toSorted(),
    ).toEqual(secretFieldsOf(plural).toSorted());
  });

  it.each(withoutDrivers)('are refused by whichever field, and the field is named: %s', async (_field, way) => {
    const namespace = await namespaceWith();
    const { called, options } = way;

    expect(await cluster.create(namespace, object([], options('db')), 'author')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining(`${main}.${called}: Secret "db" goes only to those`) },
    });
  });

  it.each(withoutDrivers)('are given by %s to an author who may get them', async (_field, { options }) => {
    const namespace = await namespaceWith(mayGet('db'));
    expect(await cluster.create(namespace, object([], options('db')), 'author')).toMatchObject({ status: 201 });
  });

  it('may be sixteen in all fields together, each of which is looked up once, within the cost limits', async () => {
    const namespace = await namespaceWith(mayGet(...sixteen));

    expect(await cluster.create(namespace, object([], everywhere(sixteen)), 'author')).toMatchObject({ status: 201 });
  });

  it('are all looked up: the last one that may not be read is named', async () => {
    const namespace = await namespaceWith(mayGet(...sixteen.slice(0, -1)));

    expect(await cluster.create(namespace, object([], everywhere(sixteen)), 'author')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining(`${main}.env[VARIABLE_15].secretKeyRef: Secret "secret-15"`) },
    });
  });

  it.each(Object.entries(naming))(
    'are refused by whichever field to whoever may have each, if they are more than sixteen: %s',
    async (_field, { called, options }) => {
      const namespace = await namespaceWith(workloads);
      const one = options('vault') as { readonly env?: readonly object[] };
      const many = object([], { ...one, env: [...variables(sixteen), ...(one.env ?? [])] });

      const want =
        `${main}.${called}: Secret "vault" is one too many: all fields of an object together may name 16 different ` +
        'Secrets. Name fewer; one Secret may hold many keys';
      expect(await cluster.create(namespace, many, 'author')).toMatchObject({
        status: 422,
        body: { message: expect.stringContaining(want) },
      });
    },
  );

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
