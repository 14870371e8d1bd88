import { describe, expect, it } from '@jest/globals';
import { inFirstStep, serving, watched } from '../../../../test/simulate/rollout.ts';

describe('The analysis of a candidate', () => {
  it('without data holds for as long as there is none', async () => {
    const world = await inFirstStep(watched);
    await world.pass(900);
    expect(world.parent.status?.candidate?.step).toBe(0);
    expect(world.condition('Reconciling')).toMatchObject({ reason: 'NoData' });
    expect(world.condition('Reconciling')?.message).toContain(
      'See that its job flyball-observers scrapes the port "metrics"',
    );
    world.metrics = { requests: 0 };
    await world.pass(30);
    expect(world.condition('Reconciling')).toMatchObject({ reason: 'TooFewSamples' });
  });

  it('with Prometheus away holds and says so', async () => {
    const world = await inFirstStep(watched);
    world.metrics = { away: true };
    await world.pass(120);
    expect(world.condition('Reconciling')).toMatchObject({ reason: 'PrometheusUnavailable' });
    expect(world.condition('Reconciling')?.message).toContain('did not answer: refused');
    world.metrics = { requests: 500 };
    await world.pass(300);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('fails early, before the hold is over', async () => {
    const world = await inFirstStep(watched);
    world.metrics = { requests: 500, errors: 0.5 };
    await world.pass(20);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'AnalysisFailed' }]);
    expect(world.parent.status?.rejected?.[0]?.message).toContain(
      'share of errors 50% over its limit 1% on 500 samples',
    );
  });

  it('asks Prometheus at intervals only, and not at all without a candidate', async () => {
    const world = await serving(watched);
    world.metrics = { requests: 500 };
    await world.pass(60);
    expect(world.requests.queries).toBe(0);
    world.register(2);
    await world.pass(240);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.requests.queries).toBeLessThanOrEqual(4 * (180 / 15 + 2));
  });

  it('records in its step what it has measured, and on how many requests', async () => {
    const world = await inFirstStep(watched);
    world.metrics = { requests: 512.7 };
    await world.pass(16);
    expect(world.parent.status?.candidate?.steps).toEqual([
      {
        weight: 25,
        since: '2026-11-24T10:00:38Z',
        values: [{ name: 'errors', value: '0', samples: 512, sampledAt: '2026-11-24T10:00:53Z' }],
      },
    ]);
  });
});

describe('A rejection of what serves', () => {
  it('brings the previous revision back without an instant of less capacity, by one step only', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(20);
    world.everySecond = () => expect(world.ready()).toBeGreaterThanOrEqual(4);
    world.reject('latency');
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RolledBack' });
    expect(world.condition('Ready')?.message).toContain('fraud-2');
    world.reject('latency');
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'ServingRejected' });
    world.register(3);
    await world.pass(20);
    expect(world.parent.status?.stable?.version).toBe('fraud-3');
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
  });

  it('is not delayed by steps or analysis', async () => {
    const world = await serving(watched);
    world.metrics = { requests: 500 };
    world.register(2);
    await world.pass(280);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    world.metrics = {};
    world.reject('latency');
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });
});
