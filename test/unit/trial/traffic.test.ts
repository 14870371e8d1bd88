import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createModelDeploymentController } from '../../../src/kinds/modeldeployment/index.ts';
import { trafficBackends, trafficOf } from '../../../src/kinds/modeldeployment/traffic/index.ts';
import type { Traffic } from '../../../src/kinds/modeldeployment/traffic/traffic.ts';
import { modelDeployment } from '../../builders/modeldeployment.ts';
import { Objects } from '../../simulate/objects.ts';
import { ServingWorld } from '../../simulate/modeldeployment.ts';
import { trial } from './traffic.ts';

const steps = [
  { weight: 25, hold: '20s' },
  { weight: 30, hold: '20s' },
  { weight: 50, hold: '20s' },
];

/** Version 1 serves on 4 pods; its requests are divided by the first of the backends that is for it. */
async function serving(...backends: readonly Traffic[]): Promise<ServingWorld> {
  const all = [...backends, ...trafficBackends];
  const parent = modelDeployment({ spec: { rollout: { steps } } });
  // Else another one would be tried in its place: a backend that a field asks for needs that field here.
  expect(trafficOf(parent.spec, all)).toBe(all[0]);
  const world = new ServingWorld(parent, all);
  world.register(1);
  await world.pass(20);
  return world;
}

/** A canary of version 2, second by second. */
async function canary(world: ServingWorld, seconds = 200): Promise<readonly string[]> {
  const seen: string[] = [];
  world.register(2);
  world.everySecond = ({ parent: { status } }) => {
    const { candidate, weight } = status ?? {};
    const line = `step ${candidate?.step}, weight ${weight}, ${world.ready('fraud-1')} + ${world.ready('fraud-2')} pods`;
    if (candidate?.weightSince !== undefined && seen.at(-1) !== line) seen.push(line);
  };
  await world.pass(seconds);
  return seen;
}

const weights = fc.integer({ min: 1, max: 99 });
const capacities = fc.integer({ min: 1, max: 1000 });

describe.each([...trafficBackends, trial].map((backend, index) => [index, backend] as const))(
  'Any traffic backend (number %d)',
  (_, backend) => {
    it('gives each revision a pod, and both together the whole load, at any weight and capacity above 0', () => {
      fc.assert(
        fc.property(weights, capacities, (weight, replicas) => {
          const { candidate, stable } = backend.counts(weight, replicas);
          expect(Math.min(candidate, stable)).toBeGreaterThanOrEqual(1);
          expect(Math.max(candidate, stable)).toBeLessThanOrEqual(replicas);
          expect(candidate + stable).toBeGreaterThanOrEqual(replicas);
        }),
      );
      const none = backend.counts(50, 0);
      expect(none.candidate + none.stable).toBe(0);
    });

    it('takes only weights for the same that come to the same numbers of pods', () => {
      fc.assert(
        fc.property(weights, weights, capacities, (weight, other, replicas) => {
          expect(backend.isSame(weight, weight, replicas)).toBe(true);
          expect(backend.isSame(weight, other, replicas)).toBe(backend.isSame(other, weight, replicas));
          if (!backend.isSame(weight, other, replicas)) return;
          expect(backend.counts(weight, replicas)).toEqual(backend.counts(other, replicas));
        }),
      );
    });

    it('gives up no pod that is needed, and in the end all of them', () => {
      fc.assert(
        fc.property(fc.nat(1000), fc.integer({ min: -10, max: 1000 }), (ready, missing) => {
          const kept = backend.kept(ready, missing);
          expect(kept).toBeGreaterThanOrEqual(Math.min(ready, Math.max(0, missing)));
          expect(kept).toBeLessThanOrEqual(missing > 0 ? ready : 0);
        }),
      );
    });

    it('takes a canary through its steps with the whole load carried by available pods, and then is at rest', async () => {
      const world = await serving(backend);
      const passed = canary(world);
      const look = world.everySecond;
      world.everySecond = (at) => {
        look(at);
        expect(at.available()).toBeGreaterThanOrEqual(4);
        if (at.ready('fraud-2') === 0) expect(at.parent.status?.weight ?? 0).toBe(0);
      };
      const seen = await passed;
      expect(seen.length).toBeGreaterThanOrEqual(2);
      expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, previous: { version: 'fraud-1' } });
      expect(world.parent.status?.weight).toBeUndefined();
      expect([world.ready('fraud-1'), world.ready('fraud-2')]).toEqual([0, 4]);
      expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
      const before = { ...world.requests };
      await world.pass(600);
      expect(world.requests).toEqual(before);
    });

    it.each<[string, (world: ServingWorld) => void]>([
      ['rejected', (world) => world.reject('drift', world.parent.status?.candidate?.revision)],
      ['deleted', (world) => world.remove('ModelVersion', 'fraud-2')],
    ])('leaves all requests to what serves when the candidate is %s', async (__, happens) => {
      const world = await serving(backend);
      await canary(world, 40);
      expect(world.parent.status?.candidate?.version).toBe('fraud-2');
      world.everySecond = (at) => expect(at.available()).toBeGreaterThanOrEqual(4);
      happens(world);
      await world.pass(20);
      expect(world.parent.status?.stable?.version).toBe('fraud-1');
      expect(world.parent.status?.candidate).toBeUndefined();
      expect(world.ready('fraud-1')).toBe(4);
      expect(world.names('Deployment')).toHaveLength(1);
    });

    it.each(Array.from({ length: 16 }, (__, calls) => calls))(
      'leads to the same end if the operator is killed after %d writes of a canary',
      async (calls) => {
        const world = await serving(backend);
        world.crashAfter(calls);
        await canary(world);
        expect(world.parent.status?.stable?.version).toBe('fraud-2');
        expect([world.ready('fraud-1'), world.ready('fraud-2')]).toEqual([0, 4]);
      },
    );
  },
);

describe('A backend that divides requests by what an object notes', () => {
  it('is one more entry in the list: no pod of what serves goes before it is replaced, and each step is its own', async () => {
    const world = await serving(trial);
    expect(await canary(world)).toEqual([
      'step 0, weight 25, 4 + 1 pods',
      'step 1, weight 30, 4 + 2 pods',
      'step 2, weight 50, 4 + 2 pods',
    ]);
  });

  it('is watched, and wakes the ModelDeployment that its objects belong to', () => {
    const { watches } = createModelDeploymentController({
      observerImage: 'registry/flyball:1',
      provenance: 'Compare',
      backends: [trial],
    });
    const labels = { 'flyball.dev/model-deployment': 'fraud' };
    const route = { apiVersion: 'trial/v1', kind: 'Route', metadata: { name: 'x', namespace: 'team', labels } };
    const woken = watches.find(({ kind }) => kind.kind === 'Route')?.parents(route, new Objects().reader());
    expect(woken).toEqual([{ namespace: 'team', name: 'fraud' }]);
  });

  it('keeps no pod from being made where its kind is not served, and says what is missing where it is no longer', async () => {
    const { watches } = createModelDeploymentController({
      observerImage: 'registry/flyball:1',
      provenance: 'Compare',
      backends: [trial],
    });
    expect(watches.find(({ kind }) => kind.kind === 'Route')?.optional).toBe(true);
    const world = new ServingWorld(modelDeployment({ spec: { rollout: { steps } } }), [trial]);
    world.unserved.add('Route');
    world.register(1);
    await world.pass(20);
    expect(world.ready('fraud-1')).toBe(4);
    expect(world.names('Route')).toEqual([]);
    world.unserved.clear();
    await canary(world, 20);
    world.unserved.add('Route');
    await canary(world, 60);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'RoutesNotServed' });
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('leaves nothing behind when the spec asks for another one', async () => {
    const forMany: Traffic = { ...trial, isFor: ({ replicas }) => replicas !== 1 };
    const world = await serving(forMany);
    expect(world.names('Route')).toEqual(['fraud']);
    world.scale(1);
    await world.pass(20);
    expect(world.names('Route')).toEqual([]);
    expect(world.ready('fraud-1')).toBe(1);
  });

  it('has the requests leave what goes before it goes', async () => {
    const world = await serving(trial);
    await canary(world);
    const [old = '', new_ = ''] = world.names('Deployment');
    const writes = world.trace.filter((line) => line.includes('operator  PATCH')).map((line) => line.slice(20));
    expect(writes.slice(-3)).toEqual([
      `PATCH Deployment ${new_} {"spec":{"replicas":4}}`,
      `PATCH Route fraud {"spec":{"weights":[["${new_.slice('fraud-'.length)}",100]]}}`,
      `PATCH Deployment ${old} {"spec":{"replicas":0}}`,
    ]);
  });

  it('makes of the same canary by numbers of pods two steps, with pods moved from one to the other', async () => {
    expect(await canary(await serving())).toEqual(['step 0, weight 25, 3 + 1 pods', 'step 2, weight 50, 2 + 2 pods']);
  });
});
