import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FaultPlan, Injection } from './contract.ts';
import { faultOf, faults } from './faults.ts';
import { generatePlans, parsePlan, type Playable, printPlan } from './plans.ts';

const events = { jobs: 9, services: 4, deployments: 3, trainingruns: 14 };
const creations = ['POST jobs', 'POST modelversions', 'POST deployments', 'POST services'];
const writes = Array.from({ length: 16 }, (_, index) =>
  index === 10 ? 'DELETE jobs' : (creations[index] ?? 'PATCH trainingruns status'),
);
const scenarios: readonly Playable[] = ['create', 'retrain', 'a-b-a', 'delete', 'hold'].map((name, index) => ({
  name,
  counts: {
    Request: 20 + index,
    Write: 12 + index,
    Event: 30,
    Query: name === 'retrain' ? 6 : 0,
    events,
    writes: writes.slice(0, 12 + index),
  },
}));

const injection: fc.Arbitrary<Injection> = fc
  .tuple(fc.constantFrom(...faults), fc.nat(), fc.integer({ min: 1 }), fc.boolean())
  .map(([fault, count, number, isAimed]) => {
    const at = { count: fault.moments[count % fault.moments.length] ?? 'Write', number };
    const hasKind = fault.kind === 'Required' || (fault.kind === 'Optional' && isAimed);
    return { fault: fault.name, at, ...(hasKind ? { kind: 'jobs' } : {}) };
  });
const plan: fc.Arbitrary<FaultPlan> = fc.record({
  scenario: fc.stringMatching(/^[a-z][a-z-]{0,10}$/),
  injections: fc.array(injection, { maxLength: 4 }),
});

describe('A plan', () => {
  it('is read back as it was written', () => {
    fc.assert(fc.property(plan, (written) => expect(parsePlan(printPlan(written))).toEqual(written)));
  });

  it('is one line that a person can write', () => {
    expect(parsePlan('retrain/watch-stall:jobs@Event:3+kill-after-write@Write:5')).toEqual({
      scenario: 'retrain',
      injections: [
        { fault: 'watch-stall', kind: 'jobs', at: { count: 'Event', number: 3 } },
        { fault: 'kill-after-write', at: { count: 'Write', number: 5 } },
      ],
    });
  });

  it.each([
    ['', /is no plan/],
    ['create/kill-after-write', /is no injection/],
    ['create/kill-after-write@Write:0', /is no injection/],
    ['create/sabotage@Write:1', /there is no fault "sabotage"/],
    ['create/kill-after-write@Event:1', /counted in Write/],
    ['create/kill-after-write:jobs@Write:1', /strikes no kind/],
    ['create/child-deleted@Write:1', /needs a kind/],
  ])('is refused with a reason if it is "%s"', (text, reason) => {
    expect(() => parsePlan(text)).toThrow(reason);
  });
});

describe('Generated plans', () => {
  const plans = generatePlans(scenarios, faults, 1, 1_000);

  it('are the same for the same seed, and others for another', () => {
    expect(generatePlans(scenarios, faults, 1, 1_000)).toEqual(plans);
    expect(generatePlans(scenarios, faults, 2, 1_000)).not.toEqual(plans);
  });

  it('can all be written and read', () => {
    for (const generated of plans) expect(parsePlan(printPlan(generated))).toEqual(generated);
  });

  it('contain every fault in every scenario that it applies to', () => {
    const met = new Set(plans.flatMap(({ scenario, injections: [first] }) => `${scenario}/${first?.fault}`));
    const applicable = scenarios.flatMap(({ name, counts }) =>
      faults
        .filter((fault) => fault.class !== 'Prometheus' || counts.Query > 0)
        .map((fault) => `${name}/${fault.name}`),
    );
    expect(applicable.filter((pair) => !met.has(pair))).toEqual([]);
  });

  it('name moments that come when nothing disturbs the scenario', () => {
    for (const {
      scenario,
      injections: [first],
    } of plans) {
      const counts = scenarios.find(({ name }) => name === scenario)?.counts;
      const { count = 'Write', number = 0 } = first?.at ?? {};
      const kind = count === 'Event' ? first?.kind : undefined;
      const total = kind === undefined ? counts?.[count] : counts?.events[kind];
      expect(number).toBeGreaterThan(0);
      expect(number).toBeLessThanOrEqual(total ?? 0);
    }
  });

  it('strike a write of which there is one no more seldom than all those of which there are many', () => {
    const late = plans.flatMap(({ injections: [first] }) =>
      first?.at.count === 'Write' && first.at.number > 9 ? [first] : [],
    );
    const deletions = late.filter(({ at }) => at.number === 11);
    expect(deletions.length).toBeGreaterThan(0.5 * late.length);
  });

  it('let every class of faults of writes strike the one write that is a deletion', () => {
    const classes = plans.flatMap(({ injections: [first] }) =>
      first?.at.count === 'Write' && first.at.number === 11 ? [faultOf(first.fault).class] : [],
    );
    const wanted = faults.filter(({ moments }) => moments.includes('Write')).map((fault) => fault.class);
    expect(new Set(classes)).toEqual(new Set(wanted));
  });

  const followed = plans.filter(({ injections }) => injections.length === 2);

  it('have one crash follow another in about 15 of 100', () => {
    const crashes = followed.filter(({ injections }) =>
      injections.every(({ fault }) => faultOf(fault).class === 'Crash'),
    );
    expect(crashes.length).toBeGreaterThan(120);
    expect(crashes.length).toBeLessThan(180);
  });

  it('disturb what an operator asks for after a crash or the end of all watches in about 10 of 100', () => {
    const disturbed = followed.filter(({ injections: [, second] }) => second?.at.count === 'Request');
    expect(disturbed.length).toBeGreaterThan(70);
    expect(disturbed.length).toBeLessThan(130);
    const classes = disturbed.map(({ injections: [, second] }) => faultOf(second?.fault ?? '').class);
    expect(new Set(classes)).toEqual(new Set(['Loss', 'Refusal']));
  });

  it('strike kinds only if the fault can', () => {
    const struck = plans.flatMap(({ injections }) => injections).filter(({ fault }) => fault === 'selector-changed');
    expect(struck.length).toBeGreaterThan(0);
    expect(new Set(struck.map(({ kind }) => kind))).toEqual(new Set(['services']));
  });
});

describe('The catalogue', () => {
  it('has each name once', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  it('has no fault that does nothing', () => {
    expect(faults.filter(({ strike, treatment }) => strike === undefined && treatment === undefined)).toEqual([]);
  });

  it('has no fault of a request that can strike without one', () => {
    const misplaced = faults.filter(({ treatment, moments }) => treatment !== undefined && moments.includes('Event'));
    expect(misplaced).toEqual([]);
  });
});
