import { describe, expect, it } from '@jest/globals';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { artifact } from '../../../../test/builders/modeldeployment.ts';
import { knowing } from '../../../../test/builders/knowing.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { serving } from '../../../../test/simulate/rollout.ts';

/** What a backup that holds no status leaves: all else is as it was. */
async function restored() {
  const world = await serving();
  const deployments = world.deployments().map(({ spec }) => spec);
  const { status: _, ...parent } = world.parent;
  world.parent = parent;
  world.put(trainingRun());
  return { world, deployments };
}

describe('After status was lost', () => {
  it('nothing restarts and what serves keeps its pods, though no run vouches for its version', async () => {
    const { world, deployments } = await restored();
    await world.pass(600);
    expect(world.deployments().map(({ spec }) => spec)).toEqual(deployments);
    expect(world.ready()).toBe(4);
    world.unready(2);
    await world.pass(600);
    expect(world.deployments().map(({ spec }) => spec)).toEqual(deployments);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'Forged' });
    expect(world.condition('Stalled')?.message).toContain('name it in spec.model.versionRef');
  });

  it('the same revision serves again without a restart once its run vouches for the version, or somebody pins it', async () => {
    for (const pin of [false, true]) {
      const { world, deployments } = await restored();
      await world.pass(60);
      if (pin) world.edit({ model: { versionRef: { name: 'fraud-1' } } });
      else world.put(knowing(undefined, modelVersion(1, artifact(1))));
      await world.pass(60);
      expect(world.parent.status?.stable?.version).toBe('fraud-1');
      expect(world.deployments().map(({ spec }) => spec)).toEqual(deployments);
      expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    }
  });
});
