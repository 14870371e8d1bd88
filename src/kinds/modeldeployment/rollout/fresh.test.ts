import { describe, expect, it } from '@jest/globals';
import { commandsIn } from '../../../api/message.ts';
import type { ServingWorld } from '../../../../test/simulate/modeldeployment.ts';
import { serving } from '../../../../test/simulate/rollout.ts';

/** The log goes with the pods, so that no command looks for it. */
const tryAgain = String.raw`kubectl -n team patch mdep fraud --type merge -p "{\"spec\":{\"rollout\":{\"retryAt\":\"$(date -u +%FT%TZ)\"}}}"`;

/** Version 2 serves instead of version 1. */
async function replaced(spec: Parameters<typeof serving>[0] = {}): Promise<ServingWorld> {
  const world = await serving(spec);
  world.register(2);
  await world.pass(40);
  expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-2' }, previous: { version: 'fraud-1' } });
  return world;
}

describe('A stable revision whose server fails', () => {
  it('goes back to the one before it while it is fresh, with its last words in the rejection', async () => {
    const world = await replaced();
    world.behaviours.set('fraud-2', 'Crashes');
    await world.pass(60);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
    expect(world.parent.status?.rejected).toMatchObject([
      {
        version: 'fraud-2',
        reason: 'CrashLooping',
        message:
          'The container crashed more than 2 times (Error, exit code 1); the container said: OSError: model.bin is corrupt.',
      },
    ]);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'RolledBack' });
    expect(commandsIn(world.condition('Ready')?.message ?? '')).toEqual([tryAgain]);
    expect(world.deployments()).toHaveLength(1);
  });

  it('goes back when its pods were not ready for half an hour, though they were before', async () => {
    const world = await replaced();
    world.unready(4);
    await world.pass(1790);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.condition('Stalled')).toBeUndefined();
    await world.pass(15);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'NotReady' }]);
    world.unready(0);
    await world.pass(40);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });

  it('goes back as soon as it cannot take over, though others still carry the load', async () => {
    const world = await serving({ rollout: { steps: [{ weight: 25, hold: '10s' }] } });
    world.register(2);
    await world.pass(35);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    world.behaviours.set('fraud-2', 'Crashes');
    world.everySecond = () => expect(world.ready('fraud-1')).toBeGreaterThanOrEqual(3);
    await world.pass(90);
    expect(world.parent.status?.stable?.version).toBe('fraud-1');
  });

  it('is only told once it is not fresh any more', async () => {
    const world = await replaced();
    world.now = new Date(world.now.getTime() + 25 * 3_600_000);
    world.behaviours.set('fraud-2', 'Crashes');
    await world.pass(60);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.condition('Ready')).toMatchObject({ status: 'False', reason: 'CrashLooping' });
    expect(world.condition('Stalled')?.reason).toBe('CrashLooping');
  });

  it('is only told where there is none to go back to, and takes nobody’s pods when it recovers', async () => {
    const world = await serving({});
    world.behaviours.set('fraud-1', 'Crashes');
    await world.pass(60);
    expect(world.condition('Stalled')?.reason).toBe('CrashLooping');
    expect(world.parent.status?.rejected).toBeUndefined();
    world.behaviours.set('fraud-1', 'Works');
    await world.pass(30);
    expect(world.condition('Ready')).toMatchObject({ status: 'True', reason: 'Serving' });
    expect(world.condition('Stalled')).toBeUndefined();
  });

  it('is told, and stays, when enough of its pods serve: one of four may fail for a reason of its own', async () => {
    const world = await replaced();
    world.unready(1);
    await world.pass(1860);
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
    expect(world.condition('Ready')?.status).toBe('True');
    expect(world.condition('Stalled')?.reason).toBe('NotReady');
  });

  it('does not go back and forth: the one that it went back to stays when it fails as well', async () => {
    const world = await replaced();
    world.behaviours.set('fraud-2', 'Crashes');
    await world.pass(60);
    world.behaviours.set('fraud-1', 'Crashes');
    await world.pass(120);
    expect(world.parent.status).toMatchObject({ stable: { version: 'fraud-1' } });
    expect(world.parent.status?.rejected).toHaveLength(1);
    expect(world.condition('Stalled')?.reason).toBe('CrashLooping');
  });
});

describe('A candidate that fails', () => {
  it('is rejected with the last words of its container, since its log goes with its pods', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'Crashes');
    world.register(2);
    await world.pass(60);
    const message = world.condition('Ready')?.message ?? '';
    expect(message).toContain('fraud-2 (revision');
    expect(message).toContain('the container said: OSError: model.bin is corrupt.');
    expect(commandsIn(message)).toEqual([tryAgain]);
  });

  it('in that it is ready for a moment and then never is rejected after half an hour', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'Blinks');
    world.everySecond = () => expect(world.available()).toBeGreaterThanOrEqual(4);
    world.register(2);
    await world.pass(1820);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'NotReady' }]);
    expect(world.ready('fraud-1')).toBe(4);
  });
});

describe('The readiness of a server that flaps', () => {
  it('never makes a candidate available, and has it rejected after half an hour', async () => {
    const world = await serving();
    world.behaviours.set('fraud-2', 'Flaps');
    world.everySecond = () => expect(world.ready('fraud-1')).toBe(4);
    world.register(2);
    await world.pass(1830);
    expect(world.parent.status?.rejected).toMatchObject([{ version: 'fraud-2', reason: 'NotReady' }]);
  });

  it('is told of what serves, and not as if it were about to start', async () => {
    const world = await replaced();
    world.behaviours.set('fraud-2', 'Flaps');
    await world.pass(300);
    const said = new Set<string>();
    world.everySecond = () => said.add(`${world.condition('Ready')?.status}: ${world.condition('Ready')?.message}`);
    await world.pass(20);
    expect([...said]).toEqual([
      expect.stringMatching(
        /^False: fraud-2 \(revision \w+\) has fewer than 4 pods that have been ready for spec\.rollout\.minReady\.$/,
      ),
    ]);
  });
});

describe('A scaling', () => {
  it('does not cost a fresh revision its role when the pods that it adds fail, while those before serve', async () => {
    const world = await replaced();
    world.scale(8);
    await world.settle();
    world.unready(-4);
    await world.pass(1830);
    expect(world.condition('Stalled')?.reason).toBe('NotReady');
    expect(world.condition('Ready')?.status).toBe('True');
    expect(world.parent.status?.stable?.version).toBe('fraud-2');
  });
});
