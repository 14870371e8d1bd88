import { describe, expect, it } from '@jest/globals';
import { timestamp } from '../../../api/condition.ts';
import { modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { serving } from '../../../../test/simulate/rollout.ts';

/** Version 2 was rejected by a Monitor, and serves again since spec.rollout.retryAt. */
async function retried() {
  const world = await serving({});
  world.register(2);
  await world.pass(40);
  world.reject('latency');
  await world.pass(40);
  expect(world.parent.status?.stable?.version).toBe('fraud-1');
  world.edit({ rollout: { retryAt: timestamp(world.now) } });
  await world.pass(40);
  expect(world.parent.status?.stable?.version).toBe('fraud-2');
  return world;
}

describe('What a Monitor said of a revision that was tried again', () => {
  it('does not count when the spec asks for another one', async () => {
    const world = await retried();
    world.behaviours.set('fraud-3', 'Deaf');
    world.register(3);
    await world.pass(60);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, candidate: { version: 'fraud-3' } });
    expect(world.parent.status?.rejected).toBeUndefined();
  });

  it('does not count when spec.rollout.retryAt is taken away', async () => {
    const world = await retried();
    world.edit({ rollout: {} });
    await world.pass(60);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.parent.status?.rejected).toBeUndefined();
  });
});

describe('An aborted revision', () => {
  it('is no way back', async () => {
    const world = await serving({});
    const first = world.parent.status?.stable?.revision ?? '';
    world.register(2);
    await world.pass(40);
    world.edit({ rollout: { abortedRevision: first } });
    await world.pass(5);
    expect(world.parent.status?.previous).toBeUndefined();
    world.behaviours.set('fraud-2', 'Crashes');
    await world.pass(60);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-1', reason: 'Aborted' }]);
    expect(world.condition('Stalled')?.reason).toBe('CrashLooping');
  });

  it('is told where it serves and there is no other, with what helps', async () => {
    const world = await serving({});
    world.edit({ rollout: { abortedRevision: world.parent.status?.stable?.revision ?? '' } });
    await world.pass(30);
    expect(world.ready('fraud-1')).toBe(4);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'ServingRejected' });
  });
});

describe('The first revision', () => {
  it('serves once its pods stay ready, though they crashed before', async () => {
    const world = new ServingWorld(modelDeployment());
    world.behaviours.set('fraud-1', 'Crashes');
    world.register(1);
    await world.pass(60);
    expect(world.condition('Stalled')?.reason).toBe('CrashLooping');
    world.behaviours.set('fraud-1', 'Works');
    await world.pass(30);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(world.condition('Stalled')).toBeUndefined();
  });
});
