import { describe, expect, it } from '@jest/globals';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { binCounts, monitor, MonitorWorld, stable, watchedDeployment } from '../../../test/builders/monitor.ts';
import { modelVersions } from '../../api/kinds.ts';
import type { MonitorFacts } from './observe.ts';
import { questions } from './questions.ts';
import { slotsOf } from './slots.ts';
import { refused } from './status/refused.ts';

const noon = new Date('2026-11-24T12:00:00Z');
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const errors = { name: 'errors', errors: {}, max: 0.01 };
const latency = { name: 'latency', latency: { quantile: 0.9 }, max: 0.2 };
const judged = { observedGeneration: 1, checks: [] };

function world(fields: Parameters<typeof monitor>[0] = {}, status?: Parameters<typeof monitor>[1]): MonitorWorld {
  const simulated = new MonitorWorld(monitor({ checks: [errors, latency], ...fields }, status));
  simulated.prometheus.answer = () => [{ labels: {}, value: 1 }];
  return simulated;
}

const withUid = (uid: string) => ({ ...monitor(), metadata: { ...monitor().metadata, uid } });

describe('A Monitor', () => {
  it('asks at once when it is new, and then once per interval, however often it is looked at', async () => {
    const simulated = world();
    for (let second = 0; second < 600; second += 7) {
      simulated.now = after(second);
      await simulated.reconcile();
    }
    const perSlot = 4;
    expect(simulated.prometheus.asked.length).toBeGreaterThanOrEqual(10 * perSlot);
    expect(simulated.prometheus.asked.length).toBeLessThanOrEqual(11 * perSlot);
  });

  it('looks again just when it has to ask again', async () => {
    const simulated = world();
    await simulated.pass(60);
    expect(simulated.prometheus.asked).toHaveLength(61 * 4);
  });

  it('waits for its slot after a restart of the operator, and keeps its verdicts until then', async () => {
    const simulated = world({}, judged);
    const wait = await simulated.reconcile();
    expect([simulated.prometheus.asked.length, wait > 0 && wait <= 60_000]).toEqual([0, true]);
    simulated.now = new Date(simulated.now.getTime() + wait);
    await simulated.reconcile();
    expect(simulated.prometheus.asked).toHaveLength(4);
  });

  it('does not wait if what it judges could not be seen since it was made', async () => {
    const simulated = world();
    const unserved = { type: 'UnservedKind', kind: modelVersions, cause: 'Forbidden', message: 'no' } as const;
    simulated.monitor = monitor({ checks: [errors] }, refused({}, unserved, simulated.monitor, noon));
    await simulated.reconcile();
    expect(simulated.prometheus.asked).toHaveLength(4);
  });

  it('does not wait if it was edited while no operator ran', async () => {
    const simulated = world({}, { observedGeneration: 0 });
    await simulated.reconcile();
    expect(simulated.prometheus.asked).toHaveLength(4);
  });

  it('asks what an edit adds at once', async () => {
    const simulated = world({ checks: [errors] });
    await simulated.reconcile();
    simulated.monitor = monitor({ checks: [errors, latency] }, simulated.status);
    simulated.monitor.metadata!.generation = 2;
    await simulated.reconcile();
    expect(simulated.prometheus.asked).toHaveLength(8);
    expect(simulated.verdict('latency')).toBe('Unknown NotEnoughSamples');
  });

  it('asks again at once when an edit looks for another signal in the same counts', async () => {
    const drift = { name: 'drift', drift: { signal: 'amount', test: 'PSI' as const, window: '1h' }, max: 0.2 };
    const simulated = world({ checks: [drift] });
    const [amount] = watchedDeployment().spec.observe?.signals ?? [];
    const signals = ['amount', 'age'].map((name) => ({ ...amount!, name }));
    simulated.deployment = watchedDeployment({ observe: { signals } });
    const profile = { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
    simulated.versions = [modelVersion(1, { profile: { amount: profile, age: profile } })];
    simulated.prometheus.answer = () => binCounts();
    await simulated.reconcile();
    expect(simulated.verdict('drift')).toBe('Passing WithinBounds');
    const edited = { ...drift, drift: { ...drift.drift, signal: 'age' } };
    simulated.monitor = monitor({ checks: [edited] }, simulated.status);
    simulated.monitor.metadata!.generation = 2;
    await simulated.reconcile();
    expect([simulated.prometheus.asked.length, simulated.verdict('drift')]).toEqual([4, 'Unknown NotEnoughSamples']);
  });

  it('waits for its slot with another revision', async () => {
    const simulated = world();
    await simulated.reconcile();
    simulated.deployment = watchedDeployment({}, { stable: stable('22222222', 2, '2026-11-24T00:00:00Z') });
    const wait = await simulated.reconcile();
    expect([simulated.prometheus.asked.length, simulated.verdict('errors')]).toEqual([4, 'Unknown NotMeasured']);
    simulated.now = new Date(simulated.now.getTime() + wait);
    await simulated.reconcile();
    expect(simulated.prometheus.asked.slice(4).every((expression) => expression.includes('22222222'))).toBe(true);
  });

  it('asks for all signals of a revision by the same two queries', async () => {
    const drift = { drift: { signal: 'amount', test: 'PSI' as const, window: '1h' }, max: 0.2 };
    const checks = [
      { name: 'one', ...drift },
      { name: 'two', ...drift, max: 0.5 },
    ];
    const simulated = world({ checks });
    simulated.versions = [modelVersion(1, { profile: { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } } })];
    simulated.prometheus.answer = () => binCounts();
    await simulated.reconcile();
    expect([simulated.prometheus.asked.length, simulated.verdict('two')]).toEqual([2, 'Passing WithinBounds']);
  });

  it('asks nothing about what it cannot measure', () => {
    const facts: MonitorFacts = {
      monitor: monitor({ checks: [errors, { name: 'own', query: { source: 'main', expr: 'up' }, max: 1 }] }),
      deployment: watchedDeployment(),
      version: undefined,
      run: undefined,
      versions: [],
      openSources: [],
    };
    expect(questions(facts, noon).map(({ name }) => name)).toEqual(['errors']);
    expect(questions({ ...facts, openSources: ['main'] }, noon).map(({ name }) => name)).toEqual(['errors', 'own']);
    expect(questions({ ...facts, deployment: undefined }, noon)).toEqual([]);
  });
});

describe('The slots', () => {
  it('of a thousand Monitors are spread over their interval', () => {
    const tenths = Array.from({ length: 1000 }, (_, index) => {
      const { next } = slotsOf(withUid(`uid-${index}`), noon);
      return Math.floor((next.getTime() - noon.getTime()) / 6000);
    });
    const perTenth = Array.from({ length: 10 }, (_, tenth) => tenths.filter((slot) => slot === tenth).length);
    expect(Math.min(...perTenth)).toBeGreaterThan(60);
    expect(Math.max(...perTenth)).toBeLessThan(140);
  });

  it('follow one another without a gap, each as long as the interval', () => {
    const object = monitor({ interval: '90s' });
    const first = slotsOf(object, noon);
    expect(first.next.getTime() - first.current.getTime()).toBe(90_000);
    expect(slotsOf(object, first.next).current).toEqual(first.next);
    expect(slotsOf(object, new Date(first.next.getTime() - 1))).toEqual(first);
  });
});
