import { describe, expect, it } from '@jest/globals';
import { commandsIn } from '../../api/message.ts';
import type { IModelVersion } from '../../api/types.ts';
import type { ServingWorld } from '../../../test/simulate/modeldeployment.ts';
import { inFirstStep, serving } from '../../../test/simulate/rollout.ts';
import { factsOf, follow, refusalOf } from '../../../test/simulate/steering.ts';
import { rollback, rollbackTo } from './rollback.ts';

async function promoted(): Promise<ServingWorld> {
  const world = await serving({});
  world.register(2);
  await world.pass(60);
  expect(world.parent.status?.stable?.version).toBe('fraud-2');
  return world;
}

function version(world: ServingWorld, name: string): IModelVersion {
  return world.all<IModelVersion>('ModelVersion').find(({ metadata }) => metadata?.name === name)!;
}

describe('rollback', () => {
  it('brings back at once what served before', async () => {
    const world = await promoted();
    const { outcome, changes } = follow(world, rollback(factsOf(world)));
    expect(changes.map(({ path }) => path.join('.'))).toEqual(['spec.rollout.abortedRevision']);
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(outcome(world.parent)).toMatchObject({ type: 'Good', message: expect.stringContaining('fraud-1') });
  });

  it('makes no sense while another is rolled out, or with nothing behind what serves', async () => {
    const world = await inFirstStep();
    expect(commandsIn(refusalOf(rollback(factsOf(world))))).toEqual(['kubectl flyball abort mdep/fraud -n team']);
    const first = await serving();
    expect(refusalOf(rollback(factsOf(first)))).toContain('there is nothing to go back to');
  });

  it('makes no sense twice', async () => {
    const world = await promoted();
    follow(world, rollback(factsOf(world)));
    await world.pass(2);
    expect(refusalOf(rollback(factsOf(world)))).toContain('was rejected already');
  });
});

describe('rollback --to', () => {
  it('pins the version, and says that the run is followed no longer', async () => {
    const world = await promoted();
    const { outcome, warnings, changes } = follow(
      world,
      rollbackTo(factsOf(world), version(world, 'fraud-1'), world.now),
    );
    expect(changes.map(({ path, after }) => [path.join('.'), after])).toEqual([
      ['spec.model.versionRef', { name: 'fraud-1' }],
      ['spec.model.trainingRunRef', undefined],
    ]);
    expect(warnings).toEqual([expect.stringContaining('follows TrainingRun "fraud" no longer')]);
    await world.pass(60);
    expect(outcome(world.parent).type).toBe('Good');
  });

  it('has a version tried again that was rejected, and says why it was', async () => {
    const world = await promoted();
    follow(world, rollback(factsOf(world)));
    await world.pass(40);
    const again = follow(world, rollbackTo(factsOf(world), version(world, 'fraud-2'), world.now));
    expect(again.warnings[0]).toContain('was rejected before (Aborted)');
    await world.pass(60);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('makes no sense of what is pinned, and of a version without a model', async () => {
    const world = await promoted();
    const pinned = {
      ...factsOf(world),
      deployment: { ...world.parent, spec: { ...world.parent.spec, model: { versionRef: { name: 'fraud-1' } } } },
    };
    expect(refusalOf(rollbackTo(pinned, version(world, 'fraud-1'), world.now))).toContain(
      'is pinned to fraud-1 already',
    );
    const { uri: _, ...spec } = version(world, 'fraud-1').spec;
    const without = { ...version(world, 'fraud-1'), spec };
    expect(refusalOf(rollbackTo(factsOf(world), without, world.now))).toContain('has no uri');
  });
});
