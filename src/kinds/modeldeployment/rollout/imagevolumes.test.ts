import { describe, expect, it } from '@jest/globals';
import { modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { onServer } from '../../../../test/builders/onserver.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import type { ModelDeploymentSpec } from '../../../api/types.ts';
import { createModelDeploymentController } from '../index.ts';

const fromImage = { model: { uri: 'oci://registry/model:1' }, server };
const tools = { volumes: [{ name: 'tools', image: { reference: 'registry/tools:1' } }] };
const controller = createModelDeploymentController({ observerImage: 'registry/flyball:1', provenance: 'Compare' });

/** What is deployed in a cluster of Kubernetes 1.x. */
async function deployed(spec: Partial<ModelDeploymentSpec>, minor: number): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment({ spec }));
  return await upgraded(world, minor);
}

async function upgraded(world: ServingWorld, minor: number): Promise<ServingWorld> {
  world.controller = onServer(controller, { major: 1, minor });
  await world.reconcile();
  await world.pass(20);
  return world;
}

describe('A server whose model is an image', () => {
  it('serves where Kubernetes can mount it', async () => {
    const world = await deployed(fromImage, 35);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(world.deployments()[0]?.spec?.template.spec?.volumes).toContainEqual(
      expect.objectContaining({ image: { reference: 'registry/model:1' } }),
    );
  });

  it('is not made where Kubernetes is too old, and says so; it is made once that was upgraded', async () => {
    const world = await deployed(fromImage, 34);
    expect(world.deployments()).toEqual([]);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'ImageVolumesNotServed' });
    expect(world.condition('Ready')?.message).toMatch(
      /^The model is the image registry\/model:1, and .*`kubectl -n team edit mdep fraud`/,
    );
    expect(world.condition('Stalled')).toMatchObject({ status: 'True' });
    await upgraded(world, 35);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  });

  it('goes on where Kubernetes is an older one later, as it was made', async () => {
    const world = await upgraded(await deployed(fromImage, 36), 34);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(world.deployments()).toHaveLength(1);
  });

  it('is told of a volume of the pod as well, while what serves goes on', async () => {
    const world = await deployed({ model: { uri: 'pvc://models/fraud' } }, 34);
    world.edit({ server: { ...server, pod: tools } });
    await world.pass(20);
    expect(world.deployments()).toHaveLength(1);
    expect(world.condition('Stalled')?.message).toContain('spec.server.pod.volumes "tools" is the image');
  });
});
