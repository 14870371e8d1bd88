/** What one asks the operator for that he may not do himself. No operator runs here. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GuardedCluster, type Rule } from './cluster.ts';
import { editor, modelDeployment, monitor } from './people.ts';

let cluster: GuardedCluster;

beforeAll(async () => {
  cluster = await GuardedCluster.start(['clusterrole-aggregation-controller']);
}, 900_000);

afterAll(async () => cluster?.stop());

describe('a Monitor', () => {
  const writesMonitors: Rule = { ...editor, resources: ['monitors'] };
  const retrain = { retrain: { trainingRunRef: { name: 'wine' }, onChecks: ['errors'] } };
  const rollback = { rollback: { onChecks: ['errors'] } };
  const mayPatch = (resource: string, name: string): Rule => ({
    apiGroups: ['flyball.dev'],
    resources: [resource],
    resourceNames: [name],
    verbs: ['patch'],
  });

  it.each([
    {
      does: 'trains',
      field: 'retrain',
      action: retrain,
      object: 'TrainingRun "wine"',
      right: 'trainingruns.flyball.dev/wine',
    },
    {
      does: 'rolls back',
      field: 'rollback',
      action: rollback,
      object: 'ModelDeployment "fraud"',
      right: 'modeldeployments.flyball.dev/fraud',
    },
  ])('that $does is refused to an author who may not patch what it is done to', async (row) => {
    const namespace = await cluster.namespaceWith(writesMonitors);

    const want =
      `spec.${row.field} ${row.does} ${row.object}, and user "author" may not patch it in namespace "${namespace}". Leave ` +
      `spec.${row.field} out, so that the Monitor only tells what it sees, or ask an administrator of the namespace for the verb ` +
      `patch on ${row.right.split('/')[0]}; to see whether you have it: \`kubectl -n ${namespace} auth can-i patch ${row.right}\``;
    expect(await cluster.create(namespace, monitor(row.action), 'author')).toMatchObject({
      status: 403,
      body: { reason: 'Forbidden', message: expect.stringContaining(want) },
    });
    await cluster.made(namespace, monitor(), 'author');
    expect(await cluster.patch(namespace, monitor(), { spec: row.action }, 'author')).toMatchObject({ status: 403 });
  });

  it('that trains and rolls back is written by who may patch these two, and by the role edit', async () => {
    const named = [mayPatch('trainingruns', 'wine'), mayPatch('modeldeployments', 'fraud')];
    const both = monitor({ ...retrain, ...rollback });

    expect(await cluster.create(await cluster.namespaceWith(writesMonitors, ...named), both, 'author')).toMatchObject({
      status: 201,
    });
    expect(await cluster.create(await cluster.namespaceWithRole('edit'), both, 'author')).toMatchObject({
      status: 201,
    });
  });

  it('that another one wrote gets no new check by which it would train, but a label and its end', async () => {
    const namespace = await cluster.namespaceWith(writesMonitors);
    await cluster.made(namespace, monitor(retrain), 'admin');

    const always = { spec: { checks: [{ name: 'errors', errors: {}, max: 0 }] } };
    expect(await cluster.patch(namespace, monitor(), always, 'author')).toMatchObject({ status: 403 });
    const labels = { metadata: { labels: { team: 'a' } } };
    expect(await cluster.patch(namespace, monitor(), labels, 'author')).toMatchObject({ status: 200 });
    expect(await cluster.patch(namespace, monitor(), { spec: { retrain: null } }, 'author')).toMatchObject({
      status: 200,
    });
  });
});

describe('the approval of a revision', () => {
  const mayApprove: Rule = { apiGroups: ['flyball.dev'], resources: ['modeldeployments'], verbs: ['approve'] };
  const steered = (rollout: object | null) => ({ spec: { rollout } });
  const approved = { approval: 'Required', approvedRevision: '0a1b2c3d' };
  const required = modelDeployment([], {}, { approval: 'Required' });

  it('is refused to an author who may edit and not approve, with the command that shows it', async () => {
    const namespace = await cluster.namespaceWith(editor);
    await cluster.made(namespace, required, 'author');

    const want =
      `spec.rollout.approvedRevision is "0a1b2c3d", and user "author" may not approve ModelDeployments in namespace "${namespace}". ` +
      'Ask somebody who may, or an administrator of the namespace for the verb approve on modeldeployments.flyball.dev; to see ' +
      `whether you have it: kubectl -n ${namespace} auth can-i approve modeldeployments.flyball.dev/fraud`;
    expect(await cluster.patch(namespace, required, steered(approved), 'author')).toMatchObject({
      status: 403,
      body: { reason: 'Forbidden', message: expect.stringContaining(want) },
    });
  });

  it('is refused to such an author as part of a new object, whatever its name and whoever gives it one', async () => {
    const namespace = await cluster.namespaceWith(editor, { ...mayApprove, resourceNames: ['other'] });
    const created = modelDeployment([], {}, approved);
    const unnamed = { ...created, metadata: { generateName: 'other' } };
    const path = await cluster.path(namespace, created);
    const applying = { user: 'author', body: created, contentType: 'application/apply-patch+yaml' } as const;

    expect(await cluster.create(namespace, created, 'author')).toMatchObject({ status: 403 });
    expect(await cluster.create(namespace, unnamed, 'author')).toMatchObject({ status: 403 });
    expect(await cluster.environment.request('PATCH', `${path}?fieldManager=a`, applying)).toMatchObject({
      status: 403,
    });
  });

  it('is refused to such an author together with the end of its need, as is that alone and with the whole rollout', async () => {
    const namespace = await cluster.namespaceWith(editor);
    await cluster.made(namespace, required, 'author');

    for (const rollout of [null, { approval: null }, { approval: null, approvedRevision: '0a1b2c3d' }]) {
      expect(await cluster.patch(namespace, required, steered(rollout), 'author')).toMatchObject({ status: 403 });
    }
    const path = await cluster.path(namespace, required);
    const { body } = await cluster.environment.request('GET', path);
    const { rollout: _, ...spec } = (body as typeof required).spec;
    const whole = { ...(body as typeof required), spec };
    expect(await cluster.environment.request('PUT', path, { user: 'author', body: whole })).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('spec.rollout.approval may be taken away only by who may approve') },
    });
  });

  it('leaves such an author all else: to require it, pause, abort, edit the server and take an approval back', async () => {
    const namespace = await cluster.namespaceWith(editor);
    await cluster.made(namespace, modelDeployment([], {}, approved), 'admin');

    for (const rollout of [{ paused: true }, { abortedRevision: '0a1b2c3d' }, { approvedRevision: null }]) {
      expect(await cluster.patch(namespace, required, steered(rollout), 'author')).toMatchObject({ status: 200 });
    }
    const server = { spec: { server: { image: 'serve:2' } } };
    expect(await cluster.patch(namespace, required, server, 'author')).toMatchObject({ status: 200 });
    expect(await cluster.patch(namespace, required, steered(approved), 'author')).toMatchObject({ status: 403 });
  });

  it('is given by whoever has the verb, be it for this deployment alone', async () => {
    const namespace = await cluster.namespaceWith(editor, { ...mayApprove, resourceNames: ['fraud'] });
    await cluster.made(namespace, required, 'author');

    expect(await cluster.patch(namespace, required, steered(approved), 'author')).toMatchObject({ status: 200 });
    expect(await cluster.patch(namespace, required, steered({ approval: null }), 'author')).toMatchObject({
      status: 200,
    });
  });
});
