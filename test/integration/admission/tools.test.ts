/** Helm, what keeps objects in Git, and backups, under the policies. No operator runs here. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import { applied } from '../apply.ts';
import { renderChart } from '../chart.ts';
import { modelVersion } from '../objects.ts';
import { GuardedCluster, type Rule } from './cluster.ts';
import { job, ownedBy, pod, trainingLabels } from './objects.ts';
import { editor, modelDeployment, monitor, trainingRun } from './people.ts';

let cluster: GuardedCluster;

beforeAll(async () => {
  cluster = await GuardedCluster.start();
}, 900_000);

afterAll(async () => cluster?.stop());

describe('helm upgrade', () => {
  it('applies all objects of the chart again while its policies are in effect', async () => {
    const { helm } = await ensureBinaries(['helm']);

    for (const object of renderChart(helm, ['logLevel=debug'])) {
      const { status } = await applied(cluster.environment, object);
      expect([object.kind, object.metadata.name, status]).toEqual([
        object.kind,
        object.metadata.name,
        expect.any(Number),
      ]);
      expect(status).toBeLessThan(300);
    }
  }, 60_000);
});

describe('a program that applies what is in Git, with the rights of the role edit', () => {
  it('applies runs, deployments and Monitors with its own labels, and applies them again', async () => {
    const namespace = await cluster.namespaceWith(editor);
    const actions = { retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['errors'] } };
    const labels = { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'fraud' };

    for (const object of [trainingRun(), modelDeployment(), monitor(actions)]) {
      const inGit = { ...object, metadata: { ...object.metadata, namespace, labels } };
      expect(await applied(cluster.environment, inGit, { user: 'author' })).toMatchObject({ status: 201 });
      expect(await applied(cluster.environment, inGit, { user: 'author' })).toMatchObject({ status: 200 });
    }
  });
});

describe('a restore from a backup', () => {
  const restorer: Rule = {
    apiGroups: ['flyball.dev', 'batch'],
    resources: ['*'],
    verbs: ['get', 'create', 'update', 'patch', 'restore'],
  };

  it('by who may restore brings versions and statuses back, and leaves what the operator makes again', async () => {
    const namespace = await cluster.namespaceWith(restorer);
    const version = { ...modelVersion(), metadata: { name: 'fraud-1', labels: trainingLabels } };
    const status = { status: { observedGeneration: 1, latestAttempt: 'fraud-1' } };

    expect(await cluster.create(namespace, version, 'author')).toMatchObject({ status: 201 });
    expect(await cluster.create(namespace, trainingRun(), 'author')).toMatchObject({ status: 201 });
    expect(await cluster.patch(namespace, trainingRun(), status, 'author', '/status')).toMatchObject({ status: 200 });
    expect(await cluster.create(namespace, job(trainingLabels), 'author')).toMatchObject({
      status: 403,
      body: {
        message: expect.stringContaining('A backup is restored without these objects, since Flyball makes them again.'),
      },
    });
  });
});

describe('a cluster whose own controllers have unusual accounts', () => {
  it('has the pods of Flyball made by those that the chart is told', async () => {
    const unusual = await GuardedCluster.start([], ['admission.provenance.controllers={my:controllers}']);
    try {
      const ofJob = (name: string) => ownedBy('batch/v1', 'Job', pod(trainingLabels, name));
      for (const as of ['my:controllers', 'other:controllers']) await unusual.allow(as);

      expect(await unusual.create('default', ofJob('a'), { as: 'my:controllers' })).toMatchObject({ status: 201 });
      expect(await unusual.create('default', ofJob('b'), { as: 'other:controllers' })).toMatchObject({ status: 403 });
    } finally {
      await unusual.stop();
    }
  }, 120_000);
});
