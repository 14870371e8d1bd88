import { describe, expect, it } from '@jest/globals';
import { artifact, modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { buildDeployment } from './deployment.ts';

describe('A stream of 60 s', () => {
  const streaming = { ...server, liveness: {}, pod: { terminationGracePeriod: '90s' } };
  const pod = buildDeployment({
    parent: modelDeployment({ spec: { server: streaming, observe: {} } }),
    revision: '0a1b2c3d',
    model: artifact(1),
    profile: {},
    observerImage: 'registry/flyball:1',
    replicas: 1,
  })?.spec?.template.spec;

  it('has the time to end when its pod is to go, where the grace is 90 s', () => {
    const waits = pod?.containers[0]?.lifecycle?.preStop?.sleep?.seconds ?? 0;
    expect((pod?.terminationGracePeriodSeconds ?? 0) - waits).toBeGreaterThan(60);
  });

  it('is not cut by the observer, which the kubelet ends after the server, and for no probe', () => {
    const [observer] = pod?.initContainers ?? [];
    expect(observer).toMatchObject({ name: 'observer', restartPolicy: 'Always' });
    expect(observer).not.toHaveProperty('livenessProbe');
  });
});
