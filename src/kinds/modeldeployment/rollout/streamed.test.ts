import { describe, expect, it } from '@jest/globals';
import { canary, modelDeployment } from '../../../../test/builders/modeldeployment.ts';
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
    expect(ready?.message).toContain(' Nobody but its server has verified the model of fraud-1 ');
    expect(world.deployments()[0]?.spec?.template.spec).not.toHaveProperty('volumes');
  });

  it('is told as long as it serves, whatever the spec says meanwhile', async () => {
    const world = streaming();
    const ready = () => world.condition('Ready')?.message ?? '';
    const told = /Nobody but its server has verified the model of fraud-1 /;
    world.register(1, { uri: 's3://models/fraud/fraud-1' });
    await world.pass(20);
    world.edit({ model: { trainingRunRef: { name: 'none' } } });
    await world.pass(20);
    expect(ready()).toMatch(told);
    world.edit({ model: { trainingRunRef: { name: 'fraud' } }, rollout: canary });
    await world.pass(20);
    expect(world.condition('Ready')?.reason).toBe('RollingOut');
    expect(ready()).toMatch(told);
    await world.pass(280);
    expect(ready()).toContain('fraud-1');
    expect(ready()).not.toContain('Nobody');
  });

  it('is told of a candidate that answers requests as well', async () => {
    const world = new ServingWorld(modelDeployment({ spec: { rollout: canary } }));
    world.register(1, { uri: 's3://models/fraud/fraud-1' });
    await world.pass(40);
    world.edit({ model: { trainingRunRef: { name: 'fraud' }, delivery: 'Server' } });
    await world.pass(20);
    const { stable, candidate } = world.parent.status ?? {};
    expect(candidate?.revision).not.toBe(stable?.revision);
    const title = `fraud-1 (revision ${candidate?.revision})`;
    expect(world.condition('Ready')?.message).toContain(`Nobody but its server has verified the model of ${title} `);
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
