import { describe, expect, it } from '@jest/globals';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { monitor, MonitorWorld, shiftedCounts, stable, watchedDeployment } from '../../../../test/builders/monitor.ts';

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

  it.each([
    ['nothing serves', { outage: { since: '2026-11-24T08:00:00Z' } }],
    ['another serves', { candidate: { ...stable('22222222', 2, '2026-11-24T08:00:00Z'), step: 0, endsStable: true } }],
  ])('is not to be seen while it is ended for another revision and %s: nothing is asked for', async (_, status) => {
    const simulated = new MonitorWorld(monitor({ rollback: { onChecks: ['drift'] } }));
    simulated.prometheus.answer = () => shiftedCounts;
    simulated.deployment = watchedDeployment({}, { ...watchedDeployment().status, ...status });
    await simulated.reconcile();
    const { rejections } = simulated.status;
    expect([simulated.condition('Ready'), rejections]).toEqual(['Unknown NotServing', undefined]);
  });

  it('is judged again once it has served for a whole window after an outage that its deployment declared', async () => {
    const simulated = new MonitorWorld(monitor());
    simulated.prometheus.answer = () => shiftedCounts;
    const until = new Date(simulated.now.getTime() - 30 * 60_000).toISOString();
    simulated.versions = [modelVersion(1, { profile: { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } } })];
    const lastOutage = { since: '2026-11-24T00:00:00Z', until, length: '42s' };
    simulated.deployment = watchedDeployment({}, { ...watchedDeployment().status, lastOutage });
    await simulated.reconcile();
    expect(simulated.condition('ChecksPassed')).toBe('Unknown WindowIncomplete');
    await simulated.pass(31);
    expect(simulated.condition('ChecksPassed')).toBe('False ChecksFail');
  });

  it('is told of as one that is asked past its observer where its server listens for gRPC', async () => {
    const simulated = new MonitorWorld(monitor());
    simulated.versions = [modelVersion(1, { profile: { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } } })];
    const { spec, status } = watchedDeployment();
    simulated.deployment = watchedDeployment({ server: { ...spec.server, grpcPort: 9000 } }, status);
    await simulated.pass(61);
    const [check] = simulated.status.checks ?? [];
    expect(check?.message).toContain('requests by gRPC (spec.server.grpcPort) are not observed');
  });
});
