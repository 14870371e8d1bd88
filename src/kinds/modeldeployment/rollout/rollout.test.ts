import { describe, expect, it } from '@jest/globals';
import { canary, server } from '../../../../test/builders/modeldeployment.ts';
import { milliseconds } from '../../../api/duration.ts';
import { roughly } from '../../../api/lasting.ts';
import { inFirstStep, serving } from '../../../../test/simulate/rollout.ts';

describe('A candidate', () => {
  it('holds its step from the moment the weight was reached, however slowly it started', async () => {
    const world = await serving();
    world.startsIn = 300;
    world.register(2);
    await world.pass(312);
    expect(world.parent.status?.candidate?.weightSince).toBeUndefined();
    await world.pass(10);
    const { candidate } = world.parent.status ?? {};
    expect(candidate).toMatchObject({ step: 0, weightSince: '2026-11-24T10:05:33Z' });
    // What its first pods answer counts, however late the operator sees them.
    expect(candidate?.measuredSince).toBe(candidate?.since);
    world.startsIn = 5;
    await world.pass(50);
    expect(world.parent.status?.candidate?.step).toBe(0);
    await world.pass(20);
    const next = world.parent.status?.candidate;
    expect(next).toMatchObject({ step: 1, measuredSince: next?.steps?.[0]?.until });
  });

  it('that takes long to get ready is told beside what serves, which remembers how long that took', async () => {
    const world = await serving();
    expect(world.parent.status?.stable?.readyAfter).toMatch(/^[0-9]+s$/);
    const took = roughly(milliseconds(world.parent.status?.stable?.readyAfter ?? '') ?? 0);
    world.startsIn = 600;
    world.register(2);
    await world.pass(60);
    expect(world.condition('Reconciling')?.message).not.toContain('took about');
    await world.pass(100);
    expect(world.condition('Reconciling')?.message).toMatch(
      new RegExp(`for more than 2 minutes.* fraud-1 \\(revision [0-9a-f]{8}\\) took about ${took} to get ready\\.$`),
    );
    expect(world.parent.status?.candidate?.readyAfter).toBeUndefined();
    await world.pass(500);
    expect(world.parent.status?.candidate?.readyAfter).toMatch(/^10m/);
    world.startsIn = 5;
    await world.pass(400);
    expect(world.parent.status?.stable).toMatchObject({
      version: 'fraud-2',
      readyAfter: expect.stringMatching(/^10m/),
    });
    expect(world.parent.status?.previous?.readyAfter).toMatch(/^[0-9]+s$/);
  });

  it('lets a newer version wait', async () => {
    const world = await inFirstStep();
    world.register(3);
    await world.pass(30);
    expect(world.parent.status?.candidate?.version).toBe('fraud-2');
    await world.pass(400);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-3' }, previous: { version: 'fraud-2' } });
    expect(world.deployments()).toHaveLength(2);
  });

  it('gives way to a newer version when it is blocked', async () => {
    const world = await serving();
    world.room = 4;
    world.register(2);
    await world.pass(5);
    expect(world.condition('Blocked')?.reason).toBe('Unschedulable');
    world.register(3);
    await world.pass(5);
    expect(world.parent.status?.candidate?.version).toBe('fraud-3');
    expect(world.parent.status?.rejected).toBeUndefined();
  });

  it('gives way to an edit of the spec', async () => {
    const world = await inFirstStep();
    world.edit({ server: { ...server, image: 'registry/server:2' } });
    await world.pass(1);
    expect(world.parent.status?.candidate).toMatchObject({ version: 'fraud-2', step: 0 });
    await world.pass(20);
    expect(world.deployments()).toHaveLength(2);
    expect(world.ready()).toBe(4);
  });

  it('that returns from a pin goes through the steps like any other', async () => {
    const world = await serving();
    world.register(2);
    await world.pass(280);
    world.edit({ model: { versionRef: { name: 'fraud-1' } } });
    await world.pass(20);
    expect(world.parent.status).toMatchObject({
      stable: { version: 'fraud-2' },
      candidate: { version: 'fraud-1', step: 0 },
      previous: { version: 'fraud-1' },
      weight: 25,
    });
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RollingOut' });
    await world.pass(260);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, previous: { version: 'fraud-2' } });
  });

  it('goes when its version is deleted', async () => {
    const world = await inFirstStep();
    world.remove('ModelVersion', 'fraud-2');
    await world.pass(20);
    expect(world.parent.status?.candidate).toBeUndefined();
    expect(world.deployments()).toHaveLength(1);
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('that crashes is rejected and not tried again; what serves stays Ready', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    await world.pass(120);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'CrashLooping' }]);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'CandidateRejected' });
    expect(world.condition('Reconciling')).toBeUndefined();
    expect(world.deployments()).toHaveLength(1);
  });

  it('of an edit that crashes leaves the spec unserved: not Ready, Stalled, and the old one serves', async () => {
    const world = await serving({ model: { versionRef: { name: 'fraud-1' } } });
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    world.edit({ model: { versionRef: { name: 'fraud-2' } } });
    await world.pass(120);
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'RevisionRejected' });
    expect(world.condition('Stalled')?.status).toBe('True');
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('that never gets ready is rejected after half an hour, without anything else happening', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'Deaf');
    world.register(2);
    await world.pass(1830);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'NeverReady' }]);
  });

  it('whose image cannot be pulled waits for the user, and goes on when it can', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'ImageMissing');
    world.register(2);
    await world.pass(60);
    expect(world.condition('Stalled')).toMatchObject({ reason: 'ImagePullFailed' });
    expect(world.parent.status?.rejected).toBeUndefined();
    world.behaviours.set('fraud-2', 'Works');
    await world.pass(280);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });

  it('that a Monitor rejects goes', async () => {
    const world = await inFirstStep();
    world.reject('drift', world.parent.status?.candidate?.revision);
    await world.pass(20);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'RejectedByMonitor' }]);
    expect(world.ready('fraud-1')).toBe(4);
  });

  it('keeps its step when an autoscaler changes the capacity: the counts follow', async () => {
    const world = await inFirstStep();
    world.scale(8);
    await world.pass(20);
    expect(world.parent.status).toMatchObject({ candidate: { step: 0 }, weight: 25 });
    expect([world.ready('fraud-1'), world.ready('fraud-2')]).toEqual([6, 2]);
  });

  it('waits at 0 replicas and holds its step anew afterwards', async () => {
    const world = await inFirstStep();
    world.scale(0);
    await world.pass(600);
    expect(world.condition('Reconciling')?.reason).toBe('ScaledToZero');
    world.scale(4);
    await world.pass(50);
    expect(world.parent.status?.candidate?.step).toBe(0);
  });

  it('without steps is deployed beside the stable one and promoted when it is ready', async () => {
    const world = await serving({});
    world.register(2);
    await world.pass(16);
    expect(world.available()).toBe(4);
    await world.pass(5);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.ready('fraud-1')).toBe(0);
  });

  it('is promoted once its pods have stayed ready for minReady, not when they get ready', async () => {
    const world = await serving({});
    world.edit({ rollout: { minReady: '20s' } });
    world.register(2);
    await world.pass(25);
    expect(world.ready()).toBe(8);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, candidate: { version: 'fraud-2' } });
    await world.pass(5);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.deployments().map(({ spec }) => spec?.minReadySeconds)).toEqual([10, 20]);
  });

  it.each([{}, { rollout: canary }])(
    'that is ready for a moment and then never takes no pod and no role',
    async (spec) => {
      const world = await serving(spec);
      world.behaviours.set('fraud-2', 'Blinks');
      world.everySecond = () => expect(world.ready('fraud-1')).toBe(4);
      world.register(2);
      await world.pass(900);
      expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' }, candidate: { version: 'fraud-2' } });
      expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RollingOut' });
    },
  );
});
