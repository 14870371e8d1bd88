import { describe, expect, it } from '@jest/globals';
import { taken } from '../builders/pod.ts';
import { measured, ran, runs, savedPod } from '../builders/savedpod.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { World } from '../simulate/trainingrun.ts';
import { expectTrace } from './trace.ts';

const second = 1000;
const minute = 60_000;
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const spec = { datasets: [{ name: 'train', uri: 's3://data/train' }], output: { uri: 's3://models/fraud' } };

/** What has been until then. */
function states(world: World) {
  const at = world.now.toISOString();
  return {
    fetch: ran(0, at, measured({ path: '/flyball/storage/datasets/train', digest })),
    main: ran(0, at, '{"metrics": {"f1": 0.93}}'),
    save: ran(0, at, measured({ path: '/flyball/storage/output', digest })),
  };
}

describe('The life of a TrainingRun whose model goes to a bucket', () => {
  it('needs no request more, from its creation to a registered version', async () => {
    const world = new World(trainingRun({ spec }));
    await world.settle();
    world.pass(5 * second);
    world.podIs('fraud-1-train', savedPod('Pending', { fetch: runs() }));
    await world.settle();
    const { fetch, main, save } = states(world);
    world.podIs('fraud-1-train', savedPod('Pending', { fetch, main: runs() }));
    await world.settle();
    world.pass(5 * second);
    world.podIs('fraud-1-train', savedPod('Running', { fetch, main, save: runs() }));
    await world.settle();
    expect(world.requests).toEqual({ POST: 1, PATCH: 1, DELETE: 0, GET: 0 });
    world.podIs('fraud-1-train', savedPod('Succeeded', { fetch, main, save }));
    await world.settle();
    expect(world.requests).toEqual({ POST: 2, PATCH: 2, DELETE: 0, GET: 0 });
    expectTrace('saved', world);
  });

  it('as a gang trains again from its checkpoint if its first pod is taken away while it is saved', async () => {
    const world = new World(trainingRun({ spec: { ...spec, nodes: 2, checkpoint: { uri: 's3://kept/fraud' } } }));
    await world.settle();
    world.pass(5 * minute);
    const { fetch, main } = states(world);
    const nothing = ran(0, world.now.toISOString(), measured());
    world.podIs('fraud-1-train', savedPod('Succeeded', { fetch, main, save: nothing }), 1);
    world.podIs('fraud-1-train', savedPod('Running', { fetch, main, save: runs(world.now.toISOString()) }), 0);
    await world.settle();
    world.pass(minute);
    const at = world.now.toISOString();
    world.podIs('fraud-1-train', taken(savedPod('Failed', { fetch, main, save: ran(143, at) }), at), 0);
    await world.settle();
    world.pass(minute);
    for (const index of [1, 0]) {
      const save = index === 0 ? states(world).save : nothing;
      world.podIs('fraud-1-train-r1', savedPod('Succeeded', { ...states(world), save }), index);
    }
    await world.settle();
    expect(world.versions()[0]?.spec.uri).toBe('s3://models/fraud/fraud-1-run-uid/uid-fraud-1-train-r1-pod-0');
    expectTrace('savedagain', world);
  });

  it('superseded by the right Secret fetches with that', async () => {
    const world = new World(trainingRun({ spec: { ...spec, storage: { secretRef: { name: 'key' } } } }));
    await world.settle();
    const refusal = { reason: 'CreateContainerConfigError', message: 'secret "key" not found' };
    world.podIs('fraud-1-train', savedPod('Pending', { fetch: { waiting: refusal } }));
    await world.settle();
    world.pass(minute);
    world.edit({ storage: { secretRef: { name: 'keys' } } });
    await world.settle();
    expectTrace('savedsuperseded', world);
  });
});
