import { describe, expect, it } from '@jest/globals';
import type { ModelDeploymentSpec } from '../../../api/types.ts';
import { modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { versionOf } from '../../../../test/simulate/words.ts';

const digest = (number: number) => `sha256:${String(number).padStart(64, '0')}`;

/** Version 1 serves from a bucket. */
async function serving(spec: Partial<ModelDeploymentSpec> = {}, replicas = 2): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment({ spec: { ...spec, replicas } }));
  world.room = spec.rollout?.surge === 'Never' ? replicas : Infinity;
  register(world, 1);
  await world.pass(40);
  expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  return world;
}

function register(world: ServingWorld, number: number): void {
  const uri = `s3://models/fraud/${number}`;
  world.register(number, { uri, digest: digest(number), digestSource: 'Measured' });
}

/** How many seconds it takes to fetch a version. */
function fetching(world: ServingWorld, version: string, seconds: number): void {
  world.fetchesIn = (deployment) => (versionOf(deployment) === version ? seconds : 5);
}

describe('The first revision of a deployment', () => {
  it('is told as fetching while nothing serves yet', async () => {
    const world = new ServingWorld(modelDeployment({ spec: { replicas: 1 } }));
    fetching(world, 'fraud-1', 600);
    register(world, 1);
    await world.pass(60);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'Fetching' });
    await world.pass(600);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  });
});

describe('A candidate whose model is fetched', () => {
  it('may take hours for that, and is neither rejected nor promoted meanwhile', async () => {
    const world = await serving();
    fetching(world, 'fraud-2', 3 * 3600);
    register(world, 2);
    await world.pass(3 * 3600);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, candidate: { version: 'fraud-2' } });
    expect(world.parent.status?.rejected).toBeUndefined();
    await world.pass(120);
    expect(world.parent.status?.stable).toMatchObject({ version: 'fraud-2', digestSource: 'Measured' });
  });

  it('says so from the beginning on, and for how long once it has lasted, with the command that tells how far it is', async () => {
    const world = await serving();
    fetching(world, 'fraud-2', 3600);
    register(world, 2);
    await world.pass(30);
    const told = () => world.condition('Reconciling');
    expect(told()).toMatchObject({ reason: 'Fetching' });
    expect(told()?.message).toMatch(/fetches s3:\/\/models\/fraud\/2.*`kubectl .*logs .* -c fetch.*`/);
    expect(told()?.message).not.toContain('more than');
    await world.pass(1800);
    expect(told()?.message).toContain('for more than 10 minutes');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RollingOut' });
  });

  it('costs few writes however long that takes', async () => {
    const world = await serving();
    fetching(world, 'fraud-2', 4 * 3600);
    register(world, 2);
    await world.pass(30);
    const before = world.requests.status;
    await world.pass(4 * 3600 - 60);
    expect(world.requests.status - before).toBeLessThanOrEqual(4);
  });

  it('has the time of any server once its model is there', async () => {
    const world = await serving();
    fetching(world, 'fraud-2', 3600);
    world.behaviours.set('fraud-2', 'Deaf');
    register(world, 2);
    await world.pass(3600 + 1700);
    expect(world.parent.status?.rejected).toBeUndefined();
    await world.pass(200);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'NeverReady' }]);
  });

  it('is not to blame for a model that cannot be fetched', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'FetchFails');
    register(world, 2);
    await world.pass(4 * 3600);
    expect(world.parent.status?.rejected).toBeUndefined();
    expect(world.condition('Stalled')).toMatchObject({ reason: 'FetchFailed' });
    expect(world.condition('Stalled')?.message).toContain('There is no bucket "models".');
    expect(world.ready('fraud-1')).toBe(2);
  });
});

describe('A candidate whose model is fetched in the place of what serves', () => {
  const never = { rollout: { surge: 'Never' } } as const;

  it('is waited for as long as it is fetched', async () => {
    const world = await serving(never, 1);
    fetching(world, 'fraud-2', 2 * 3600);
    register(world, 2);
    await world.pass(2 * 3600 + 120);
    expect(world.parent.status?.rejected).toBeUndefined();
    expect(world.parent.status?.stable).toMatchObject({ version: 'fraud-2' });
  });

  it('has the patience of any other for what goes wrong after that', async () => {
    const world = await serving(never, 1);
    fetching(world, 'fraud-2', 3600);
    world.behaviours.set('fraud-2', 'ImageMissing');
    register(world, 2);
    await world.pass(3600 + 250);
    expect(world.parent.status?.rejected).toBeUndefined();
    await world.pass(100);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'ImagePullFailed' }]);
  });

  it('gives the place back after five minutes if it cannot be fetched', async () => {
    const world = await serving(never, 1);
    world.behaviours.set('fraud-2', 'FetchFails');
    register(world, 2);
    await world.pass(400);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2' }]);
    await world.pass(60);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
  });
});
