/** What is refused here is refused with the operator stopped: nothing but the API server runs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { label, managedBy } from '../../../src/api/labels.ts';
import { GuardedCluster, type Sent } from './cluster.ts';
import {
  controller,
  deployment,
  disruptionBudget,
  everything,
  job,
  type Labels,
  ownedBy,
  pod,
  replicaSet,
  service,
  servingLabels,
  trainingLabels,
} from './objects.ts';

let cluster: GuardedCluster;
let namespace: string;

beforeAll(async () => {
  cluster = await GuardedCluster.start();
  namespace = await cluster.namespaceWith(everything);
}, 900_000);

afterAll(async () => cluster?.stop());

type Make = (labels: Labels, name?: string, ofPods?: Labels) => Sent;
const makers: readonly Make[] = [job, deployment, replicaSet, service, disruptionBudget, pod];
const refusal = (...words: readonly string[]) => ({
  status: 403,
  body: { reason: 'Forbidden', message: expect.stringMatching(words.map((word) => RegExp.escape(word)).join('.*')) },
});

describe('what bears a label of Flyball', () => {
  const made = makers.map((make) => ({ kind: make({}).kind, make }));

  it.each(made)('is refused as a $kind that a person makes, with what to write instead', async ({ make, kind }) => {
    const want = refusal(
      `${kind} "forged" has the label "${label.managedBy}"`,
      'user "author" is not its operator. Leave the labels app.kubernetes.io/managed-by=flyball and flyball.dev/… out',
      '`kubectl explain trainingruns.spec`',
    );
    expect(await cluster.create(namespace, make(trainingLabels, 'forged', {}), 'author')).toMatchObject(want);
    expect(await cluster.create(namespace, make(trainingLabels, 'forged'), 'admin')).toMatchObject({ status: 403 });
  });

  it.each(Object.values(label))('is refused if %s is its only one, whatever it is', async (key) => {
    const labels = { [key]: key === label.managedBy ? managedBy : 'fraud' };
    for (const make of makers) {
      expect(await cluster.create(namespace, make(labels, 'forged'), 'author')).toMatchObject({ status: 403 });
    }
  });

  it.each(made)('is no $kind that a person puts the label on afterwards', async ({ make, kind }) => {
    const object = make({}, `plain-${kind.toLowerCase()}`);
    await cluster.made(namespace, object, 'author');

    for (const key of Object.values(label)) {
      const metadata = { labels: { [key]: key === label.managedBy ? managedBy : 'fraud' } };
      const want = refusal(`${kind} "plain-`, `: the label "${key}" says for what it was made`);
      expect(await cluster.patch(namespace, object, { metadata }, 'author')).toMatchObject(want);
    }
  });

  it.each([
    { make: job, kind: 'Job' },
    { make: deployment, kind: 'Deployment' },
    { make: replicaSet, kind: 'ReplicaSet' },
  ])('is no pod that the template of a $kind has a controller make', async ({ make, kind }) => {
    const object = make({ team: 'a' }, 'deputy', servingLabels);
    const want = refusal(`${kind} "deputy": spec.template.metadata.labels has or had "${label.managedBy}"`);

    expect(await cluster.create(namespace, object, 'author')).toMatchObject(want);
    expect(await cluster.create(namespace, object, controller('cronjob-controller'))).toMatchObject({ status: 403 });
    const plain = make({}, `deputy-${kind.toLowerCase()}`);
    await cluster.made(namespace, plain, 'author');
    const spec = { template: { metadata: { labels: servingLabels } } };
    expect(await cluster.patch(namespace, plain, { spec }, 'author')).toMatchObject({ status: 403 });
  });

  it('is no pod that a Binding hands its labels on to', async () => {
    const plain = await cluster.made(namespace, pod({}, 'unbound'), 'author');
    const binding = (labels: object) => ({
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'unbound', uid: plain.metadata.uid, labels },
      target: { kind: 'Node', name: 'node' },
    });
    const path = `/api/v1/namespaces/${namespace}/pods/unbound/binding`;
    const bind = async (labels: object) =>
      cluster.environment.request('POST', path, { user: 'author', body: binding(labels) });

    expect(await bind(servingLabels)).toMatchObject(refusal('Binding "unbound" has the label'));
    expect(await bind({ team: 'a' })).toMatchObject({ status: 201 });
    const [bound] = (await cluster.list<Sent>(plain, namespace)).filter(
      ({ metadata }) => 'uid' in metadata && metadata.uid === plain.metadata.uid,
    );
    expect(bound).toMatchObject({ metadata: { labels: { team: 'a' } } });
  });
});

describe('the cost limits of the API server', () => {
  const many = (count: number, prefix: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}/label-number-${index}`, 'a']));

  it('let nothing through that has so many labels of Flyball that asking about each costs much', async () => {
    expect(
      await cluster.create(namespace, pod({ ...trainingLabels, ...many(2_000, 'flyball.dev') }, 'forged'), 'author'),
    ).toMatchObject({ status: 403 });
  });

  it('are not reached by what people make with as many labels as an object can have', async () => {
    expect(
      await cluster.create(namespace, job({ team: 'a' }, 'many', many(20_000, 'example.com')), 'author'),
    ).toMatchObject({
      status: 201,
    });
  }, 60_000);
});

describe('pods with the labels of Flyball', () => {
  const ofJob = (name: string) => ownedBy('batch/v1', 'Job', pod(trainingLabels, name));
  const ofReplicaSet = (name: string) => ownedBy('apps/v1', 'ReplicaSet', pod(servingLabels, name));

  it('are made by the controllers of Jobs and of ReplicaSets, each for its own kind', async () => {
    const [jobs, replicaSets] = [controller('job-controller'), controller('replicaset-controller')];

    expect(await cluster.create(namespace, ofJob('a'), jobs)).toMatchObject({ status: 201 });
    expect(await cluster.create(namespace, ofReplicaSet('b'), replicaSets)).toMatchObject({ status: 201 });
    expect(await cluster.create(namespace, ofReplicaSet('c'), jobs)).toMatchObject({ status: 403 });
    expect(await cluster.create(namespace, ofJob('d'), replicaSets)).toMatchObject({ status: 403 });
    expect(await cluster.create(namespace, pod(trainingLabels, 'e'), jobs)).toMatchObject({ status: 403 });
  });

  it('are made by no other controller of the cluster', async () => {
    for (const name of ['statefulset-controller', 'daemon-set-controller', 'replication-controller']) {
      const set = ownedBy('apps/v1', 'StatefulSet', pod(servingLabels, 'forged'));
      expect(await cluster.create(namespace, set, controller(name))).toMatchObject({ status: 403 });
      expect(await cluster.create(namespace, ofReplicaSet('forged'), controller(name))).toMatchObject({ status: 403 });
    }
  });

  it('are made by the one account of all controllers, where they share it, of what a controller makes', async () => {
    const shared = { as: 'system:kube-controller-manager' };
    await cluster.allow(shared.as);

    expect(await cluster.create(namespace, ofJob('f'), shared)).toMatchObject({ status: 201 });
    expect(await cluster.create(namespace, ofReplicaSet('g'), shared)).toMatchObject({ status: 201 });
    const set = ownedBy('apps/v1', 'StatefulSet', pod(servingLabels, 'h'));
    expect(await cluster.create(namespace, set, shared)).toMatchObject({ status: 403 });
    expect(await cluster.create(namespace, job(trainingLabels, 'of-a-cronjob'), shared)).toMatchObject({ status: 403 });
  });

  it('are refused to a person with whatever owner', async () => {
    expect(await cluster.create(namespace, ofJob('forged'), 'author')).toMatchObject({ status: 403 });
    expect(await cluster.create(namespace, ofReplicaSet('forged'), 'admin')).toMatchObject({ status: 403 });
  });
});

describe('the records of Flyball', () => {
  const version: Sent = {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'ModelVersion',
    metadata: { name: 'fraud-1', labels: trainingLabels },
    spec: {
      number: 1,
      trainingRun: 'fraud',
      attemptUID: 'b7e6d2a0-0000-4000-8000-000000000000',
      recipeDigest: 'a1b2c3d4',
      trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
      coversUntil: '2026-11-24T10:00:00Z',
      metrics: { f1: '0.93' },
      image: 'example.com/train:1',
    },
  };
  const restorers = {
    apiGroups: ['flyball.dev'],
    resources: ['modelversions', 'trainingruns', 'monitors', 'modeldeployments'],
    verbs: ['restore'],
  };

  it('are versions that nobody may write who may not restore them', async () => {
    const want = refusal(
      'ModelVersion "fraud-1" would be the record of a training of Flyball, and user "author" may not write one.',
      `\`kubectl -n ${namespace} auth can-i restore modelversions.flyball.dev\``,
    );
    expect(await cluster.create(namespace, version, 'author')).toMatchObject(want);
    expect(await cluster.create(await cluster.namespaceWith(everything, restorers), version, 'author')).toMatchObject({
      status: 201,
    });
    expect(await cluster.create(namespace, version, 'admin', '?dryRun=All')).toMatchObject({ status: 201 });
  });

  it('are versions of which a person changes neither spec nor origin, but labels of his own', async () => {
    await cluster.made(namespace, version, 'operator');

    const change = async (body: object) => cluster.patch(namespace, version, body, 'author');
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'mine', uid: 'b7e6d2a0-0000-4000-8000-000000000000' };
    expect(await change({ metadata: { labels: { team: 'a' } } })).toMatchObject({ status: 200 });
    expect(await change({ metadata: { labels: { [label.trainingRun]: 'wine' } } })).toMatchObject({ status: 403 });
    expect(await change({ metadata: { ownerReferences: [owner] } })).toMatchObject({ status: 403 });
    expect(await change({ spec: { digest: 'a' } })).toMatchObject({ status: 422 });
  });

  it.each([
    { plural: 'trainingruns', object: { kind: 'TrainingRun', spec: { image: 'train' } } },
    {
      plural: 'monitors',
      object: {
        kind: 'Monitor',
        spec: { modelDeploymentRef: { name: 'fraud' }, checks: [{ name: 'e', errors: {}, max: 0.1 }] },
      },
    },
  ])('are statuses of $plural that nobody may write who may not restore them', async ({ plural, object }) => {
    const sent: Sent = { apiVersion: 'flyball.dev/v1alpha1', metadata: { name: 'fraud' }, ...object };
    const forged = { status: { observedGeneration: 7 } };
    const restoring = await cluster.namespaceWith(everything, restorers);
    for (const where of [namespace, restoring]) await cluster.made(where, sent, 'author');

    const want = refusal('its status is what Flyball remembers', `edit ${plural}.flyball.dev fraud\``);
    expect(await cluster.patch(namespace, sent, forged, 'author', '/status')).toMatchObject(want);
    expect(await cluster.patch(restoring, sent, forged, 'author', '/status')).toMatchObject({ status: 200 });
    expect(await cluster.patch(namespace, sent, forged, 'operator', '/status')).toMatchObject({ status: 200 });
  });
});
