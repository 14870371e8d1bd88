import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Registry } from 'prom-client';
import { referring } from '../../../test/builders/reader.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import {
  binCounts,
  monitor,
  MonitorWorld,
  shiftedCounts,
  stable,
  watchedDeployment,
} from '../../../test/builders/monitor.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { Resource } from '../../api/resource.ts';
import type { Reader } from '../../controller.ts';
import { registerMonitorMetrics } from './metrics.ts';
import { watches } from './watches.ts';

const version = modelVersion(1, { profile: { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } } });

function world(
  spec: Parameters<typeof monitor>[0] = {},
  sources?: ConstructorParameters<typeof MonitorWorld>[1],
): MonitorWorld {
  const simulated = new MonitorWorld(monitor(spec), sources);
  simulated.versions = [version];
  simulated.prometheus.answer = () => binCounts();
  return simulated;
}

const drift = { name: 'drift', drift: { signal: 'amount', test: 'PSI' as const, window: '1h' }, max: 0.2 };
const message = (simulated: MonitorWorld, type: string) =>
  simulated.status.conditions?.find((condition) => condition.type === type)?.message;

describe('A Monitor', () => {
  it('that sees and finds nothing is Ready and passes', async () => {
    const simulated = world();
    await simulated.reconcile();
    expect([simulated.condition('Ready'), simulated.condition('ChecksPassed')]).toEqual([
      'True Measuring',
      'True ChecksPass',
    ]);
    expect(simulated.status).toMatchObject({
      observedGeneration: 1,
      revision: '11111111',
      checks: [{ name: 'drift', verdict: 'Passing', value: '0', samples: 5000, revision: '11111111' }],
    });
    expect(simulated.status.failing).toBeUndefined();
    expect(simulated.status.passing).toBe('1/1');
  });

  it('names what fails, and is Ready all the same', async () => {
    const simulated = world({ checks: [drift, { ...drift, name: 'strict', max: 0.1 }] });
    simulated.prometheus.answer = () => shiftedCounts;
    await simulated.reconcile();
    expect([simulated.condition('Ready'), simulated.condition('ChecksPassed'), simulated.status.failing]).toEqual([
      'True Measuring',
      'False ChecksFail',
      'drift,strict',
    ]);
    expect(simulated.status.passing).toBe('0/2');
  });

  it.each<[string, string, (simulated: MonitorWorld) => void]>([
    ['False ModelDeploymentMissing', '`kubectl -n team get mdep`', (simulated) => (simulated.deployment = undefined)],
    [
      'Unknown NothingStable',
      'no stable revision yet',
      (simulated) => (simulated.deployment = watchedDeployment({}, {})),
    ],
    ['False NoProfile', 'profile.amount.edges', (simulated) => (simulated.versions = [modelVersion(1)])],
    ['False VersionMissing', 'ModelVersion "fraud-1", which is', (simulated) => (simulated.versions = [])],
    [
      'False NoObserver',
      '`kubectl -n team patch mdep fraud',
      (simulated) => {
        const { observe: _observe, ...spec } = watchedDeployment().spec;
        simulated.deployment = { ...watchedDeployment(), spec };
      },
    ],
    ['False PrometheusUnreachable', 'prometheus.url', (simulated) => (simulated.prometheus.away = true)],
    ['Unknown NotEnoughSamples', 'it takes 450', (simulated) => (simulated.prometheus.answer = () => [])],
    [
      'Unknown WindowIncomplete',
      'whole window of 1h',
      (simulated) => (simulated.deployment = watchedDeployment({}, { stable: stable('1', 1, '2026-11-24T11:30:00Z') })),
    ],
  ])('that cannot see is %s, and says whose move it is', async (want, hint, change) => {
    const simulated = world();
    change(simulated);
    await simulated.reconcile();
    expect(simulated.condition('Ready')).toBe(want);
    expect(message(simulated, 'Ready')).toContain(hint);
    expect(simulated.condition('ChecksPassed')).toBe(`Unknown ${want.split(' ')[1]}`);
  });

  it('names the source that is not open to its namespace, and no other', async () => {
    const store = { query: () => Promise.resolve([]) };
    const simulated = world({ checks: [{ name: 'own', query: { source: 'main', expr: 'x' }, max: 1 }] }, [
      { name: 'main', store, namespaces: ['other-team'] },
    ]);
    await simulated.reconcile();
    expect(simulated.condition('Ready')).toBe('False SourceNotAllowed');
    expect(message(simulated, 'Ready')).toContain('not open to namespace team');
    expect(message(simulated, 'Ready')).not.toContain('other-team');
  });

  it('asks an open source', async () => {
    const store = { query: () => Promise.resolve([{ labels: {}, value: 7 }]) };
    const simulated = world({ checks: [{ name: 'own', query: { source: 'main', expr: 'x' }, max: 1 }] }, [
      { name: 'main', store, namespaces: ['team'] },
    ]);
    await simulated.reconcile();
    expect(simulated.verdict('own')).toBe('Failing OutOfBounds');
  });

  it('of which one check fails and another cannot be measured fails, and is not Ready', async () => {
    const simulated = world({ checks: [drift, { name: 'errors', errors: {}, max: 0.01 }] });
    simulated.prometheus.answer = (expression) => (expression.includes('signal') ? shiftedCounts : []);
    await simulated.reconcile();
    expect([simulated.condition('Ready'), simulated.condition('ChecksPassed')]).toEqual([
      'Unknown NoData',
      'False ChecksFail',
    ]);
  });

  it('says when it sampled what it tells', async () => {
    const simulated = world();
    await simulated.reconcile();
    expect(simulated.status.checks?.[0]).toMatchObject({ value: '0', sampledAt: '2026-11-24T12:00:00Z' });
  });

  it('brings a value that changes little up to date every ten minutes', async () => {
    const simulated = world();
    const samples = new Set<number | undefined>();
    await simulated.reconcile();
    for (let minute = 0; minute < 100; minute += 1) {
      simulated.prometheus.answer = () => binCounts(Array.from({ length: 10 }, () => 500 + minute));
      await simulated.pass(1);
      samples.add(simulated.status.checks?.[0]?.samples);
      const { sampledAt = '' } = simulated.status.checks?.[0] ?? {};
      expect(simulated.now.getTime() - Date.parse(sampledAt)).toBeLessThan(11 * 60_000);
    }
    expect([samples.size, simulated.writes]).toEqual([10, 10]);
  });

  it('brings a value up to date at once that changed by a tenth of its bound', async () => {
    const simulated = world();
    const counts = (first: number) => binCounts([first, ...Array.from({ length: 9 }, () => 500)]);
    simulated.prometheus.answer = () => counts(500);
    await simulated.reconcile();
    simulated.prometheus.answer = () => counts(600);
    await simulated.pass(1);
    expect(simulated.status.checks?.[0]?.value).toBe('0');
    simulated.prometheus.answer = () => counts(900);
    await simulated.pass(1);
    expect(Number(simulated.status.checks?.[0]?.value)).toBeGreaterThan(0.02);
  });

  it('is written at most once per interval, however its value swings', async () => {
    const simulated = world({ interval: '1m' });
    let swing = 0;
    simulated.prometheus.answer = () => ((swing += 1) % 4 < 2 ? binCounts() : binCounts([900, 500, 500, 500, 500]));
    for (let second = 0; second < 1200; second += 5) {
      simulated.now = new Date(simulated.now.getTime() + 5_000);
      await simulated.reconcile();
    }
    expect(simulated.writes).toBeGreaterThan(10);
    expect(simulated.writes).toBeLessThanOrEqual(21);
  });

  it('tells other words at once where they rest on no answer', async () => {
    const simulated = world();
    simulated.versions = [modelVersion(1)];
    await simulated.reconcile();
    const signals = [{ name: 'amount', from: 'Request' as const, pointer: '/a', type: 'Category' as const }];
    simulated.deployment = watchedDeployment({ observe: { signals } });
    await simulated.reconcile();
    expect([simulated.verdict(), message(simulated, 'Ready')]).toEqual([
      'Unknown NoProfile',
      expect.stringContaining('profile.amount.categories'),
    ]);
  });

  it('judges anew at once when it was edited', async () => {
    const simulated = world();
    await simulated.reconcile();
    const { spec, status } = simulated.monitor;
    simulated.monitor = { ...monitor({ ...spec, checks: [{ ...drift, minSamples: 9999 }] }, status) };
    simulated.monitor.metadata!.generation = 2;
    await simulated.reconcile();
    expect([simulated.verdict(), simulated.status.observedGeneration]).toEqual(['Unknown NotEnoughSamples', 2]);
    expect(simulated.prometheus.asked).toHaveLength(2);
  });

  it('waits out flapping: a check that recovers in time never fails', async () => {
    const simulated = world({ checks: [{ ...drift, for: '5m' }] });
    const seen = new Set<string | undefined>();
    for (let round = 0; round < 20; round += 1) {
      simulated.prometheus.answer = () => (round % 2 === 0 ? shiftedCounts : binCounts());
      await simulated.pass(3);
      seen.add(simulated.verdict());
    }
    expect(seen).toEqual(new Set(['Passing WithinBounds', 'Pending OutOfBounds']));
    simulated.prometheus.answer = () => shiftedCounts;
    await simulated.pass(7);
    expect(simulated.verdict()).toBe('Failing OutOfBounds');
  });

  it('keeps its verdict over a restart of the operator', async () => {
    const simulated = world();
    await simulated.reconcile();
    simulated.restartOperator();
    simulated.writes = 0;
    await simulated.reconcile();
    expect([simulated.writes, simulated.verdict()]).toEqual([0, 'Passing WithinBounds']);
  });

  it('is not written again without need: a second look changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 2000 }), { minLength: 10, maxLength: 10 }), async (counts) => {
        const simulated = world({ retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['drift'] } });
        simulated.run = trainingRun();
        simulated.prometheus.answer = () => binCounts(counts);
        await simulated.reconcile();
        simulated.writes = 0;
        await simulated.reconcile();
        const once = simulated.writes;
        await simulated.reconcile();
        expect([once <= 1, simulated.writes === once]).toEqual([true, true]);
      }),
      { numRuns: 50 },
    );
  });

  it('exports verdict, value and freshness', async () => {
    const registry = new Registry();
    const simulated = world();
    registerMonitorMetrics(registry, simulated.sampler);
    simulated.prometheus.answer = () => shiftedCounts;
    await simulated.reconcile();
    await simulated.reconcile();
    const text = await registry.metrics();
    expect(await registry.metrics()).toBe(text);
    expect(text).toMatch(/flyball_monitor_check_value\{namespace="team",monitor="fraud",check="drift"\} [0-9.]+/);
    expect(text).toContain('check="drift",verdict="Failing"} 1');
    expect(text).toContain('check="drift",verdict="Passing"} 0');
    const asked = simulated.now.getTime() / 1000;
    expect(text).toContain(`flyball_monitor_last_sample_timestamp_seconds{namespace="team",monitor="fraud"} ${asked}`);
  });

  it('exports the verdict also while nothing can be asked, and no value then', async () => {
    const registry = new Registry();
    const simulated = world();
    registerMonitorMetrics(registry, simulated.sampler);
    await simulated.reconcile();
    simulated.versions = [];
    await simulated.reconcile();
    await simulated.reconcile();
    const text = await registry.metrics();
    expect(text).toContain('check="drift",verdict="Unknown"} 1');
    expect(text).not.toMatch(/check_value\{|timestamp_seconds\{/);
  });
});

describe('A change', () => {
  const watching = monitor({ retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['drift'] } });
  const objects: readonly Resource[] = [watching, watchedDeployment()];
  const reader: Reader = {
    get: () => undefined,
    referring: (kind, to, key) => referring(objects, kind, to, key),
    ownedBy: () => [],
    isServed: () => true,
    live: () => Promise.resolve(undefined),
  };
  const parents = (changed: Resource) =>
    watches.find(({ kind }) => kind.kind === changed.kind)?.parents(changed, reader);

  it.each<[string, Resource, number]>([
    ['of the deployment that is watched', watchedDeployment(), 1],
    ['of another deployment', { ...watchedDeployment(), metadata: { name: 'other', namespace: 'team' } }, 0],
    ['of the run that is asked', trainingRun(), 1],
    ['of another run', trainingRun({ name: 'other' }), 0],
    ['of a version of the run', modelVersion(7), 1],
    ['of the version that is served', { ...modelVersion(1, { trainingRun: 'x' }), metadata: version.metadata! }, 1],
    ['of another version', modelVersion(1, { trainingRun: 'other' }), 0],
  ])('%s leads to the Monitors that depend on it', (_what, changed, want) => {
    expect(parents(changed)?.length).toBe(want);
  });
});
