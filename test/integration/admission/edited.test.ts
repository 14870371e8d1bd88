/** What is refused here is refused with the operator stopped: nothing but the API server runs. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { attemptAnnotation, jobController, label } from '../../../src/api/labels.ts';
import { GuardedCluster, type Sent } from './cluster.ts';
import {
  controller,
  deployment,
  disruptionBudget,
  everything,
  job,
  ownedBy,
  pod,
  replicaSet,
  service,
  servingLabels,
  trainingLabels,
} from './objects.ts';

let cluster: GuardedCluster;
let namespace: string;

const run = (object: Sent) => ownedBy('flyball.dev/v1alpha1', 'TrainingRun', object);
const server = (object: Sent) => ownedBy('flyball.dev/v1alpha1', 'ModelDeployment', object);
const annotated = (object: Sent): Sent => ({
  ...object,
  metadata: { ...object.metadata, annotations: { [attemptAnnotation]: '{}' } },
});

const ours = {
  Job: annotated(run(job(trainingLabels))),
  Deployment: server(deployment(servingLabels)),
  Service: server(service(servingLabels)),
  PodDisruptionBudget: server(disruptionBudget(servingLabels)),
  ReplicaSet: ownedBy('apps/v1', 'Deployment', replicaSet(servingLabels)),
  Pod: ownedBy('batch/v1', 'Job', pod(trainingLabels)),
};
type Ours = keyof typeof ours;
const kinds = Object.keys(ours) as Ours[];

const edit = async (kind: Ours, body: object, subresource = '') =>
  cluster.patch(namespace, ours[kind], body, 'author', subresource);
const labelled = (labels: object) => ({ metadata: { labels } });
const ofPods = (metadata: object) => ({ spec: { template: { metadata } } });

beforeAll(async () => {
  cluster = await GuardedCluster.start();
  namespace = await cluster.namespaceWith(everything);
  const makers = { ReplicaSet: controller('deployment-controller'), Pod: controller('job-controller') };
  for (const kind of kinds) {
    await cluster.made(namespace, ours[kind], kind === 'ReplicaSet' || kind === 'Pod' ? makers[kind] : 'operator');
  }
}, 900_000);

afterAll(async () => cluster?.stop());

describe('a person who may edit all that Flyball made', () => {
  it.each(kinds)('changes no label of a %s by which Flyball knows it, and takes none away', async (kind) => {
    const parent = kind === 'Job' || kind === 'Pod' ? 'trainingruns' : 'modeldeployments';
    for (const [key, value] of [
      [label.managedBy, null],
      [label.managedBy, 'mine'],
      [label.attempt, 'fraud-9'],
      [label.revision, 'ffffffff'],
      ['flyball.dev/more', 'a'],
    ] as const) {
      const { status, body } = await edit(kind, labelled({ [key]: value }));
      expect([key, status]).toEqual([key, 403]);
      expect(body).toMatchObject({
        message: expect.stringMatching(
          `the label "${key}" says for what it was made, .*\`kubectl -n ${namespace} edit ${parent}.flyball.dev fraud\``,
        ),
      });
    }
  });

  it.each(kinds)('changes no annotation of a %s that is a record, in whatever way', async (kind) => {
    const body = { metadata: { annotations: { [attemptAnnotation]: '{"nodes":2}' } } };

    const want = {
      status: 403,
      body: { message: expect.stringContaining(`the annotation "${attemptAnnotation}" is a record of Flyball`) },
    };
    expect(await edit(kind, body)).toMatchObject(want);
    expect(await edit(kind, { ...body, status: {} }, '/status')).toMatchObject(want);
  });

  it.each(kinds)('gives a %s no other owner, and takes none away', async (kind) => {
    const [owner] = (ours[kind].metadata as { ownerReferences: object[] }).ownerReferences;
    const other = { ...owner, uid: 'c7e6d2a0-0000-4000-8000-000000000000' };

    for (const ownerReferences of [[], [other], [owner, { ...other, controller: false }]]) {
      expect(await edit(kind, { metadata: { ownerReferences } })).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining('metadata.ownerReferences say for what Flyball made it') },
      });
    }
  });

  it('is refused by server-side apply and by a whole update, too', async () => {
    const path = `/apis/batch/v1/namespaces/${namespace}/jobs/job`;
    const body = { apiVersion: 'batch/v1', kind: 'Job', ...labelled({ [label.attempt]: 'fraud-9' }) };
    const contentType = 'application/apply-patch+yaml';
    const current = (await cluster.environment.request('GET', path)).body as Sent;
    const whole = { ...current, metadata: { ...current.metadata, labels: { team: 'a' } } };

    const applying = { user: 'author', body, contentType } as const;
    expect(await cluster.environment.request('PATCH', `${path}?fieldManager=a&force=true`, applying)).toMatchObject({
      status: 403,
    });
    expect(await cluster.environment.request('PUT', path, { user: 'author', body: whole })).toMatchObject({
      status: 403,
    });
  });

  it('has no pods made with other labels, be it from a suspended Job', async () => {
    for (const kind of ['Job', 'Deployment', 'ReplicaSet'] as const) {
      for (const labels of [{ [label.revision]: 'ffffffff' }, { [label.managedBy]: null }]) {
        expect(await edit(kind, ofPods({ labels }))).toMatchObject({
          status: 403,
          body: { message: expect.stringContaining('spec.template.metadata.labels has or had') },
        });
      }
    }
  });

  it('gives a pod no other Job, ReplicaSet or place in a gang', async () => {
    for (const key of [jobController.jobName, 'batch.kubernetes.io/controller-uid', 'pod-template-hash']) {
      expect(await edit('Pod', labelled({ [key]: 'other' }))).toMatchObject({ status: 403 });
    }
    const annotations = { [jobController.completionIndex]: '0' };
    expect(await edit('Pod', { metadata: { annotations } })).toMatchObject({ status: 403 });
  });

  it('changes neither the image of a pod nor from what a ReplicaSet makes them', async () => {
    const made = ours.Pod.spec as { readonly containers: readonly object[] };
    const containers = made.containers.map((container) => ({ ...container, image: 'example.com/evil:1' }));

    expect(await edit('Pod', { spec: { containers } })).toMatchObject({
      status: 403,
      body: {
        message: expect.stringContaining('would be said of the image that it was made with, so its images stay'),
      },
    });
    expect(await edit('ReplicaSet', { spec: { template: { spec: { containers } } } })).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('spec.template is that of a revision of Flyball') },
    });
  });

  it.each(kinds)('labels and annotates a %s for himself', async (kind) => {
    const metadata = { labels: { team: 'a' }, annotations: { 'example.com/note': 'a' } };
    expect(await edit(kind, { metadata })).toMatchObject({ status: 200 });
  });

  it('scales and restarts a Deployment and points a Service elsewhere', async () => {
    const restart = { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-11-30T00:00:00Z' } };

    expect(await edit('Deployment', { spec: { replicas: 3 } }, '/scale')).toMatchObject({ status: 200 });
    expect(await edit('Deployment', ofPods(restart))).toMatchObject({ status: 200 });
    expect(await edit('Service', { spec: { selector: { app: 'other' } } })).toMatchObject({ status: 200 });
  });

  it('deletes what Flyball made', async () => {
    for (const kind of kinds) {
      const made = await cluster.path(namespace, ours[kind]);
      expect(await cluster.environment.request('DELETE', `${made}?dryRun=All`, { user: 'author' })).toMatchObject({
        status: 200,
      });
    }
  });
});

describe('a queue', () => {
  it('admits a suspended Job: it sets where its pods run, labels and annotates them, and lets it go', async () => {
    const metadata = {
      labels: { 'kueue.x-k8s.io/podset': 'main' },
      annotations: { 'kueue.x-k8s.io/workload': 'job-fraud' },
    };
    const template = {
      metadata,
      spec: { nodeSelector: { pool: 'gpu' }, tolerations: [{ key: 'gpu', operator: 'Exists' }] },
    };

    expect(await edit('Job', { spec: { suspend: false, parallelism: 1, template } })).toMatchObject({ status: 200 });
    expect(await edit('Job', { spec: { suspend: true } })).toMatchObject({ status: 200 });
    expect(await edit('Job', { status: { startTime: null } }, '/status')).toMatchObject({ status: 200 });
  });
});

describe('the controllers of the cluster', () => {
  it('collect garbage: they take owners away and let an owner go first', async () => {
    const collector = controller('generic-garbage-collector');
    for (const kind of kinds) {
      const [owner] = (ours[kind].metadata as { ownerReferences: object[] }).ownerReferences;
      const freed = { metadata: { ownerReferences: [{ ...owner, blockOwnerDeletion: false }] } };
      expect(await cluster.patch(namespace, ours[kind], freed, collector)).toMatchObject({ status: 200 });
    }
  });

  it('collect no label', async () => {
    const collector = controller('generic-garbage-collector');
    await cluster.allow(collector.as);

    const body = labelled({ [label.managedBy]: null });
    expect(await cluster.patch(namespace, ours.Service, body, collector)).toMatchObject({ status: 403 });
  });
});
