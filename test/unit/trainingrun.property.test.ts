import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyOf } from '../../src/api/resource.ts';
import { exited, results, running } from '../builders/pod.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { stages } from '../../src/kinds/trainingrun/stages/index.ts';
import { World } from '../simulate/trainingrun.ts';
import { trial } from './trial/stage.ts';

/** What may happen to a run, in any order. Every event that may start an attempt says so. */
type Event =
  | { readonly type: 'Reconcile'; readonly callsUntilCrash: number }
  | { readonly type: 'Pass'; readonly minutes: number }
  | { readonly type: 'EditRecipe' | 'RerunNow' | 'AskForTraining' | 'Suspend' | 'Resume' }
  | { readonly type: 'JobRuns' | 'JobCompletes' | 'JobFails' | 'DeleteJob' | 'DeleteVersion' };

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('Reconcile' as const), callsUntilCrash: fc.integer({ min: 0, max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('Pass' as const), minutes: fc.integer({ min: 1, max: 90 }) }) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        'EditRecipe' as const,
        'RerunNow' as const,
        'AskForTraining' as const,
        'Suspend' as const,
        'Resume' as const,
        'JobRuns' as const,
        'JobCompletes' as const,
        'JobFails' as const,
        'DeleteJob' as const,
        'DeleteVersion' as const,
      )
      .map((type) => ({ type })),
  },
);

const liveJobs = (world: World) =>
  world.jobs().filter((job) => !job.status?.conditions?.some(({ status }) => status === 'True'));

async function apply(world: World, happening: Event, edits: { count: number }): Promise<void> {
  const live = liveJobs(world)[0];
  switch (happening.type) {
    case 'Reconcile':
      await world.reconcile(happening.callsUntilCrash);
      return;
    case 'Pass':
      return world.pass(happening.minutes * 60_000);
    case 'EditRecipe':
      return world.edit({ parameters: { trial: 'i', edit: String((edits.count += 1)) } });
    case 'RerunNow':
      return world.edit({ rerunAt: `${world.now.toISOString().slice(0, 19)}Z` });
    case 'AskForTraining':
      return world.request('amounts', 'drift');
    case 'Suspend':
    case 'Resume':
      return world.edit({ suspend: happening.type === 'Suspend' });
    case 'JobRuns':
      return live && world.podIs(keyOf(live).name, running());
    case 'JobCompletes':
      return live && world.podIs(keyOf(live).name, results({ f1: 0.9 }));
    case 'JobFails':
      return live && world.podIs(keyOf(live).name, exited(1));
    case 'DeleteJob':
      return live && world.remove('Job', keyOf(live).name);
    case 'DeleteVersion': {
      const version = world.versions()[0];
      return version && world.remove('ModelVersion', keyOf(version).name);
    }
  }
}

const starts: readonly Event['type'][] = ['EditRecipe', 'RerunNow', 'AskForTraining'];

/** How many Jobs were ever made. */
const made = (world: World) => world.trace.filter((line) => / POST Job /.test(line)).length;

const orders = [
  { what: 'a run', order: stages },
  { what: 'a run with another stage', order: [...stages, trial] },
  { what: 'a run with a stage before training', order: [trial, ...stages] },
];

describe.each(orders)('Whatever happens to $what, with the operator killed between any two calls', ({ order }) => {
  const newWorld = () => {
    const spec = { output: { uri: 'pvc://models/fraud' }, parameters: { trial: 'i' } };
    return new World(trainingRun({ spec }), undefined, order);
  };

  /**
   * After all that happens the recipe is edited once more, and whatever runs then completes: there is time enough for the attempt that
   * runs and the one that waits.
   */
  async function ended(events: readonly Event[]): Promise<World> {
    const world = newWorld();
    const edits = { count: 0 };
    for (const happening of events) await apply(world, happening, edits);
    world.edit({ suspend: false, parameters: { trial: 'i', edit: 'last' } });
    for (let round = 0; round < 3 * order.length; round += 1) {
      await world.settle();
      const live = liveJobs(world)[0];
      if (live !== undefined) world.podIs(keyOf(live).name, results({ f1: 0.9 }));
    }
    await world.settle();
    return world;
  }

  it('has one live Job at most, and at most one attempt for each trigger', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const world = newWorld();
        const edits = { count: 0 };
        for (const happening of events) {
          await apply(world, happening, edits);
          expect(liveJobs(world).length).toBeLessThanOrEqual(1);
        }
        await world.settle();
        // A Job that is deleted before any status tells of it was never seen: it may be made once more.
        const wantAtMost = 1 + events.filter(({ type }) => starts.includes(type) || type === 'DeleteJob').length;
        expect(made(world)).toBeLessThanOrEqual(wantAtMost * order.length);
      }),
      { numRuns: 100 },
    );
  });

  it('ends with every trigger answered and the declared recipe registered, once its Jobs complete', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 40 }), async (events) => {
        const world = await ended(events);
        expect(liveJobs(world)).toEqual([]);
        expect(world.run.status?.conditions).toEqual([
          expect.objectContaining({ type: 'Succeeded', status: 'True', reason: 'Registered' }),
        ]);
        const names = world.run.status?.attempts?.map(({ name }) => name) ?? [];
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 100 },
    );
  });

  it('trains nothing again when it is restored without status at any time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 25 }), async (events) => {
        const world = await ended(events);
        const wantMade = made(world);
        world.loseStatus();
        world.pass(60_000);
        await world.settle();
        expect(made(world)).toBe(wantMade);
        expect(world.run.status?.conditions?.[0]).toMatchObject({ status: 'True', reason: 'Registered' });
      }),
      { numRuns: 60 },
    );
  });
});
