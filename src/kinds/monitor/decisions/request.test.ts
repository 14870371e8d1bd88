import { describe, expect, it } from '@jest/globals';
import { monitor, MonitorWorld, shiftedCounts, stable, watchedDeployment } from '../../../../test/builders/monitor.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { asked, attempted, promoted, served, world, spec } from '../../../../test/simulate/retrain.ts';

describe('A request', () => {
  it('is made once, however long the check fails', async () => {
    const simulated = await asked();
    const want = simulated.status.retrain;
    await simulated.pass(600);
    expect(simulated.status.retrain).toEqual(want);
  });

  it('survives a restart of the operator', async () => {
    const simulated = await asked();
    const want = simulated.status.retrain;
    simulated.restartOperator();
    await simulated.pass(5);
    expect(simulated.status.retrain).toEqual(want);
  });

  it('is not made for a verdict that is only remembered', async () => {
    const simulated = world();
    simulated.prometheus.answer = () => shiftedCounts;
    simulated.monitor = monitor({ retrain: { ...spec, trainingRunRef: { name: 'fraud' } } });
    await simulated.reconcile();
    const { retrain: _request, retrainings: _times, ...remembered } = simulated.status;
    simulated.monitor = { ...simulated.monitor, status: remembered };
    simulated.restartOperator();
    simulated.prometheus.away = true;
    await simulated.pass(60);
    expect(simulated.status.retrain).toBeUndefined();
  });

  it('is not made for a check that is not named', async () => {
    const simulated = world({ onChecks: ['other'] });
    simulated.prometheus.answer = () => shiftedCounts;
    await simulated.pass(60);
    expect([simulated.verdict(), simulated.status.retrain]).toEqual(['Failing OutOfBounds', undefined]);
  });

  it('takes the oldest attempt that covers it for its receipt, and no older one', async () => {
    const simulated = await asked();
    attempted(simulated, 2, { coversUntil: '2026-11-24T11:59:59Z' });
    await simulated.reconcile();
    expect(simulated.status.retrain?.attempt).toBeUndefined();
    attempted(simulated, 3);
    attempted(simulated, 4);
    await simulated.reconcile();
    expect(simulated.status.retrain?.attempt).toBe('fraud-3');
  });

  it('knows its attempt by the ModelVersion where the history has forgotten it', async () => {
    const simulated = await asked();
    attempted(simulated, 2, { verdict: 'Registered' });
    simulated.run = trainingRun({ status: { latestVersion: { name: 'fraud-2', uid: 'uid-version-2' } } });
    await simulated.reconcile();
    expect(simulated.status.retrain?.attempt).toBe('fraud-2');
  });

  it('is answered, ended or overtaken by no version that its run has not registered', async () => {
    const simulated = await asked();
    const { requestedAt: coversUntil = '' } = simulated.status.retrain ?? {};
    const forged = [2, 9].map((number) => served(number, { coversUntil }));
    simulated.versions = [...simulated.versions, ...forged];
    await simulated.pass(10);
    expect(simulated.status.retrain).not.toHaveProperty('attempt');
    attempted(simulated, 3, { verdict: 'Registered' });
    await simulated.pass(10);
    expect(simulated.status.retrain).toMatchObject({ attempt: 'fraud-3' });
    expect(simulated.status.retrain).not.toHaveProperty('endedAt');
  });

  it('ends when its run is made again, whose attempts have the same names', async () => {
    const simulated = await asked();
    attempted(simulated, 2);
    await simulated.reconcile();
    expect(simulated.status.retrain).toMatchObject({ attempt: 'fraud-2', trainingRunUID: 'run-uid' });
    const { run } = simulated;
    if (run !== undefined) simulated.run = { ...run, metadata: { ...run.metadata, uid: 'run-again' } };
    await simulated.reconcile();
    expect(simulated.status.retrain?.endedAt).toBeDefined();
  });

  it.each(['GateFailed', 'Failed', 'NoResults', 'Deleted', 'ResultsLost'] as const)(
    'ends with an attempt that ended as %s',
    async (verdict) => {
      const simulated = await asked();
      attempted(simulated, 2, { verdict });
      await simulated.pass(1);
      expect(simulated.status.retrain?.endedAt).toBeDefined();
      expect(simulated.condition('Retraining')).toBe('False CoolingDown');
    },
  );

  it('does not end while its version is neither stable nor rejected', async () => {
    const simulated = await asked();
    attempted(simulated, 2, { verdict: 'Registered' });
    await simulated.pass(600);
    expect([simulated.status.retrain?.endedAt, simulated.condition('Retraining')]).toEqual([
      undefined,
      'True RollingOut',
    ]);
  });

  it.each<[string, (simulated: MonitorWorld) => void]>([
    ['its version is stable', (simulated) => promoted(simulated, '22222222', 2)],
    [
      'its version was rejected',
      (simulated) => {
        const rejected = [
          { revision: '22222222', version: 'fraud-2', reason: 'AnalysisFailed', message: '', time: '' },
        ];
        simulated.deployment = watchedDeployment({}, { ...simulated.deployment?.status, rejected });
      },
    ],
    [
      'the same model was rejected under an older name',
      (simulated) => {
        simulated.versions = [served(1, { digest: 'sha256:a' }), served(2, { digest: 'sha256:a' })];
        const rejected = [
          { revision: '22222222', version: 'fraud-1', reason: 'AnalysisFailed', message: '', time: '' },
        ];
        simulated.deployment = watchedDeployment({}, { ...simulated.deployment?.status, rejected });
      },
    ],
    ['its version was deleted', (simulated) => (simulated.versions = [served(1)])],
    ['a newer version overtook it', (simulated) => attempted(simulated, 3, { verdict: 'Registered' })],
    [
      'its version has no model that could be served',
      (simulated) => {
        const { uri: _uri, ...rest } = served(2).spec;
        simulated.versions = [served(1), { ...served(2), spec: rest }];
      },
    ],
    [
      'the deployment does not follow the run',
      (simulated) =>
        (simulated.deployment = watchedDeployment(
          { model: { versionRef: { name: 'fraud-1' } } },
          simulated.deployment?.status,
        )),
    ],
  ])('ends when %s', async (_when, change) => {
    const simulated = await asked();
    attempted(simulated, 2, { verdict: 'Registered' });
    await simulated.reconcile();
    expect(simulated.status.retrain?.endedAt).toBeUndefined();
    change(simulated);
    await simulated.reconcile();
    expect(simulated.status.retrain?.endedAt).toBe('2026-11-24T12:00:00Z');
  });

  it('is not overtaken while its version is being rolled out', async () => {
    const simulated = await asked();
    attempted(simulated, 2, { verdict: 'Registered' });
    simulated.versions = [...simulated.versions, served(3)];
    const candidate = { ...stable('22222222', 2, '2026-11-24T12:00:00Z'), step: 0 };
    simulated.deployment = watchedDeployment({}, { ...simulated.deployment?.status, candidate });
    await simulated.pass(60);
    expect(simulated.status.retrain?.endedAt).toBeUndefined();
  });

  it('ends when another run is to be asked from now on', async () => {
    const simulated = await asked();
    simulated.monitor = monitor({ retrain: { ...spec, trainingRunRef: { name: 'other' } } }, simulated.monitor.status);
    await simulated.reconcile();
    expect(simulated.status.retrain).toMatchObject({ trainingRun: 'fraud', endedAt: '2026-11-24T12:00:00Z' });
  });

  it('is withdrawn with spec.retrain, but still counts', async () => {
    const simulated = await asked();
    simulated.monitor = monitor({}, simulated.monitor.status);
    await simulated.reconcile();
    expect([simulated.status.retrain, simulated.status.retrainings]).toEqual([undefined, ['2026-11-24T12:00:00Z']]);
  });

  it('says that the run is suspended, or gone', async () => {
    const simulated = await asked();
    const message = () => simulated.status.conditions?.find(({ type }) => type === 'Retraining')?.message;
    simulated.run = trainingRun({ spec: { suspend: true } });
    await simulated.reconcile();
    expect(message()).toBe(
      'TrainingRun "fraud" was asked to train, but it is suspended. Let it go on: ' +
        '`kubectl -n team patch trainingrun fraud --type merge -p \'{"spec":{"suspend":false}}\'`',
    );
    simulated.run = undefined;
    await simulated.reconcile();
    expect(message()).toContain('does not exist any more');
  });
});
