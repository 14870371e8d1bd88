import { describe, expect, it } from '@jest/globals';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import { canary, modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { everyField } from '../../../../test/builders/profiles.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import type { HardwareProfile } from '../../../workload/hardware.ts';
import { createModelDeploymentController } from '../index.ts';

const onH100 = { ...server, accelerator: { profile: 'h100', count: 2 } };
const edited: HardwareProfile = {
  ...everyField,
  env: [{ name: 'NCCL_DEBUG', value: 'INFO' }],
  sharedMemory: '1Gi',
  nodeSelector: { pool: 'other' },
  tolerations: [],
};

/** The operator starts anew, with other profiles in the values of its chart. */
async function install(world: ServingWorld, profiles: readonly HardwareProfile[]): Promise<void> {
  world.controller = createModelDeploymentController({
    observerImage: 'registry/flyball:1',
    provenance: 'Compare',
    profiles,
  });
  await world.reconcile();
  await world.settle();
}

async function deployed(profiles: readonly HardwareProfile[], spec = { server: onH100, rollout: canary }) {
  const world = new ServingWorld(modelDeployment({ spec }));
  await install(world, profiles);
  world.register(1);
  await world.pass(20);
  return world;
}

const templateOf = (world: ServingWorld) => world.deployments()[0]?.spec?.template.spec;

describe('A server on hardware that is named by a profile', () => {
  it('has what the profile says', async () => {
    const world = await deployed([everyField]);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(templateOf(world)).toMatchObject({
      nodeSelector: { ...everyField.nodeSelector, 'nvidia.com/gpu.product': everyField.product },
      runtimeClassName: 'nvidia',
      containers: [
        {
          resources: { limits: { 'nvidia.com/gpu': '2', 'rdma/hca': '1' } },
          env: expect.arrayContaining([{ name: 'NCCL_IB_HCA', value: 'mlx5' }]),
        },
      ],
    });
  });

  it.each<[string, readonly HardwareProfile[]]>([
    ['is edited', [edited]],
    ['is gone', []],
  ])(
    'is neither made again nor told as edited when the profile %s, also without a record of how it was made',
    async (_, later) => {
      for (const isForgotten of [false, true]) {
        const world = await deployed([everyField]);
        if (isForgotten) {
          const {
            workloadUID: _uid,
            templateDigest: _digest,
            ...stable
          } = world.parent.status?.stable ?? { revision: '' };
          world.parent = {
            ...world.parent,
            status: { ...world.parent.status, stable: { since: '', uri: '', ...stable } },
          };
        }
        const before = templateOf(world);
        const { POST, DELETE, PATCH } = world.requests;
        await install(world, later);
        await world.pass(60);
        expect(world.requests).toMatchObject({ POST, DELETE, PATCH });
        expect(templateOf(world)).toEqual(before);
        expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
        expect(world.condition('Stalled')).toBeUndefined();
        world.scale(8);
        await world.pass(60);
        expect(world.ready()).toBe(8);
        expect(world.names('Deployment')).toHaveLength(1);
      }
    },
  );

  it('that somebody edited is told as such, and that it is not made again before its profile is back', async () => {
    const world = await deployed([everyField]);
    await install(world, []);
    const [deployment] = world.deployments();
    const containers = templateOf(world)?.containers.map((main) => ({ ...main, image: 'evil/server:1' }));
    const template = { ...deployment?.spec?.template, spec: { ...templateOf(world), containers } };
    world.put({ ...deployment, spec: { ...deployment?.spec, template } } as IDeployment);
    await world.pass(5);
    expect(world.condition('Stalled')).toMatchObject({ reason: 'Forged' });
    expect(world.condition('Stalled')?.message).toContain('it is made again when there is its hardware profile');
  });

  it('is promoted on what it was begun with, whatever the profile says in the middle of it', async () => {
    const world = await deployed([everyField]);
    world.register(2);
    await world.pass(30);
    await install(world, []);
    await world.pass(400);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('goes on while what is to come after it has no hardware, which is told', async () => {
    const world = await deployed([everyField]);
    world.edit({ server: { ...onH100, accelerator: { profile: 'b200', count: 1 } } });
    await world.pass(60);
    expect(world.names('Deployment')).toHaveLength(1);
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(world.condition('Ready')).toMatchObject({ status: 'True' });
    expect(world.condition('Stalled')).toMatchObject({
      reason: 'ProfileUnknown',
      message:
        'spec.server.accelerator.profile is "b200", which is none of the hardware profiles that the platform team has written down: ' +
        'h100. Name one of those: `kubectl -n team edit mdep fraud`; or have the platform team write it down too, under accelerators ' +
        'in the values of the chart.',
    });
  });

  it('is not made again where its Deployment was deleted after the profile had gone, which is told until it is back', async () => {
    const world = await deployed([everyField]);
    await install(world, []);
    world.remove('Deployment', world.names('Deployment')[0] ?? '');
    await world.pass(60);
    expect(world.names('Deployment')).toEqual([]);
    expect(world.condition('Ready')).toMatchObject({ status: 'False' });
    expect(world.condition('Stalled')).toMatchObject({ reason: 'ProfileUnknown' });
    await install(world, [edited]);
    await world.pass(60);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(templateOf(world)?.nodeSelector).toMatchObject({ pool: 'other' });
  });

  it('is not made where nobody has written its profile down', async () => {
    const world = await deployed([]);
    expect(world.names('Deployment')).toEqual([]);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'ProfileUnknown' });
    expect(world.condition('Stalled')?.message).toContain('the platform team has written down no hardware profile');
  });
});
