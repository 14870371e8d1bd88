import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { canary, modelDeployment } from '../builders/modeldeployment.ts';
import { ServingWorld } from '../simulate/modeldeployment.ts';

/** Holds a trace against its file. `UPDATE_GOLDEN=1 npm test` writes the files anew, for review as a diff. */
function expectTrace(name: string, world: ServingWorld): void {
  const file = join(import.meta.dirname, 'modeldeployment', `${name}.txt`);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, world.text());
  expect(existsSync(file)).toBe(true);
  expect(world.text()).toEqual(readFileSync(file, 'utf8'));
}

const observed = { rollout: { ...canary, analysis: [{ name: 'errors', errors: {}, max: 0.01 }] }, observe: {} };

async function serving(
  spec: Parameters<typeof modelDeployment>[0] = { spec: { rollout: canary } },
): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment(spec));
  world.register(1);
  await world.pass(20);
  return world;
}

/** One pod, for which there is room; it takes 12 seconds to end. */
async function alone(): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment({ spec: { replicas: 1, rollout: { surge: 'Never' } } }));
  world.room = 1;
  world.endsIn = 12;
  world.register(1);
  await world.pass(20);
  return world;
}

describe('The life of a ModelDeployment', () => {
  it('takes a new version over in steps of 25 and 50 percent of 4 replicas', async () => {
    const world = await serving();
    world.register(2);
    await world.pass(280);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expectTrace('canary', world);
  });

  it('leads requests by gRPC to those who listen, from when the first does until the last is gone', async () => {
    const world = await serving();
    const ports = () =>
      world
        .services()
        .find(({ metadata }) => metadata?.name === 'fraud')
        ?.spec?.ports?.map(({ name }) => name);
    const { server } = world.parent.spec;
    world.edit({ server: { ...server, grpcPort: 9000 } });
    await world.pass(10);
    expect(ports()).toEqual(['http', 'grpc']);
    await world.pass(270);
    world.edit({ server });
    await world.pass(10);
    expect(ports()).toEqual(['http', 'grpc']);
    await world.pass(400);
    expect(ports()).toEqual(['http']);
    expectTrace('grpc', world);
  });

  it('goes back to the version before when a Monitor rejects what serves', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(40);
    world.reject('latency');
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expectTrace('rollback', world);
  });

  it('goes back by itself when a fresh revision crashes, though it served', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(40);
    world.note('cluster', 'the server of fraud-2 begins to crash');
    world.behaviours.set('fraud-2', 'Crashes');
    await world.pass(60);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expectTrace('fresh-crash', world);
  });

  it('promotes a candidate that has passed its steps once a person approves it', async () => {
    const rollout = { ...canary, approval: 'Required' } as const;
    const world = await serving({});
    world.edit({ rollout });
    world.register(2);
    await world.pass(300);
    expect(world.condition('Suspended')?.reason).toBe('ApprovalRequired');
    world.edit({ rollout: { ...rollout, approvedRevision: world.parent.status?.candidate?.revision ?? '' } });
    await world.pass(30);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expectTrace('approval', world);
  });

  it('waits for room without blaming the candidate, and goes on when there is some', async () => {
    const world = await serving();
    world.room = 4;
    world.register(2);
    await world.pass(30);
    expect(world.condition('Blocked')?.reason).toBe('Unschedulable');
    world.note('user', 'adds a node');
    world.room = 8;
    await world.pass(250);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expectTrace('blocked', world);
  });

  it('rejects a candidate whose analysis fails, and does not try it again', async () => {
    const world = await serving({ spec: observed });
    world.metrics = { requests: 500, errors: 0.2 };
    world.register(2);
    await world.pass(120);
    expect(world.parent.status?.rejected?.map(({ version }) => version)).toEqual(['fraud-2']);
    expectTrace('analysis', world);
  });

  it('is tried in the place of what serves where there is room for one pod', async () => {
    const world = await alone();
    world.register(2);
    await world.pass(60);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, lastOutage: { length: '19s' } });
    expectTrace('alone', world);
  });

  it('comes back when what was tried in its place crashes', async () => {
    const world = await alone();
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    await world.pass(120);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, rejected: [{ version: 'fraud-2' }] });
    expectTrace('alone-crash', world);
  });

  it('is told by the status alone: an operator that is killed and restarted ends where it would have ended', async () => {
    const world = await serving();
    world.register(2);
    await world.pass(40);
    world.crashAfter(0);
    await world.pass(280);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expectTrace('killed', world);
  });
});
