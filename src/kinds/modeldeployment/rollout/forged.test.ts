import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import type { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { canary } from '../../../../test/builders/modeldeployment.ts';
import { inFirstStep, serving, watched } from '../../../../test/simulate/rollout.ts';

/** A pod that somebody made, with the labels of a revision, whose server crashes. */
function forge(
  world: ServingWorld,
  revision: string | undefined,
  owners: NonNullable<IPod['metadata']>['ownerReferences'] = [],
) {
  const labels = {
    'app.kubernetes.io/managed-by': 'flyball',
    'flyball.dev/model-deployment': 'fraud',
    'flyball.dev/revision': revision ?? '',
  };
  const main = {
    name: 'main',
    image: 'x',
    imageID: '',
    ready: false,
    restartCount: 5,
    lastState: { terminated: { exitCode: 1 } },
  };
  const pod: IPod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'forged', namespace: 'team', uid: 'uid-forged', labels, ownerReferences: owners ?? [] },
    status: { phase: 'Running', containerStatuses: [{ ...main, state: { waiting: { reason: 'CrashLoopBackOff' } } }] },
  };
  world.put(pod);
}

describe('A pod that somebody gave the labels of a candidate', () => {
  it('has nothing rejected, however it crashes, and is told with the command that takes it away', async () => {
    const world = await inFirstStep();
    forge(world, world.parent.status?.candidate?.revision);
    await world.pass(3600);
    expect(world.parent.status?.rejected).toBeUndefined();
    expect(world.parent.status).toMatchObject({
      stable: { version: 'fraud-1' },
      candidate: { version: 'fraud-2', step: 0 },
    });
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RollingOut' });
    expect(world.condition('Stalled')).toMatchObject({
      reason: 'Forged',
      message: expect.stringContaining('`kubectl -n team delete pod forged`'),
    });
    world.remove('Pod', 'forged');
    await world.pass(400);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.condition('Stalled')).toBeUndefined();
  });

  it('neither promotes nor rejects by what is counted of it, and the step begins anew without it', async () => {
    const world = await inFirstStep(watched);
    forge(world, world.parent.status?.candidate?.revision);
    world.metrics = { requests: 500, errors: 0.5 };
    await world.pass(120);
    world.metrics = { requests: 500 };
    await world.pass(600);
    expect(world.parent.status).toMatchObject({
      stable: { version: 'fraud-1' },
      candidate: { version: 'fraud-2', step: 0 },
    });
    const { candidate: forged } = world.parent.status ?? {};
    expect([forged?.weightSince, forged?.measuredSince]).toEqual([undefined, undefined]);
    world.remove('Pod', 'forged');
    await world.pass(50);
    const { candidate } = world.parent.status ?? {};
    expect(candidate).toMatchObject({ step: 0, weightSince: expect.any(String) });
    expect(candidate?.measuredSince).toBe(candidate?.weightSince);
    await world.pass(300);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('holds up nobody who edits the spec', async () => {
    const world = await inFirstStep();
    forge(world, world.parent.status?.candidate?.revision);
    world.edit({ rollout: { ...canary, abortedRevision: world.parent.status?.candidate?.revision ?? '' } });
    await world.pass(30);
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'Aborted' }]);
  });
});

describe('A pod that somebody gave the labels of a candidate in the place of what serves', () => {
  it.each(['ImageMissing', 'Crashes'] as const)('does not keep that one away for ever: %s', async (behaviour) => {
    const world = await serving({ replicas: 1, rollout: { surge: 'Never' } });
    world.behaviours.set('fraud-2', behaviour);
    world.register(2);
    await world.pass(10);
    forge(world, world.parent.status?.candidate?.revision);
    await world.pass(200);
    expect(world.condition('Stalled')?.reason).toBe('Forged');
    expect(world.ready('fraud-1')).toBe(0);
    await world.pass(200);
    expect(world.ready('fraud-1')).toBe(1);
  });
});

describe('A pod that somebody gave the labels of what serves', () => {
  it('has it neither go back nor be unready, and no Monitor rejects it meanwhile', async () => {
    const world = await serving();
    world.register(2);
    await world.pass(400);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, previous: { version: 'fraud-1' } });
    forge(world, world.parent.status?.stable?.revision);
    world.reject('latency');
    await world.pass(3600);
    expect(world.parent.status?.rejected).toBeUndefined();
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(world.condition('Stalled')?.reason).toBe('Forged');
  });

  it('is not believed for naming a ReplicaSet that nobody has seen', async () => {
    const world = await serving();
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'fraud-x', uid: 'uid-x', controller: true };
    forge(world, world.parent.status?.stable?.revision, [owner]);
    const before = world.parent.status;
    await world.pass(3600);
    expect(world.parent.status).toEqual(before);
  });
});
