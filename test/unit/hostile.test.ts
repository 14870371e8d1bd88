import { describe, expect, it } from '@jest/globals';
import { PrometheusError } from '../../src/measure/prometheus.ts';
import { hostileWords } from '../builders/hostile.ts';
import { monitor, MonitorWorld } from '../builders/monitor.ts';
import { statusProblems } from '../builders/planned.ts';
import { exited, refused, succeeded, unschedulable, waiting } from '../builders/pod.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { World } from '../simulate/trainingrun.ts';

/** Each plan is held against the limits, by test/builders/planned.ts; these are worlds in which all others speak with ill will. */
describe('What others say, however hostile, leaves a status that can be shown and stored', () => {
  it.each([
    ['ends with hostile words', exited(1, { reason: hostileWords, message: hostileWords })],
    ['writes a document of hostile names', succeeded(JSON.stringify({ metrics: { [hostileWords]: 1 } }))],
    [
      'writes a hostile digest',
      succeeded(JSON.stringify({ metrics: { f1: 1 }, model: { digest: '\u001B[2J$(PATH)' } })),
    ],
    [
      'has a hostile dataset',
      succeeded(JSON.stringify({ metrics: { f1: 1 }, datasets: { '\u202Edata': 'sha256:0' } })),
    ],
    ['writes no JSON at all', succeeded(hostileWords)],
    ['is refused by a hostile node', refused(hostileWords, hostileWords)],
  ])('of a training that %s, twenty times', async (_what, status) => {
    const world = new World(trainingRun({ spec: { attemptHistoryLimit: 20 } }));
    for (let attempt = 1; attempt <= 21; attempt += 1) {
      await world.reconcile();
      for (const job of world.jobs()) world.podIs(job.metadata?.name ?? '', status);
      world.pass(120_000);
      await world.reconcile();
      await world.reconcile();
      world.edit({ parameters: { trial: String(attempt) } });
    }
    expect(world.run.status?.attempts?.length).toBeGreaterThan(0);
    expect(statusProblems(world.run.status ?? {})).toEqual([]);
  });

  it.each([
    ['kubelet', waiting(hostileWords, hostileWords)],
    ['scheduler', unschedulable(hostileWords)],
  ])('of a training whose %s says it', async (_who, status) => {
    const world = new World(trainingRun());
    await world.reconcile();
    world.podIs('fraud-1-train', status);
    world.pass(15 * 60_000);
    await world.reconcile();
    expect(statusProblems(world.run.status ?? {})).toEqual([]);
    expect(JSON.stringify(world.run.status)).toContain('漢');
  });

  it('of a Monitor with as many checks as it may have, of which every source refuses the query', async () => {
    const store = { query: () => Promise.reject(new PrometheusError('Refused', hostileWords)) };
    const checks = Array.from({ length: 16 }, (_, index) => ({
      name: `${'q'.repeat(61)}${index}`,
      query: { source: 'own', expr: 'up' },
      max: 1,
    }));
    const world = new MonitorWorld(monitor({ checks }), [{ name: 'own', store, namespaces: ['team'] }]);
    await world.pass(10);
    expect(world.status.checks?.map(({ reason }) => reason)).toEqual(Array(16).fill('QueryFailed'));
    expect(JSON.stringify(world.status)).toContain('漢');
  });
});
