import { describe, expect, it, test } from '@jest/globals';
import { Deployment } from 'kubernetes-models/apps/v1';
import { artifact, modelDeployment, server as plain } from '../../../../test/builders/modeldeployment.ts';
import type { RolloutSpec, ServerSpec } from '../../../api/types.ts';
import { buildDeployment } from './deployment.ts';

function made(server: Partial<ServerSpec> = {}, rollout?: RolloutSpec) {
  const parent = modelDeployment({ spec: { server: { ...plain, ...server }, ...(rollout && { rollout }) } });
  const template = { parent, revision: '0a1b2c3d', model: artifact(1), profile: {}, observerImage: 'x', replicas: 1 };
  const deployment = buildDeployment(template);
  if (deployment === undefined) throw new Error('not built');
  new Deployment(deployment).validate();
  return deployment;
}
const probesOf = (server: Partial<ServerSpec>) => {
  const { startupProbe, readinessProbe, livenessProbe } = made(server).spec?.template.spec?.containers[0] ?? {};
  return { startupProbe, readinessProbe, livenessProbe };
};
const minReadyOf = (server: Partial<ServerSpec>, rollout?: RolloutSpec) => made(server, rollout).spec?.minReadySeconds;
const ready = { path: '/v2/health/ready', port: 8080 };

describe('A server of which nothing is declared', () => {
  it('is asked as its protocol has it, often and for long, and is never started again for that', () => {
    expect(probesOf({})).toEqual({
      startupProbe: { httpGet: ready, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 930 },
      readinessProbe: { httpGet: ready, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 3 },
      livenessProbe: undefined,
    });
    expect(made().spec?.template.spec?.containers[0]).not.toHaveProperty('livenessProbe');
  });

  it('that speaks only HTTP is asked whether it listens', () => {
    expect(probesOf({ protocol: 'HTTP' }).readinessProbe).toMatchObject({ tcpSocket: { port: 8080 } });
  });
});

describe('spec.server.readiness', () => {
  it('is how the server is asked, from its start on', () => {
    const readiness = { path: '/health', period: '10s', timeout: '5s', failures: 6 };
    const httpGet = { path: '/health', port: 8080 };
    for (const protocol of ['HTTP', 'OpenInference', 'OpenAI'] as const) {
      expect(probesOf({ protocol, readiness })).toEqual({
        startupProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 186 },
        readinessProbe: { httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
        livenessProbe: undefined,
      });
    }
  });

  it('may be a path in which the model is named, as TensorFlow Serving has it, also where the protocol has another', () => {
    const readiness = { path: '/v1/models/fraud' };
    const httpGet = { path: '/v1/models/fraud', port: 8080 };
    expect(probesOf({ protocol: 'HTTP', readiness }).readinessProbe).toMatchObject({ httpGet });
    expect(probesOf({ protocol: 'OpenAI' }).readinessProbe).toMatchObject({ httpGet: { path: '/health', port: 8080 } });
    expect(probesOf({ protocol: 'OpenAI', readiness }).readinessProbe).toMatchObject({ httpGet });
  });

  test.each(['1s', '7s', '1m', '5m'])('leaves a server half an hour to start, asked every %s', (period) => {
    const { periodSeconds = 0, failureThreshold = 0 } = probesOf({ readiness: { period } }).startupProbe ?? {};
    expect(periodSeconds * failureThreshold).toBeGreaterThan(1800);
  });

  it('has the protocol decide what it does not say', () => {
    expect(probesOf({ readiness: { period: '5s' } }).readinessProbe).toEqual({
      httpGet: ready,
      periodSeconds: 5,
      timeoutSeconds: 2,
      failureThreshold: 3,
    });
  });

  test.each<[ServerSpec['readiness'], RolloutSpec | undefined, number]>([
    [undefined, undefined, 10],
    [undefined, { minReady: '0s' }, 0],
    [{ path: '/health' }, undefined, 10],
    [{ path: '/health' }, { minReady: '1s' }, 9],
    [{ period: '30s', timeout: '10s', failures: 3 }, undefined, 101],
    [{ period: '30s', timeout: '10s', failures: 3 }, { minReady: '5m' }, 300],
  ])(
    'makes minReady longer than it takes to notice that a server is not ready: %j and %j',
    (readiness, rollout, want) => {
      expect(minReadyOf(readiness === undefined ? {} : { readiness }, rollout)).toBe(want);
    },
  );
});

describe('spec.server.liveness', () => {
  it('is asked as the protocol asks whether a server lives', () => {
    const wantTiming = { periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 3 };
    expect(probesOf({ liveness: {} }).livenessProbe).toEqual({
      httpGet: { path: '/v2/health/live', port: 8080 },
      ...wantTiming,
    });
    expect(probesOf({ liveness: {}, protocol: 'OpenAI' }).livenessProbe).toEqual({
      httpGet: { path: '/health', port: 8080 },
      ...wantTiming,
    });
    expect(probesOf({ liveness: {}, protocol: 'HTTP' }).livenessProbe).toEqual({
      tcpSocket: { port: 8080 },
      ...wantTiming,
    });
  });

  it('changes nothing of how a server is asked whether it is ready', () => {
    const { startupProbe, readinessProbe } = probesOf({});
    const liveness = { path: '/live', period: '1m', timeout: '30s', failures: 10 };
    const all = probesOf({ liveness });
    expect(all).toMatchObject({ startupProbe, readinessProbe });
    expect(all.livenessProbe).toEqual({
      httpGet: { path: '/live', port: 8080 },
      periodSeconds: 60,
      timeoutSeconds: 30,
      failureThreshold: 10,
    });
  });

  it('gives a server that hangs no more time to end than any other, however long its streams may go on', () => {
    const pod = { terminationGracePeriod: '10m' };
    expect(probesOf({ liveness: {}, pod }).livenessProbe?.terminationGracePeriodSeconds).toBe(30);
    expect(made({ liveness: {}, pod }).spec?.template.spec?.terminationGracePeriodSeconds).toBe(600);
  });
});
