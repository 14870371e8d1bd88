import { describe, expect, it } from '@jest/globals';
import { artifact, canary, modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { revisionDigest, revisionOf } from '../revision/revision.ts';

/** A pair as anybody finds it within seconds, by trying numbers. */
const shown = { server: { ...server, env: [{ name: 'NONCE', value: '5157' }] } };
const deployed = { server: { ...server, env: [{ name: 'NONCE', value: '21722' }] } };
const { spec } = modelDeployment();

async function serving(): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment({ spec: { ...deployed, rollout: canary } }));
  world.register(1);
  await world.pass(60);
  return world;
}

describe('Two servers whose revisions bear one name', () => {
  it('differ in their digests', () => {
    expect(revisionOf(artifact(1), { ...spec, ...shown })).toBe(revisionOf(artifact(1), { ...spec, ...deployed }));
    expect(revisionDigest(artifact(1), { ...spec, ...shown })).not.toBe(
      revisionDigest(artifact(1), { ...spec, ...deployed }),
    );
  });

  it('are not taken for each other: what serves goes on, and the other one is told to change', async () => {
    const world = await serving();
    const { stable } = world.parent.status ?? {};
    world.edit(shown);
    await world.pass(60);
    expect(world.parent.status?.stable).toEqual(stable);
    expect(world.condition('Stalled')).toMatchObject({ status: 'True', reason: 'RevisionCollides' });
    world.edit({ server: { ...server, env: [{ name: 'NONCE', value: '5158' }] } });
    await world.pass(600);
    expect(world.parent.status?.stable?.revision).not.toBe(stable?.revision);
  });

  it('are not promoted for each other, by whoever approves what the spec shows', async () => {
    const world = new ServingWorld(modelDeployment({ spec: { rollout: canary } }));
    world.register(1);
    await world.pass(60);
    const { stable } = world.parent.status ?? {};
    const approval = { ...canary, approval: 'Required' } as const;
    world.edit({ ...deployed, rollout: approval });
    await world.pass(600);
    const approvedRevision = world.parent.status?.candidate?.revision ?? '';
    world.edit({ ...shown, rollout: { ...approval, approvedRevision } });
    await world.pass(600);
    expect(world.parent.status?.stable).toEqual(stable);
    expect(world.condition('Stalled')?.status).toBe('True');
  });
});
