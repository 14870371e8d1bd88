import { describe, expect, it } from '@jest/globals';
import { findCondition } from '../../../src/api/condition.ts';
import type { TrainingRunSpec } from '../../../src/api/types.ts';
import { stages } from '../../../src/kinds/trainingrun/stages/index.ts';
import type { Stage } from '../../../src/kinds/trainingrun/stages/stage.ts';
import { exited, results, running } from '../../builders/pod.ts';
import { trainingRun } from '../../builders/trainingrun.ts';
import { World } from '../../simulate/trainingrun.ts';
import { trial } from './stage.ts';

const minute = 60_000;
const digest = `sha256:${'a'.repeat(64)}`;
const after = [...stages, trial];
const before = [trial, ...stages];

function worldOf(order: readonly Stage[], spec: Partial<TrainingRunSpec> = {}): World {
  const run = trainingRun({
    spec: {
      output: { uri: 'pvc://models/fraud' },
      gate: [{ metric: 'f1', min: 0.9 }],
      parameters: { trial: 'i' },
      ...spec,
    },
  });
  return new World(run, new Date('2026-11-24T10:00:00Z'), order);
}

/** The run has trained, and its trial has begun. */
async function inTrial(spec: Partial<TrainingRunSpec> = {}): Promise<World> {
  const world = worldOf(after, spec);
  await world.settle();
  world.pass(minute);
  world.podIs('fraud-1-train', results({ f1: 0.5, loss: 0.1 }, { model: { digest } }));
  await world.settle();
  return world;
}

const foreign = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'fraud-1-trial', namespace: 'team', uid: 'foreign' },
};
const made = (world: World) => world.trace.flatMap((line) => / POST (?:Job|ModelVersion) (\S+)/.exec(line)?.[1] ?? []);
const attemptOf = (world: World) => world.run.status?.attempts?.at(-1);
const statesOf = (world: World) => attemptOf(world)?.stages?.map(({ name, state }) => `${name} ${state}`);
const reasonsOf = (world: World) =>
  ['Succeeded', 'Stalled'].map((type) => findCondition(world.run.status?.conditions, type)?.reason);

describe('A stage that is one file and one place in the array', () => {
  it('costs one POST and one status PATCH, and begins in the pass in which the stage before it passes', async () => {
    const world = await inTrial();
    expect(world.requests).toEqual({ POST: 2, PATCH: 2, DELETE: 0, GET: 0 });
    expect(statesOf(world)).toEqual(['Train Passed', 'Trial Running']);
    world.podIs('fraud-1-trial', running());
    await world.settle();
    expect(world.requests).toEqual({ POST: 2, PATCH: 2, DELETE: 0, GET: 0 });
    world.pass(minute);
    world.podIs('fraud-1-trial', results({ f1: 0.95 }));
    await world.settle();
    expect(world.requests).toEqual({ POST: 3, PATCH: 3, DELETE: 0, GET: 0 });
    expect(made(world)).toEqual(['fraud-1-train', 'fraud-1-trial', 'fraud-1']);
  });

  it('tells in status when each stage began and ended, and with which Job', async () => {
    const world = await inTrial();
    world.pass(minute);
    world.podIs('fraud-1-trial', results({ f1: 0.95 }));
    await world.settle();
    const [start, trained, tried] = ['10:00', '10:01', '10:02'].map((time) => `2026-11-24T${time}:00Z`);
    expect(attemptOf(world)).toMatchObject({ verdict: 'Registered', startTime: start, endTime: tried });
    const train = { name: 'Train', job: 'fraud-1-train', jobUID: 'uid-1', state: 'Passed' };
    const second = { name: 'Trial', job: 'fraud-1-trial', jobUID: 'uid-2', state: 'Passed' };
    expect(attemptOf(world)?.stages).toMatchObject([
      { ...train, startTime: start, endTime: trained },
      { ...second, startTime: trained, endTime: tried },
    ]);
  });

  it('costs nothing where it is not declared', async () => {
    const world = worldOf(after, { parameters: {} });
    await world.settle();
    world.podIs('fraud-1-train', results({ f1: 0.95 }));
    await world.settle();
    expect(world.requests).toEqual({ POST: 2, PATCH: 2, DELETE: 0, GET: 0 });
    expect(statesOf(world)).toEqual(['Train Passed']);
  });

  it('adds what it put out to what the stages before did, though their pods are gone', async () => {
    const world = await inTrial();
    expect(world.jobs().at(-1)?.spec?.template.spec?.containers[0]?.env).toContainEqual({
      name: 'TRIAL_DIGEST',
      value: digest,
    });
    world.remove('Pod', 'fraud-1-train-abcde');
    world.podIs('fraud-1-trial', results({ f1: 0.95 }));
    await world.settle();
    expect(world.versions()).toMatchObject([{ spec: { metrics: { f1: '0.95' }, digest, attemptUID: 'uid-1' } }]);
  });

  it('may come first, and then its POST is what begins the attempt', async () => {
    const world = worldOf(before);
    world.put(foreign);
    await world.reconcile();
    expect(attemptOf(world)).toBeUndefined();
    expect(reasonsOf(world)).toEqual(['NameConflict', 'NameConflict']);
    world.remove('Job', 'fraud-1-trial');
    await world.settle();
    expect(statesOf(world)).toEqual(['Trial Running']);
    world.podIs('fraud-1-trial', results({}));
    await world.settle();
    world.podIs('fraud-1-train', results({ f1: 0.95 }));
    await world.settle();
    expect(world.versions()).toMatchObject([{ spec: { metrics: { f1: '0.95' } } }]);
    expect(made(world)).toEqual(['fraud-1-trial', 'fraud-1-train', 'fraud-1']);
  });

  it('ends the attempt if its Job fails, and says why at both', async () => {
    const world = await inTrial();
    world.podIs('fraud-1-trial', exited(3));
    await world.settle();
    expect(attemptOf(world)).toMatchObject({ verdict: 'Failed', reason: 'CommandFailed' });
    expect(attemptOf(world)?.stages).toMatchObject([
      { name: 'Train', state: 'Passed' },
      { name: 'Trial', state: 'Failed', reason: 'CommandFailed', message: attemptOf(world)?.message ?? '' },
    ]);
    expect(attemptOf(world)?.stages?.[0]).not.toHaveProperty('reason');
    expect(made(world)).toEqual(['fraud-1-train', 'fraud-1-trial']);
  });

  it('is not in status while its POST is denied, and begins when it no longer is', async () => {
    const world = worldOf(after);
    await world.settle();
    world.put(foreign);
    world.podIs('fraud-1-train', results({ f1: 0.5 }));
    await world.reconcile();
    await world.reconcile();
    expect(statesOf(world)).toEqual(['Train Passed']);
    expect(attemptOf(world)?.verdict).toBeUndefined();
    expect(reasonsOf(world)).toEqual(['NameConflict', 'NameConflict']);
    world.remove('Job', 'fraud-1-trial');
    await world.settle();
    expect(statesOf(world)).toEqual(['Train Passed', 'Trial Running']);
    expect(reasonsOf(world)).toEqual(['Started', undefined]);
  });

  it('is cancelled by the deletion of its Job, which the API server confirms once', async () => {
    const world = await inTrial();
    world.remove('Job', 'fraud-1-trial');
    await world.settle();
    expect(attemptOf(world)).toMatchObject({ verdict: 'Deleted' });
    expect(attemptOf(world)?.stages).toMatchObject([
      { name: 'Train', state: 'Passed' },
      { name: 'Trial', state: 'Failed', reason: 'Deleted' },
    ]);
    expect(world.requests.GET).toBe(1);
    expect(made(world)).toEqual(['fraud-1-train', 'fraud-1-trial']);
  });

  it('goes on when the Job of a stage that passed is deleted', async () => {
    const world = await inTrial();
    world.remove('Job', 'fraud-1-train');
    await world.settle();
    world.podIs('fraud-1-trial', results({ f1: 0.95 }));
    await world.settle();
    expect(world.versions()).toMatchObject([{ spec: { digest, attemptUID: 'uid-1' } }]);
    expect(world.requests.GET).toBe(0);
  });

  it('goes on too if that Job is deleted before status tells that it passed', async () => {
    const world = worldOf(after);
    await world.settle();
    world.podIs('fraud-1-train', results({ f1: 0.5 }, { model: { digest } }));
    await world.reconcile(1);
    world.remove('Job', 'fraud-1-train');
    await world.settle();
    expect(statesOf(world)).toEqual(['Train Passed', 'Trial Running']);
    expect(made(world)).toEqual(['fraud-1-train', 'fraud-1-trial']);
  });

  it.each([0, 1, 2, 3])('is made once though the operator is killed after %i calls of each pass', async (calls) => {
    const world = worldOf(after);
    const untilDone = async () => {
      await world.reconcile(calls);
      await world.reconcile(calls);
      await world.settle();
    };
    await untilDone();
    world.podIs('fraud-1-train', results({ f1: 0.5 }, { model: { digest } }));
    await untilDone();
    world.podIs('fraud-1-trial', results({ f1: 0.95 }));
    await untilDone();
    expect(made(world)).toEqual(['fraud-1-train', 'fraud-1-trial', 'fraud-1']);
    expect(attemptOf(world)).toMatchObject({ verdict: 'Registered', metrics: { f1: '0.95' }, digest });
    expect(statesOf(world)).toEqual(['Train Passed', 'Trial Passed']);
  });

  it('is taken up by a run that lost its status', async () => {
    const world = await inTrial();
    const told = attemptOf(world);
    world.loseStatus();
    await world.settle();
    expect(attemptOf(world)).toMatchObject({ name: 'fraud-1', stages: told?.stages ?? [] });
    expect(made(world)).toEqual(['fraud-1-train', 'fraud-1-trial']);
  });

  it('is not made up for in an attempt that another one followed, though status was lost', async () => {
    const world = await inTrial();
    world.remove('Job', 'fraud-1-trial');
    await world.settle();
    world.edit({ rerunAt: '2026-11-24T10:01:00Z' });
    await world.settle();
    world.loseStatus();
    await world.settle();
    expect(made(world)).toEqual(['fraud-1-train', 'fraud-1-trial', 'fraud-2-train']);
    expect(world.run.status?.attempts?.[0]).toMatchObject({ verdict: 'Deleted', stages: [{ state: 'Passed' }] });
  });

  it('is suspended and resumed like any other, and does not begin meanwhile', async () => {
    const world = worldOf(after);
    await world.settle();
    world.edit({ suspend: true });
    world.podIs('fraud-1-train', results({ f1: 0.5 }));
    await world.settle();
    expect(statesOf(world)).toEqual(['Train Passed']);
    expect(made(world)).toEqual(['fraud-1-train']);
    world.edit({ suspend: false });
    await world.settle();
    world.edit({ suspend: true });
    await world.settle();
    expect(world.jobs().at(-1)).toMatchObject({ metadata: { name: 'fraud-1-trial' }, spec: { suspend: true } });
    world.edit({ suspend: false });
    await world.settle();
    world.podIs('fraud-1-trial', results({ f1: 0.95 }));
    await world.settle();
    expect(attemptOf(world)?.verdict).toBe('Registered');
  });

  it('is of the attempt whose gang was made again', async () => {
    const world = worldOf(after, { nodes: 2, retry: { limit: 1 } });
    await world.settle();
    world.podIs('fraud-1-train', exited(1), 1);
    await world.settle();
    expect(attemptOf(world)?.stages).toMatchObject([{ job: 'fraud-1-train-r1', jobUID: 'uid-4', state: 'Running' }]);
    world.podIs('fraud-1-train-r1', results({ f1: 0.5 }), 0);
    world.podIs('fraud-1-train-r1', results({ f1: 0.5 }), 1);
    await world.settle();
    world.podIs('fraud-1-trial', results({ f1: 0.95 }));
    await world.settle();
    expect(world.versions()).toMatchObject([{ spec: { attemptUID: 'uid-2' } }]);
  });

  it('is not repeated when the gate is edited, which judges its results again', async () => {
    const world = await inTrial();
    world.podIs('fraud-1-trial', results({ f1: 0.8 }));
    await world.settle();
    expect(attemptOf(world)?.verdict).toBe('GateFailed');
    world.edit({ gate: [{ metric: 'f1', min: 0.7 }] });
    await world.settle();
    expect(world.versions()).toMatchObject([{ spec: { metrics: { f1: '0.8' }, digest } }]);
    expect(made(world)).toEqual(['fraud-1-train', 'fraud-1-trial', 'fraud-1']);
  });
});
