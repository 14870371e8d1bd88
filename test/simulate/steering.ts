import type { IModelDeployment, IModelVersion, ITrainingRun } from '../../src/api/types.ts';
import type { RolloutFacts } from '../../src/product/steering/facts.ts';
import { patchOf, type Steering } from '../../src/product/steering/steering.ts';
import { merged } from '../builders/apiserver.ts';
import type { ServingWorld } from './modeldeployment.ts';

/** What a person sees of a world. */
export function factsOf(world: ServingWorld): RolloutFacts {
  return {
    deployment: world.parent,
    versions: world.all<IModelVersion>('ModelVersion'),
    run: world.all<ITrainingRun>('TrainingRun')[0],
  };
}

/** Does what was decided. */
export function follow(world: ServingWorld, steering: Steering<IModelDeployment>) {
  if (steering.type === 'Refused') throw new Error(`refused: ${steering.message}`);
  const { spec } = merged(world.parent, patchOf(steering.changes)) as IModelDeployment;
  world.edit(spec);
  return steering;
}

/** Why it was not done. */
export function refusalOf(steering: Steering<IModelDeployment>): string {
  return steering.type === 'Refused' ? steering.message : 'done';
}
