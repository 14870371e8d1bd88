import { describe, expect, it } from '@jest/globals';
import { monitor, MonitorWorld, shiftedCounts, watchedDeployment } from '../../../../test/builders/monitor.ts';

describe('The subject of a Monitor', () => {
  it('is not to be seen while pods that are not its own may be what is measured: nothing is asked for', async () => {
    const acting = {
      retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['drift'] },
      rollback: { onChecks: ['drift'] },
    };
    const simulated = new MonitorWorld(monitor(acting));
    simulated.prometheus.answer = () => shiftedCounts;
    const condition = { type: 'Stalled', status: 'True', reason: 'Forged', message: '' } as const;
    const conditions = [{ ...condition, lastTransitionTime: '2026-11-24T00:00:00Z' }];
    simulated.deployment = watchedDeployment({}, { ...watchedDeployment().status, conditions });
    await simulated.reconcile();
    const { retrain, rejections, conditions: told } = simulated.status;
    expect([simulated.condition('Ready'), retrain, rejections]).toEqual(['False Forged', undefined, undefined]);
    expect(told?.[0]?.message).toContain('`kubectl -n team get mdep fraud -o yaml`');
  });
});
