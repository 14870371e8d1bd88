import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { leases, Rehearsal } from '../rehearsal/rehearsal.ts';
import { until } from '../rehearsal/until.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.start();
});
afterEach(() => stage.stop());

const strike = async (fault: string): Promise<void> => {
  stage.begin(`${fault}@Write:1`);
  await stage.create('one');
};

describe('The fault', () => {
  it('nap stops the process for less than the Lease lasts', async () => {
    await strike('nap');
    await until(() => stage.deeds.length === 2);
    expect(stage.deeds).toEqual(['SIGSTOP 1', 'SIGCONT 1']);
  });

  it('sleep-past-lease stops the process, starts another, and wakes the first after its Lease', async () => {
    await strike('sleep-past-lease');
    expect(stage.deeds).toEqual(['SIGSTOP 1', 'start']);
    await until(() => stage.deeds.length === 3);
    expect(stage.deeds).toEqual(['SIGSTOP 1', 'start', 'SIGCONT 1']);
  });

  it('sleep-past-lease wakes the sleeper at once when all is healed', async () => {
    await strike('sleep-past-lease');
    stage.interference.heal();
    expect(stage.deeds).toEqual(['SIGSTOP 1', 'start', 'SIGCONT 1']);
  });

  it('second-operator starts another process beside the first', async () => {
    await strike('second-operator');
    expect(stage.deeds).toEqual(['start']);
  });

  it('failover kills the first process when a second one waits', async () => {
    await strike('failover');
    expect(stage.deeds).toEqual(['start']);
    stage.interference.heal();
    expect(stage.deeds).toEqual(['start', 'SIGKILL 1']);
  });

  it('two-leaders deletes the Lease when a second process waits for it', async () => {
    await strike('two-leaders');
    expect(stage.arrived).not.toContain(`DELETE ${leases}`);
    stage.interference.heal();
    await until(() => stage.arrived.includes(`DELETE ${leases}`));
    expect(stage.deeds).toEqual(['start']);
  });

  it('lease-deleted deletes the Lease under the one who holds it', async () => {
    await strike('lease-deleted');
    await until(() => stage.arrived.includes(`DELETE ${leases}`));
    expect(stage.deeds).toEqual([]);
  });

  it('lease-taken gives the Lease to a stranger', async () => {
    stage.answer(`GET ${leases}`, { items: [{ metadata: { name: 'operator' } }] });
    await strike('lease-taken');
    await until(() => stage.arrived.includes(`PATCH ${leases}/operator`));
    expect(stage.received.at(-1)?.body).toMatchObject({
      spec: { holderIdentity: 'stranger', leaseDurationSeconds: 1 },
    });
  });
});
