import { expect } from '@jest/globals';
import { canary, modelDeployment } from '../builders/modeldeployment.ts';
import { ServingWorld } from './modeldeployment.ts';

export const errors = { name: 'errors', errors: {}, max: 0.01 };
export const watched = { observe: {}, rollout: { ...canary, analysis: [errors] } };

/** A world in which version 1 serves on 4 pods. */
export async function serving(spec: Parameters<ServingWorld['edit']>[0] = { rollout: canary }): Promise<ServingWorld> {
  const world = new ServingWorld(modelDeployment({ spec }));
  world.register(1);
  await world.pass(20);
  expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  return world;
}

/** And in which version 2 has reached its first step. */
export async function inFirstStep(spec?: Parameters<ServingWorld['edit']>[0]): Promise<ServingWorld> {
  const world = await serving(spec);
  world.register(2);
  await world.pass(20);
  expect(world.parent.status).toMatchObject({ candidate: { version: 'fraud-2', step: 0 }, weight: 25 });
  return world;
}
