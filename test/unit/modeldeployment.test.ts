import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IService } from 'kubernetes-models/v1';
import { uidOf } from '../../src/api/resource.ts';
import type { ModelDeploymentSpec } from '../../src/api/types.ts';
import { trafficBackends } from '../../src/kinds/modeldeployment/traffic/index.ts';
import type { Traffic } from '../../src/kinds/modeldeployment/traffic/traffic.ts';
import { modelDeployment, server } from '../builders/modeldeployment.ts';
import type { Behaviour } from '../simulate/kubelet.ts';
import { type Metrics, ServingWorld } from '../simulate/modeldeployment.ts';
import { trial } from './trial/traffic.ts';

type Event =
  | { readonly type: 'register'; readonly behaviour: Behaviour }
  | { readonly type: 'edit'; readonly image: number }
  | { readonly type: 'scale'; readonly replicas: number }
  | { readonly type: 'measure'; readonly metrics: Metrics }
  | { readonly type: 'room'; readonly room: number }
  | { readonly type: 'reject' }
  | { readonly type: 'crash'; readonly calls: number }
  | { readonly type: 'forget'; readonly number: number }
  | { readonly type: 'deleteDeployment'; readonly index: number }
  | { readonly type: 'scaleByHand'; readonly index: number; readonly replicas: number }
  | { readonly type: 'pass'; readonly seconds: number };

const steps = [
  { weight: 25, hold: '20s' },
  { weight: 50, hold: '30s' },
];
const analysis = [{ name: 'errors', errors: {}, max: 0.01 }];

const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    type: fc.constant('register' as const),
    behaviour: fc.constantFrom<Behaviour>('Works', 'Works', 'Works', 'Crashes', 'ImageMissing', 'Deaf', 'Blinks'),
  }),
  fc.record({ type: fc.constant('edit' as const), image: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constant('scale' as const), replicas: fc.integer({ min: 0, max: 6 }) }),
  fc.record({
    type: fc.constant('measure' as const),
    metrics: fc.constantFrom<Metrics>(
      {},
      { away: true },
      { requests: 5 },
      { requests: Number.NaN },
      { requests: 500 },
      { requests: 500, errors: Number.NaN },
      { requests: 500, errors: 0.5 },
    ),
  }),
  fc.record({ type: fc.constant('room' as const), room: fc.integer({ min: 6, max: 16 }) }),
  fc.record({ type: fc.constant('reject' as const) }),
  fc.record({ type: fc.constant('crash' as const), calls: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ type: fc.constant('forget' as const), number: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ type: fc.constant('deleteDeployment' as const), index: fc.integer({ min: 0, max: 2 }) }),
  fc.record({
    type: fc.constant('scaleByHand' as const),
    index: fc.integer({ min: 0, max: 2 }),
    replicas: fc.integer({ min: 0, max: 6 }),
  }),
  fc.record({ type: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
  fc.record({ type: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 90 }) }),
);

/** Holds a world against the invariants, second by second; Jest is asked only when one is broken, since it is slow. */
class Watch {
  /** Whether the whole load was carried and nobody but the operator has taken pods away since. */
  carried = false;
  /** For how many seconds what somebody took away may still be counted among what is available. */
  #unsettled = 0;
  #selectors = new Map<string, string>();
  #stable: string | undefined;
  #previous: string | undefined;
  #rejected = new Set<string>();

  look(world: ServingWorld): void {
    this.#capacity(world);
    this.#selection(world);
    this.#rejections(world);
    this.#promotions(world);
  }

  /** Somebody but the operator takes pods away. */
  disturbed(): void {
    this.carried = false;
    this.#unsettled = 5;
  }

  #capacity(world: ServingWorld): void {
    if (this.#unsettled > 0) {
      this.#unsettled -= 1;
      return;
    }
    const wantReady = world.parent.spec.replicas ?? 1;
    const isCarried = world.available() >= wantReady;
    if (this.carried && !isCarried) expect(world.available()).toBeGreaterThanOrEqual(wantReady);
    this.carried ||= isCarried;
  }

  #selection(world: ServingWorld): void {
    const objects: readonly (IDeployment | IService)[] = [...world.deployments(), ...world.services()];
    for (const object of objects) {
      const template = object.kind === 'Deployment' ? object.spec?.template : undefined;
      const now = JSON.stringify([object.spec?.selector, template]);
      const want = this.#selectors.get(uidOf(object)) ?? now;
      if (now !== want) expect(now).toEqual(want);
      this.#selectors.set(uidOf(object), now);
    }
  }

  /** One that takes the place of a Deployment which somebody deleted has nothing to be compared with. */
  #promotions(world: ServingWorld): void {
    const { parent, metrics } = world;
    const { stable, previous } = parent.status ?? {};
    const lost = !world.names('Deployment').includes(`fraud-${this.#stable}`);
    const changed = this.#stable !== undefined && stable !== undefined && stable.revision !== this.#stable;
    const wayBack = stable?.revision === this.#previous && this.#rejected.has(this.#stable ?? '');
    if (changed && !wayBack && !lost && parent.spec.rollout?.analysis !== undefined) {
      expect(metrics.requests).toBeGreaterThanOrEqual(100);
      expect(metrics.errors ?? 0).toBeLessThanOrEqual(0.01);
    }
    this.#stable = stable?.revision;
    this.#previous = previous?.revision;
  }

  #rejections({ parent: { status } }: ServingWorld): void {
    const { candidate, stable, rejected = [] } = status ?? {};
    const entered = [candidate?.revision, stable?.revision === this.#stable ? undefined : stable?.revision];
    const again = entered.filter((revision) => this.#rejected.has(revision ?? ''));
    if (again.length > 0) expect(again).toEqual([]);
    for (const { revision } of rejected) this.#rejected.add(revision);
  }
}

class Scenario {
  readonly world: ServingWorld;
  readonly watch = new Watch();
  #versions = 0;

  constructor(spec: Parameters<typeof modelDeployment>[0], backends: readonly Traffic[] = []) {
    this.world = new ServingWorld(modelDeployment(spec), [...backends, ...trafficBackends]);
    this.world.everySecond = (world) => this.watch.look(world);
  }

  async run(all: readonly Event[]): Promise<void> {
    for (const event of all) await this.#happens(event);
    await this.world.pass(30);
  }

  async #happens(event: Event): Promise<void> {
    const { world } = this;
    switch (event.type) {
      case 'register':
        this.#versions += 1;
        world.behaviours.set(`fraud-${this.#versions}`, event.behaviour);
        return world.register(this.#versions);
      case 'edit':
        return world.edit({ server: { ...server, image: `registry/server:${event.image}` } });
      case 'scale':
        this.watch.carried = false;
        return world.scale(event.replicas);
      case 'measure':
        world.metrics = event.metrics;
        return undefined;
      case 'room':
        world.room = event.room;
        return undefined;
      case 'reject':
        return world.reject('latency');
      case 'crash':
        return world.crashAfter(event.calls);
      case 'forget':
        return world.remove('ModelVersion', `fraud-${event.number}`);
      case 'deleteDeployment':
        return this.#disturb(event.index, (name) => world.remove('Deployment', name));
      case 'scaleByHand':
        return this.#disturb(event.index, (name) => world.scaleByHand(name, event.replicas));
      case 'pass':
        return await world.pass(event.seconds);
    }
  }

  #disturb(index: number, how: (name: string) => void): void {
    const name = this.world.names('Deployment')[index];
    if (name === undefined) return;
    this.watch.disturbed();
    how(name);
  }
}

describe('Whatever happens to a ModelDeployment', () => {
  it.each<[string, Partial<ModelDeploymentSpec>, ...Traffic[]]>([
    ['at once', { replicas: 3 }],
    ['in steps', { replicas: 4, rollout: { steps } }],
    ['in steps with analysis', { replicas: 4, observe: {}, rollout: { steps, analysis } }],
    ['at once with analysis', { replicas: 2, observe: {}, rollout: { analysis } }],
    ['in steps that are no numbers of pods', { replicas: 4, rollout: { steps } }, trial],
  ])(
    'rolled out %s, it keeps its capacity, its selectors and its rejections, and promotes nothing without data',
    async (_, spec, ...backends) => {
      await fc.assert(
        fc.asyncProperty(fc.array(events, { minLength: 4, maxLength: 25 }), async (all) => {
          await new Scenario({ spec }, backends).run([{ type: 'register', behaviour: 'Works' }, ...all]);
        }),
        { numRuns: 10 },
      );
    },
    120_000,
  );
});

describe('An operator that is killed', () => {
  it.each(Array.from({ length: 24 }, (_, calls) => calls))(
    'after %d writes leads to the same end as one that is not',
    async (calls) => {
      const { world } = new Scenario({ spec: { rollout: { steps } } });
      world.crashAfter(calls);
      world.register(1);
      await world.pass(20);
      world.register(2);
      await world.pass(140);
      expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, previous: { version: 'fraud-1' } });
      expect(world.parent.status?.candidate).toBeUndefined();
      expect(world.ready('fraud-2')).toBe(4);
      expect(world.names('Deployment')).toHaveLength(2);
      expect(world.names('Service')).toHaveLength(3);
    },
  );
});
