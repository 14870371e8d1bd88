import { describe, expect, it } from '@jest/globals';
import type { ModelDeploymentSpec } from '../../api/types.ts';
import { artifact, canary, modelDeployment, server } from '../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { ServingWorld } from '../../../test/simulate/modeldeployment.ts';
import { serving } from '../../../test/simulate/rollout.ts';

describe('Without a stable revision', () => {
  it('the target is deployed at full capacity, without steps, and is stable when it is ready', async () => {
    const world = await serving();
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, replicas: 4, readyReplicas: 4 });
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(world.parent.status?.weight).toBeUndefined();
  });

  it('a missing run is the user’s move: Stalled, with the next command', async () => {
    const world = new ServingWorld(modelDeployment());
    await world.pass(1);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'TrainingRunNotFound' });
    expect(world.condition('Stalled')?.message).toContain('`kubectl -n team get trainingruns`');
    expect(world.names('Service')).toEqual([]);
  });

  it('a server that crashes is shown, not rejected, since nothing better is known', async () => {
    const world = new ServingWorld(modelDeployment());
    world.behaviours.set('fraud-1', 'Crashes');
    world.register(1);
    await world.pass(60);
    expect(world.condition('Stalled')).toMatchObject({ reason: 'CrashLooping' });
    expect(world.parent.status?.rejected).toBeUndefined();
    world.register(2);
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it.each<[string, ModelDeploymentSpec['model']]>([
    ['followed', { trainingRunRef: { name: 'fraud' } }],
    ['pinned', { versionRef: { name: 'fraud-1' } }],
  ])('a %s version that is deleted while its pods start becomes stable all the same', async (_, model) => {
    const world = new ServingWorld(modelDeployment({ spec: { model } }));
    world.register(1);
    await world.pass(2);
    expect(world.parent.status?.candidate?.version).toBe('fraud-1');
    world.remove('ModelVersion', 'fraud-1');
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  });

  it('a version that is deleted while its pods start gives way to one that is left', async () => {
    const world = new ServingWorld(modelDeployment());
    world.register(1);
    world.register(2);
    await world.pass(2);
    world.remove('ModelVersion', 'fraud-2');
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });

  it('with 0 replicas nothing is promoted unseen', async () => {
    const world = new ServingWorld(modelDeployment({ spec: { replicas: 0 } }));
    world.register(1);
    await world.pass(20);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'ScaledToZero' });
    world.scale(1);
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });
});

describe('With the target stable', () => {
  it('nothing is written any more, however long it serves and however pods change without changing readiness', async () => {
    const world = await serving();
    const before = { ...world.requests };
    await world.pass(600);
    expect(world.requests).toEqual(before);
  });

  it('an autoscaler’s number reaches the Deployment, down to zero and back', async () => {
    const world = await serving();
    world.scale(0);
    await world.pass(20);
    expect(world.ready()).toBe(0);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'ScaledToZero' });
    world.scale(2);
    await world.pass(20);
    expect(world.ready()).toBe(2);
  });

  it('more pods are declared: what serves stays Ready, and Reconciling says Scaling until they are there', async () => {
    const world = await serving({ replicas: 2 });
    world.everySecond = () => expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    world.scale(5);
    await world.pass(10);
    expect(world.condition('Reconciling')).toMatchObject({
      reason: 'Scaling',
      message: 'Pods get ready until 5 serve, as spec.replicas says.',
    });
    expect(world.parent.status?.reachedReplicas).toBe(2);
    await world.pass(20);
    expect(world.condition('Reconciling')).toBeUndefined();
    expect(world.parent.status?.reachedReplicas).toBe(5);
  });

  it('more pods are declared than there is room for: Blocked says so, and Ready stays True', async () => {
    const world = await serving({ replicas: 2 });
    world.room = 3;
    world.scale(5);
    await world.pass(60);
    expect(world.condition('Ready')?.status).toBe('True');
    expect(world.condition('Blocked')?.reason).toBe('Unschedulable');
    world.unready(2);
    await world.pass(1);
    expect(world.condition('Ready')?.status).toBe('False');
  });

  it('what somebody deleted is created again, and what somebody scaled is scaled back', async () => {
    const world = await serving();
    const [deployment = ''] = world.names('Deployment');
    world.remove('Deployment', deployment);
    world.remove('Service', 'fraud');
    world.remove('PodDisruptionBudget', 'fraud');
    await world.pass(20);
    expect(world.ready()).toBe(4);
    expect(world.names('Service')).toContain('fraud');
    expect(world.names('PodDisruptionBudget')).toEqual(['fraud']);
    world.scaleByHand(deployment, 1);
    await world.pass(20);
    expect(world.ready()).toBe(4);
  });

  it('a newer version with the same artifact changes the name only', async () => {
    const world = await serving();
    world.register(2, artifact(1));
    await world.pass(5);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.deployments()).toHaveLength(1);
  });

  it('a newer version with the same artifact and another profile is rolled out, so that observer and Monitors agree', async () => {
    const signals = [{ name: 'amount', from: 'Request', pointer: '', type: 'Category' }] as const;
    const world = await serving({ observe: { signals: [...signals] } });
    const profile = { amount: { categories: { a: '0.5' } } };
    world.register(2, { ...artifact(1), profile });
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    const observers = world.deployments().map(({ spec }) => spec?.template.spec?.initContainers?.[0]?.env?.[0]?.value);
    expect(observers.map((text) => JSON.parse(text ?? '{}').profile)).toEqual([{}, profile]);
  });

  it('the first version of its run made again is rolled out, whatever its name, and its rejection is not told for ever', async () => {
    const world = await serving({});
    world.register(2, { trainingRunUID: 'first' });
    await world.pass(40);
    world.reject('latency');
    await world.pass(40);
    expect(world.condition('Ready')?.reason).toBe('RolledBack');
    world.register(1, { uri: 'pvc://models/again', digest: 'sha256:again', trainingRunUID: 'second' }, world.now);
    await world.pass(40);
    expect(world.parent.status?.stable).toMatchObject({ version: 'fraud-1', trainingRunUID: 'second' });
    expect(world.condition('Ready')?.reason).toBe('Serving');
  });

  it('the deletion of its ModelVersion and its run changes nothing', async () => {
    const world = await serving();
    const before = world.parent.status;
    world.remove('ModelVersion', 'fraud-1');
    await world.pass(5);
    expect(world.parent.status).toEqual(before);
  });

  it('one pod in four that is unready for a moment does not make it unready', async () => {
    const world = await serving();
    world.unready(1);
    await world.pass(1);
    expect(world.condition('Ready')?.status).toBe('True');
    world.unready(2);
    await world.pass(1);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'PodsNotReady' });
    expect(world.condition('Reconciling')?.status).toBe('True');
  });
});

describe('Objects that stand in the way', () => {
  it('a foreign Deployment of the revision’s name is left alone and named in a condition', async () => {
    const known = await serving();
    const [name = ''] = known.names('Deployment');
    const world = new ServingWorld(modelDeployment({ spec: { rollout: canary } }));
    world.put({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'team', uid: 'foreign' } });
    world.register(1);
    await world.pass(3);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'NameConflict' });
    expect(world.condition('Stalled')?.message).toContain(`kubectl -n team delete deployment ${name}`);
  });

  it('a Deployment that is lost after an edit lets the target take over at once', async () => {
    const world = await serving();
    const [name = ''] = world.names('Deployment');
    world.edit({ server: { ...server, image: 'registry/server:2' } });
    await world.pass(1);
    world.remove('Deployment', name);
    await world.pass(20);
    expect(world.ready()).toBe(4);
    expect(world.parent.status?.stable?.revision).not.toBe(name.slice('fraud-'.length));
  });

  it('a version that another run registered under the same prefix is not followed', async () => {
    const world = await serving();
    world.put(modelVersion(9, { ...artifact(9), trainingRun: 'fraud-b' }));
    await world.pass(5);
    expect(world.parent.status?.candidate).toBeUndefined();
  });
});
