import { describe, expect, it } from '@jest/globals';
import type { ModelDeploymentSpec } from '../api/index.ts';
import { artifact, canary, modelDeployment, server } from '../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../test/builders/modelversion.ts';
import { ServingWorld } from '../../test/simulate/modeldeployment.ts';

const errors = { name: 'errors', errors: {}, max: '0.01' };
const watched = { observe: {}, rollout: { ...canary, analysis: [errors] } };

/** A world in which version 1 serves on 4 pods. */
async function serving(spec: Parameters<ServingWorld['edit']>[0] = { rollout: canary }): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment({ spec }));
  world.register(1);
  await world.pass(10);
  expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  return world;
}

/** And in which version 2 has reached its first step. */
async function inFirstStep(spec?: Parameters<ServingWorld['edit']>[0]): Promise<ServingWorld> {
  const world = await serving(spec);
  world.register(2);
  await world.pass(10);
  expect(world.parent.status).toMatchObject({ candidate: { version: 'fraud-2', step: 0 }, weight: 25 });
  return world;
}

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
    expect(world.condition('Stalled')?.message).toContain('kubectl get trainingruns -n team');
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
    await world.pass(10);
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
    await world.pass(10);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  });

  it('a version that is deleted while its pods start gives way to one that is left', async () => {
    const world = new ServingWorld(modelDeployment());
    world.register(1);
    world.register(2);
    await world.pass(2);
    world.remove('ModelVersion', 'fraud-2');
    await world.pass(10);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });

  it('with 0 replicas nothing is promoted unseen', async () => {
    const world = new ServingWorld(modelDeployment({ spec: { replicas: 0 } }));
    world.register(1);
    await world.pass(10);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'ScaledToZero' });
    world.scale(1);
    await world.pass(10);
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
    await world.pass(10);
    expect(world.ready()).toBe(0);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'ScaledToZero' });
    world.scale(2);
    await world.pass(10);
    expect(world.ready()).toBe(2);
  });

  it('what somebody deleted is created again, and what somebody scaled is scaled back', async () => {
    const world = await serving();
    const [deployment = ''] = world.names('Deployment');
    world.remove('Deployment', deployment);
    world.remove('Service', 'fraud');
    world.remove('PodDisruptionBudget', 'fraud');
    await world.pass(10);
    expect(world.ready()).toBe(4);
    expect(world.names('Service')).toContain('fraud');
    expect(world.names('PodDisruptionBudget')).toEqual(['fraud']);
    world.scaleByHand(deployment, 1);
    await world.pass(10);
    expect(world.ready()).toBe(4);
  });

  it('a newer version with the same artifact changes the name only', async () => {
    const world = await serving();
    world.register(2, artifact(1));
    await world.pass(5);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.deployments()).toHaveLength(1);
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

describe('A candidate', () => {
  it('holds its step from the moment the weight was reached, however slowly it started', async () => {
    const world = await serving();
    world.startsIn = 300;
    world.register(2);
    await world.pass(302);
    expect(world.parent.status?.candidate?.weightSince).toBeUndefined();
    await world.pass(10);
    expect(world.parent.status?.candidate).toMatchObject({ step: 0, weightSince: '2026-11-24T10:05:13Z' });
    world.startsIn = 5;
    await world.pass(50);
    expect(world.parent.status?.candidate?.step).toBe(0);
    await world.pass(10);
    expect(world.parent.status?.candidate?.step).toBe(1);
  });

  it('lets a newer version wait', async () => {
    const world = await inFirstStep();
    world.register(3);
    await world.pass(30);
    expect(world.parent.status?.candidate?.version).toBe('fraud-2');
    await world.pass(400);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-3' }, previous: { version: 'fraud-2' } });
    expect(world.deployments()).toHaveLength(2);
  });

  it('gives way to a newer version when it is blocked', async () => {
    const world = await serving();
    world.room = 4;
    world.register(2);
    await world.pass(5);
    expect(world.condition('Blocked')?.reason).toBe('Unschedulable');
    world.register(3);
    await world.pass(5);
    expect(world.parent.status?.candidate?.version).toBe('fraud-3');
    expect(world.parent.status?.rejected).toBeUndefined();
  });

  it('gives way to an edit of the spec', async () => {
    const world = await inFirstStep();
    world.edit({ server: { ...server, image: 'registry/server:2' } });
    await world.pass(1);
    expect(world.parent.status?.candidate).toMatchObject({ version: 'fraud-2', step: 0 });
    await world.pass(20);
    expect(world.deployments()).toHaveLength(2);
    expect(world.ready()).toBe(4);
  });

  it('goes when its version is deleted', async () => {
    const world = await inFirstStep();
    world.remove('ModelVersion', 'fraud-2');
    await world.pass(10);
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(world.deployments()).toHaveLength(1);
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('that crashes is rejected and not tried again; what serves stays Ready', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    await world.pass(120);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'CrashLooping' }]);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
    expect(world.condition('Reconciling')).toBeUndefined();
    expect(world.deployments()).toHaveLength(1);
  });

  it('of an edit that crashes leaves the spec unserved: not Ready, Stalled, and the old one serves', async () => {
    const world = await serving({ model: { versionRef: { name: 'fraud-1' } } });
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    world.edit({ model: { versionRef: { name: 'fraud-2' } } });
    await world.pass(120);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'RevisionRejected' });
    expect(world.condition('Stalled')?.status).toBe('True');
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('that never gets ready is rejected after half an hour, without anything else happening', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'Deaf');
    world.register(2);
    await world.pass(1830);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'NeverReady' }]);
  });

  it('whose image cannot be pulled waits for the user, and goes on when it can', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'ImageMissing');
    world.register(2);
    await world.pass(60);
    expect(world.condition('Stalled')).toMatchObject({ reason: 'ImagePullFailed' });
    expect(world.parent.status?.rejected).toBeUndefined();
    world.behaviours.set('fraud-2', 'Works');
    await world.pass(240);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('that a Monitor rejects goes', async () => {
    const world = await inFirstStep();
    world.reject('drift', world.parent.status?.candidate?.revision);
    await world.pass(10);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'RejectedByMonitor' }]);
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('keeps its step when an autoscaler changes the capacity: the counts follow', async () => {
    const world = await inFirstStep();
    world.scale(8);
    await world.pass(10);
    expect(world.parent.status).toMatchObject({ candidate: { step: 0 }, weight: 25 });
    expect([world.ready('fraud-1'), world.ready('fraud-2')]).toEqual([6, 2]);
  });

  it('waits at 0 replicas and holds its step anew afterwards', async () => {
    const world = await inFirstStep();
    world.scale(0);
    await world.pass(600);
    expect(world.condition('Reconciling')?.reason).toBe('ScaledToZero');
    world.scale(4);
    await world.pass(50);
    expect(world.parent.status?.candidate?.step).toBe(0);
  });

  it('without steps is deployed beside the stable one and promoted when it is ready', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(6);
    expect(world.ready()).toBe(4);
    await world.pass(5);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.ready('fraud-1')).toBe(0);
  });
});

describe('The analysis of a candidate', () => {
  it('without data holds for as long as there is none', async () => {
    const world = await inFirstStep(watched);
    await world.pass(900);
    expect(world.parent.status?.candidate?.step).toBe(0);
    expect(world.condition('Reconciling')).toMatchObject({ reason: 'TooFewSamples' });
  });

  it('with Prometheus away holds and says so', async () => {
    const world = await inFirstStep(watched);
    world.metrics = { away: true };
    await world.pass(120);
    expect(world.condition('Reconciling')).toMatchObject({ reason: 'PrometheusUnavailable' });
    expect(world.condition('Reconciling')?.message).toContain('connection refused');
    world.metrics = { requests: 500 };
    await world.pass(300);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('fails early, before the hold is over', async () => {
    const world = await inFirstStep(watched);
    world.metrics = { requests: 500, errors: 0.5 };
    await world.pass(20);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'AnalysisFailed' }]);
    expect(world.parent.status?.rejected?.[0]?.message).toContain(
      '0.5 of the requests ended in an error, but max is 0.01',
    );
  });

  it('asks Prometheus at intervals only, and not at all without a candidate', async () => {
    const world = await serving(watched);
    world.metrics = { requests: 500 };
    await world.pass(60);
    expect(world.requests.queries).toBe(0);
    world.register(2);
    await world.pass(200);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.requests.queries).toBeLessThanOrEqual(2 * (180 / 15 + 2));
  });

  it('records how many requests it has seen', async () => {
    const world = await inFirstStep(watched);
    world.metrics = { requests: 512.7 };
    await world.pass(16);
    expect(world.parent.status?.candidate?.samples).toBe(512);
  });
});

describe('A rejection of what serves', () => {
  it('brings the previous revision back without an instant of less capacity, by one step only', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(20);
    world.everySecond = () => expect(world.ready()).toBeGreaterThanOrEqual(4);
    world.reject('latency');
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    world.reject('latency');
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'ServingRejected' });
    world.register(3);
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-3');
  });

  it('is not delayed by steps or analysis', async () => {
    const world = await serving(watched);
    world.metrics = { requests: 500 };
    world.register(2);
    await world.pass(240);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    world.metrics = {};
    world.reject('latency');
    await world.pass(10);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
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
    expect(world.condition('Stalled')?.message).toContain(`kubectl -n team get deployments ${name}`);
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
