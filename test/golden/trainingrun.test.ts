import { describe, expect, it } from '@jest/globals';
import { job } from '../builders/job.ts';
import { timestamp } from '../../src/api/condition.ts';
import { modelVersion } from '../builders/modelversion.ts';
import { exited, placed, results, running, taken, unschedulable, waiting } from '../builders/pod.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { World } from '../simulate/trainingrun.ts';
import { expectTrace } from './trace.ts';

const second = 1000;
const minute = 60_000;
const hour = 60 * minute;
const output = { uri: 'pvc://models/fraud' };

/** Looks whenever the operator would. */
async function passes(world: World, time: number): Promise<void> {
  const end = world.now.getTime() + time;
  for (let after = await world.settle(); world.now.getTime() + after < end; after = await world.settle()) {
    world.pass(after);
  }
  world.pass(end - world.now.getTime());
}

describe('The life of a TrainingRun', () => {
  it('goes from its creation to a registered version with two POSTs and two status PATCHes', async () => {
    const world = new World(trainingRun({ spec: { output, gate: [{ metric: 'f1', min: 0.9 }] } }));
    await world.settle();
    expect(world.requests).toEqual({ POST: 1, PATCH: 1, DELETE: 0, GET: 0 });
    world.pass(10 * second);
    world.podIs('fraud-1-train', running());
    await world.settle();
    expect(world.requests).toEqual({ POST: 1, PATCH: 1, DELETE: 0, GET: 0 });
    world.pass(10 * second);
    world.podIs('fraud-1-train', results({ f1: 0.93 }));
    await world.settle();
    expect(world.requests).toEqual({ POST: 2, PATCH: 2, DELETE: 0, GET: 0 });
    expectTrace('creation', world);
  });

  it('tells after a while that it trains, with one PATCH more, and only if main runs', async () => {
    const world = new World(trainingRun({ spec: { output } }));
    await world.settle();
    const startTime = '2026-11-24T10:00:00Z';
    world.podIs('fraud-1-train', { ...waiting('ContainerCreating'), startTime });
    world.pass(40 * second);
    await world.settle();
    world.pass(10 * minute);
    await world.settle();
    world.podIs('fraud-1-train', running());
    await world.settle();
    expect(world.requests).toMatchObject({ POST: 1, PATCH: 4 });
    world.pass(10 * hour);
    await world.settle();
    expect(world.requests).toMatchObject({ POST: 1, PATCH: 4 });
    expectTrace('training', world);
  });

  it('follows an edit of its timeout, says how long it goes on beside the one before, and ends as TimedOut', async () => {
    const world = new World(trainingRun({ spec: { output, timeout: '2h' } }));
    await world.settle();
    world.podIs('fraud-1-train', results({ f1: 0.9 }));
    world.pass(hour);
    await world.settle();
    world.edit({ rerunAt: timestamp(world.now) });
    await world.settle();
    world.podIs('fraud-2-train', running());
    await passes(world, 1.9 * hour);
    world.edit({ timeout: '4h' });
    await passes(world, 2.1 * hour);
    world.timeIsOver('fraud-2-train');
    await world.settle();
    expectTrace('timeout', world);
  });

  it('takes nothing for its own that somebody else made, and goes on when that is gone', async () => {
    const run = trainingRun({ spec: { output } });
    const world = new World(run, undefined, undefined, 'Compare');
    await world.settle();
    world.note('user', 'makes Job fraud-999999-train, as if it were the next attempt');
    world.put(job(run, { number: 999_999 }));
    await world.settle();
    world.remove('Job', 'fraud-999999-train');
    await world.settle();
    world.note('user', 'makes a pod that bears the UID of the Job and reports f1 0.999');
    world.podIs('fraud-1-train', results({ f1: 0.999 }), undefined, { command: ['fake'] });
    await world.settle();
    world.remove('Pod', 'fraud-1-train-abcde');
    world.podIs('fraud-1-train-r1', results({ f1: 0.93 }));
    await world.settle();
    world.note('user', 'makes ModelVersion fraud-2');
    world.put(modelVersion(2));
    await world.settle();
    world.remove('ModelVersion', 'fraud-2');
    await world.settle();
    expectTrace('forged', world);
  });

  it('makes again, uncounted, what the cluster cut short, though the Job completed, and waits longer each time', async () => {
    const world = new World(trainingRun({ spec: { output } }));
    await world.settle();
    for (const job of ['fraud-1-train', 'fraud-1-train-r1']) {
      world.pass(minute);
      world.podIs(job, taken(running()));
      await world.settle();
      world.pass(second);
      world.podIs(job, taken(results({ f1: 0.62 })));
      await world.settle();
    }
    world.pass(10 * second);
    await world.settle();
    world.pass(minute);
    world.podIs('fraud-1-train-r2', results({ f1: 0.95 }));
    await world.settle();
    expectTrace('evicted', world);
  });

  it('lets an edit supersede an attempt that cannot run, and starts the edited recipe when its Job is gone', async () => {
    const world = new World(trainingRun({ spec: { output, image: 'localhost/nobody/nothing:9' } }));
    await world.settle();
    world.podIs('fraud-1-train', waiting('ImagePullBackOff'));
    await world.settle();
    world.pass(minute);
    world.edit({ image: 'registry/fraud-train:1' });
    await world.settle();
    expectTrace('superseded', world);
  });

  it('lets an edit of the recipe wait until the running attempt has ended', async () => {
    const world = new World(trainingRun({ spec: { output } }));
    await world.settle();
    world.podIs('fraud-1-train', running());
    world.pass(minute);
    world.edit({ parameters: { lr: '0.1' } });
    await world.settle();
    world.pass(minute);
    world.podIs('fraud-1-train', results({ f1: 0.9 }));
    await world.settle();
    world.pass(minute);
    world.podIs('fraud-2-train', results({ f1: 0.95 }));
    await world.settle();
    expectTrace('edit', world);
  });

  it('judges the newest attempt again when the gate that it failed is edited, and unregisters nothing', async () => {
    const world = new World(trainingRun({ spec: { output, gate: [{ metric: 'f1', min: 0.95 }] } }));
    await world.settle();
    world.podIs('fraud-1-train', results({ f1: 0.93 }));
    await world.settle();
    world.pass(minute);
    world.edit({ gate: [{ metric: 'f1', min: 0.9 }] });
    await world.settle();
    world.pass(minute);
    world.edit({ gate: [{ metric: 'f1', min: 0.99 }] });
    await world.settle();
    expectTrace('gate', world);
  });

  it('trains again for a Monitor, compares with the champion, and keeps Succeeded True meanwhile', async () => {
    const gate = [{ metric: 'f1', against: 'Champion' as const, maxDecrease: 0.01 }];
    const world = new World(trainingRun({ spec: { output, gate } }));
    await world.settle();
    world.podIs('fraud-1-train', results({ f1: 0.93 }));
    await world.settle();
    world.pass(hour);
    world.request('amounts', 'drift');
    await world.settle();
    world.pass(10 * minute);
    world.podIs('fraud-2-train', results({ f1: 0.92 }, { champion: { metrics: { f1: 0.61 } } }));
    await world.settle();
    expectTrace('monitor', world);
  });

  it('catches up once with a schedule after downtime, and not with what was due while suspended', async () => {
    const world = new World(trainingRun({ spec: { output, schedule: '0 3 * * *', timeZone: 'Europe/Berlin' } }));
    await world.settle();
    world.podIs('fraud-1-train', results({ f1: 0.9 }));
    await world.settle();
    world.note('operator', 'is down for three days');
    world.pass(72 * hour);
    await world.settle();
    world.podIs('fraud-2-train', results({ f1: 0.9 }));
    await world.settle();
    world.edit({ suspend: true });
    await world.settle();
    world.pass(48 * hour);
    world.edit({ suspend: false });
    await world.settle();
    world.pass(24 * hour);
    await world.settle();
    expectTrace('schedule', world);
  });

  it('shows what an attempt waits for, and forgets it when that is over', async () => {
    const accelerator = { resource: 'nvidia.com/gpu', count: 8 };
    const world = new World(trainingRun({ spec: { output, accelerator } }));
    await world.settle();
    world.podIs('fraud-1-train', unschedulable('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'));
    await world.settle();
    world.pass(minute);
    world.podIs('fraud-1-train', waiting('ErrImagePull', 'not found'));
    await world.settle();
    world.podIs(
      'fraud-1-train',
      waiting('ImagePullBackOff', 'Back-off pulling image "registry/fraud-train:1": ErrImagePull: not found'),
    );
    await world.settle();
    world.pass(minute);
    world.podIs('fraud-1-train', running());
    await world.settle();
    world.podIs('fraud-1-train', exited(1, { message: 'KeyError: amount' }));
    await world.settle();
    expectTrace('waiting', world);
  });

  it('suspends the Job only after that decision is in status, and resumes it in the same way', async () => {
    const world = new World(trainingRun({ spec: { output } }));
    await world.settle();
    world.edit({ suspend: true });
    await world.settle();
    world.pass(hour);
    world.edit({ suspend: false });
    await world.settle();
    expectTrace('suspend', world);
  });

  it('makes a failed gang again as often as spec.retry.limit says, and ends with the attempt of the same name', async () => {
    const world = new World(trainingRun({ spec: { output, nodes: 2, retry: { limit: 1 } } }));
    await world.settle();
    expect(world.requests).toMatchObject({ POST: 2, PATCH: 1 });
    world.podIs('fraud-1-train', exited(1), 1);
    await world.settle();
    world.podIs('fraud-1-train-r1', results({ f1: 0.9 }), 0);
    world.podIs('fraud-1-train-r1', results({ f1: 0.9 }), 1);
    await world.settle();
    expectTrace('gang', world);
  });

  it('gives back what half of a gang holds, and tries again after a pause that grows until all have a place', async () => {
    const accelerator = { resource: 'nvidia.com/gpu', count: 4 };
    const world = new World(trainingRun({ spec: { output, nodes: 2, accelerator, gangWait: '5m' } }));
    const half = () => {
      world.podIs('fraud-1-train', placed(running(), timestamp(world.now)), 0);
      world.podIs('fraud-1-train', unschedulable('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'), 1);
    };
    await world.settle();
    for (const minutes of [8, 12]) {
      half();
      await world.settle();
      world.pass(7 * minute);
      await world.settle();
      world.pass(minutes * minute);
      await world.settle();
    }
    world.podIs('fraud-1-train', placed(running(), timestamp(world.now)), 0);
    world.podIs('fraud-1-train', placed(running(), timestamp(world.now)), 1);
    await world.settle();
    world.pass(hour);
    world.podIs('fraud-1-train', results({ f1: 0.9 }), 0);
    world.podIs('fraud-1-train', results({ f1: 0.9 }), 1);
    await world.settle();
    expectTrace('gangwaits', world);
  });

  it('takes a deleted Job for a cancelled attempt, and runs again when it is asked to', async () => {
    const world = new World(trainingRun({ spec: { output } }));
    await world.settle();
    world.remove('Job', 'fraud-1-train');
    await world.settle();
    world.pass(minute);
    world.edit({ rerunAt: '2026-11-24T10:01:00Z' });
    await world.settle();
    expectTrace('cancel', world);
  });
});
