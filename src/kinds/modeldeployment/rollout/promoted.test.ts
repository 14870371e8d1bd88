import { describe, expect, it } from '@jest/globals';
import { canary } from '../../../../test/builders/modeldeployment.ts';
import type { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { inFirstStep, watched } from '../../../../test/simulate/rollout.ts';

const steered = (fields: object) => ({ rollout: { ...canary, ...fields } });
const candidateOf = (world: ServingWorld) => world.parent.status?.candidate?.revision ?? '';

describe('A promoted revision', () => {
  it('takes over as soon as its pods are ready, without the rest of its steps and their holds', async () => {
    const world = await inFirstStep();
    world.edit(steered({ promotedRevision: candidateOf(world) }));
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.ready('fraud-1')).toBe(0);
  });

  it('needs no data, and no check holds it', async () => {
    const world = await inFirstStep(watched);
    await world.pass(400);
    expect(world.parent.status?.candidate?.version).toBe('fraud-2');
    world.edit({ rollout: { ...watched.rollout, promotedRevision: candidateOf(world) } });
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('keeps its step and its checks as long as it is paused or lacks an approval', async () => {
    const world = await inFirstStep();
    const promotedRevision = candidateOf(world);
    world.edit(steered({ promotedRevision, paused: true, approval: 'Required' }));
    await world.pass(60);
    expect(world.condition('Suspended')?.reason).toBe('Paused');
    world.edit(steered({ promotedRevision, approval: 'Required' }));
    await world.pass(60);
    expect(world.parent.status).toMatchObject({
      stable: { version: 'fraud-1' },
      candidate: { version: 'fraud-2' },
      weight: 50,
    });
    world.edit(steered({ promotedRevision, approval: 'Required', approvedRevision: promotedRevision }));
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('is rejected all the same if its server crashes', async () => {
    const world = await inFirstStep();
    world.edit(steered({ promotedRevision: candidateOf(world), paused: true }));
    world.behaviours.set('fraud-2', 'Crashes');
    await world.pass(60);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });

  it('says nothing of the next one, which goes through its steps', async () => {
    const world = await inFirstStep();
    world.edit(steered({ promotedRevision: candidateOf(world) }));
    await world.pass(20);
    world.register(3);
    await world.pass(20);
    expect(world.parent.status).toMatchObject({ candidate: { version: 'fraud-3', step: 0 }, weight: 25 });
  });
});
