import { describe, expect, it } from '@jest/globals';
import { artifact, canary, modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { PrometheusError } from '../../../measure/prometheus.ts';
import type { PrometheusClient } from '../../../measure/prometheus.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { revisionOf } from '../revision/revision.ts';
import { pods } from '../traffic/pods.ts';
import { createSampler } from './sampler.ts';

const checks = [
  { name: 'errors', errors: {}, max: '0.01' },
  { name: 'latency', latency: { quantile: '0.9' }, max: '0.2' },
];
const spec = { ...modelDeployment().spec, observe: {}, rollout: { ...canary, analysis: checks } };
const reached = new Date('2026-11-24T10:00:00Z');

function at(seconds: number): Date {
  return new Date(reached.getTime() + seconds * 1000);
}

function role(number: number) {
  const model = { ...artifact(number), version: `fraud-${number}` };
  return { ...model, revision: revisionOf(model, spec), since: '2026-11-24T09:59:00Z' };
}

function observed(candidate: object = { weightSince: '2026-11-24T10:00:00Z' }): ModelDeploymentFacts {
  const status = { stable: role(1), candidate: { ...role(2), step: 0, ...candidate } };
  return {
    parent: modelDeployment({ spec, status }),
    observerImage: 'x',
    runExists: true,
    versions: [1, 2].map((number) => modelVersion(number, artifact(number))),
    traffic: pods,
    trafficObjects: [],
    workloads: [],
    services: [],
    disruptionBudgets: [],
    pods: [],
    verdicts: [],
    samples: { type: 'NotAsked' },
  };
}

function prometheus(answer: (expression: string) => number | undefined) {
  const asked: string[] = [];
  const query: PrometheusClient['query'] = async (expression) => {
    asked.push(expression);
    const value = answer(expression);
    return value === undefined ? [] : [{ labels: {}, value }];
  };
  return { asked, client: { query } };
}

describe('The sampler', () => {
  it('takes several series for no answer to what was asked', async () => {
    const { client } = prometheus(() => 0.001);
    const several: PrometheusClient = {
      query: async (expression) => (await client.query(expression)).flatMap((one) => [one, one]),
    };
    expect(await createSampler(several).sample(observed(), at(42))).toEqual({ type: 'Sampled', values: {} });
  });

  it('asks about the candidate alone, in the window since its weight was reached', async () => {
    const { asked, client } = prometheus((expression) => (expression.startsWith('sum') ? 120 : 0.001));
    const samples = await createSampler(client).sample(observed(), at(42));
    expect(samples).toEqual({ type: 'Sampled', requests: 120, values: { errors: 0.001, latency: 0.001 } });
    expect(asked).toHaveLength(3);
    for (const expression of asked) {
      expect(expression).toContain(`namespace="team",model_deployment="fraud",revision="${role(2).revision}"`);
      expect(expression).toContain('[42s]');
    }
    expect(asked.some((expression) => expression.startsWith('histogram_quantile(0.9,'))).toBe(true);
  });

  it('does not ask before the weight was reached', async () => {
    const { asked, client } = prometheus(() => 1);
    expect(await createSampler(client).sample(observed({}), at(10))).toEqual({ type: 'NotAsked' });
    expect(asked).toEqual([]);
  });

  it('gives the last answer again between two samples, and asks anew after the interval', async () => {
    const { asked, client } = prometheus(() => 1);
    const sampler = createSampler(client);
    for (const seconds of [1, 2, 10, 15]) await sampler.sample(observed(), at(seconds));
    expect(asked).toHaveLength(3);
    await sampler.sample(observed(), at(16));
    expect(asked).toHaveLength(6);
  });

  it('asks anew as soon as the hold is over, since that decides', async () => {
    const { asked, client } = prometheus(() => 1);
    const sampler = createSampler(client);
    await sampler.sample(observed(), at(55));
    await sampler.sample(observed(), at(60));
    await sampler.sample(observed(), at(61));
    expect(asked).toHaveLength(6);
  });

  it('asks anew at the next step', async () => {
    const { asked, client } = prometheus(() => 1);
    const sampler = createSampler(client);
    await sampler.sample(observed(), at(60));
    await sampler.sample(observed({ step: 1, weightSince: '2026-11-24T10:01:00Z' }), at(61));
    expect(asked).toHaveLength(6);
  });

  it('has no values where Prometheus has none', async () => {
    const { client } = prometheus(() => undefined);
    const want = { type: 'Sampled', requests: undefined, values: { errors: undefined, latency: undefined } };
    expect(await createSampler(client).sample(observed(), at(60))).toEqual(want);
  });

  it('says so when Prometheus is away, or when there is none', async () => {
    const query = () => Promise.reject(new PrometheusError('Prometheus at p:9090 did not answer: refused'));
    const away = await createSampler({ query }).sample(observed(), at(60));
    expect(away).toMatchObject({ type: 'Unavailable', message: expect.stringContaining('p:9090 did not answer') });
    const none = await createSampler(undefined).sample(observed(), at(60));
    expect(none).toMatchObject({ type: 'Unavailable', message: expect.stringContaining('prometheus.url') });
  });

  it('throws what is no fault of Prometheus', async () => {
    const query = () => Promise.reject(new TypeError('a bug'));
    await expect(createSampler({ query }).sample(observed(), at(60))).rejects.toThrow('a bug');
  });
});
