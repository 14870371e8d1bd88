import { describe, expect, it } from '@jest/globals';
import { modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';

const streaming = () =>
  new ServingWorld(modelDeployment({ spec: { model: { trainingRunRef: { name: 'fraud' }, delivery: 'Server' } } }));

describe('A model that its server gets by itself', () => {
  it('is served from a store, and it is said that nobody else has verified it', async () => {
    const world = streaming();
    world.register(1, { uri: 's3://models/fraud/fraud-1' });
    await world.pass(20);
    const ready = world.condition('Ready');
    expect(ready).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(ready?.message).toContain('nobody else has verified the digest');
    expect(world.deployments()[0]?.spec?.template.spec).not.toHaveProperty('volumes');
  });

  it('is not served from a claim, and whose move it is says what to do', async () => {
    const world = streaming();
    world.register(1);
    await world.pass(3);
    const stalled = world.condition('Stalled');
    expect(stalled).toMatchObject({ status: 'True', reason: 'URINotSupported' });
    expect(stalled?.message).toContain('`kubectl -n team edit mdep fraud`');
    expect(stalled?.message).toContain('`kubectl -n team edit trainingrun fraud`');
    expect(world.names('Deployment')).toEqual([]);
  });
});
