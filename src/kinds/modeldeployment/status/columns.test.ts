import { describe, expect, it } from '@jest/globals';
import { modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { serving } from '../../../../test/simulate/rollout.ts';
import type { CandidateStatus } from '../../../api/types.ts';
import { named } from './columns.ts';

describe('In lists', () => {
  it('the pods that are ready stand beside how many are asked for, from the first look on', async () => {
    const world = new ServingWorld(modelDeployment({ spec: { replicas: 2 } }));
    await world.pass(1);
    expect(world.parent.status?.pods).toBe('0/2');
    world.register(1);
    await world.pass(30);
    expect(world.parent.status?.pods).toBe('2/2');
    world.scale(3);
    await world.pass(1);
    expect(world.parent.status?.pods).toBe('2/3');
  });

  it('a candidate of another version is called by that', async () => {
    const world = await serving();
    world.register(2);
    await world.pass(20);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, candidate: { name: 'fraud-2' } });
  });

  it('a candidate of the version that serves is told from it by its revision, and loses that name when it is stable', async () => {
    const world = await serving();
    world.edit({ server: { ...server, image: 'registry/server:2' } });
    await world.pass(20);
    const { candidate } = world.parent.status ?? {};
    expect(candidate).toMatchObject({ version: 'fraud-1', name: `fraud-1/${candidate?.revision}` });
    await world.pass(600);
    expect(world.parent.status?.stable).toMatchObject({ revision: candidate?.revision });
    expect(world.parent.status?.stable).not.toHaveProperty('name');
  });

  it.each([
    ['beside none', undefined, undefined, 'b'],
    ['beside another', undefined, { revision: 'a' }, 'b'],
    ['beside a version', undefined, { revision: 'a', version: 'fraud-1' }, 'b'],
    ['that is a version beside a model by its uri', 'fraud-1', { revision: 'a' }, 'fraud-1'],
    ['that is the first version', 'fraud-1', undefined, 'fraud-1'],
  ])('a model by its uri is called by its revision, %s', (_, version, stable, want) => {
    const role = { uri: 'pvc://models/a', since: '2026-11-24T10:00:00Z' };
    const candidate: CandidateStatus = { ...role, revision: 'b', step: 0, ...(version !== undefined && { version }) };
    expect(named(candidate, stable && { ...role, ...stable }).name).toBe(want);
  });
});
