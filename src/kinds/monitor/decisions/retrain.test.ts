import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  binCounts,
  monitor,
  MonitorWorld,
  shiftedCounts,
  stable,
  watchedDeployment,
} from '../../../../test/builders/monitor.ts';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { answerTo } from '../../../../test/builders/requests.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { asked, attempted, promoted, world } from '../../../../test/simulate/retrain.ts';

describe('The whole loop', () => {
  it('goes from drift to a request, an attempt, a version and its promotion, and then is quiet', async () => {
    const trace: string[] = [];
    const simulated = world({ cooldown: '10m' });
    const note = (what: string) =>
      trace.push(
        `${what}: ${simulated.verdict()}, ${simulated.condition('ChecksPassed')}, ${simulated.condition('Retraining') ?? 'no retraining'}`,
      );

    await simulated.pass(60);
    note('as trained');
    simulated.prometheus.answer = () => shiftedCounts;
    await simulated.pass(1);
    note('shifted');
    const request = simulated.status.retrain;
    attempted(simulated, 2);
    await simulated.pass(5);
    note('attempt 2 runs');
    simulated.run = trainingRun({ status: { attempts: [] } });
    attempted(simulated, 2, { verdict: 'Registered', endTime: '2026-11-24T13:06:00Z' });
    await simulated.pass(5);
    note('version 2 is a candidate');
    promoted(simulated, '22222222', 2);
    simulated.prometheus.answer = (expression) => (expression.includes('22222222') ? binCounts() : shiftedCounts);
    await simulated.pass(1);
    note('version 2 is stable');
    await simulated.pass(60);
    note('an hour later');
    await simulated.pass(600);
    note('ten hours later');

    expect(trace).toEqual([
      'as trained: Passing WithinBounds, True ChecksPass, no retraining',
      'shifted: Failing OutOfBounds, False ChecksFail, True Requested',
      'attempt 2 runs: Failing OutOfBounds, False ChecksFail, True Training',
      'version 2 is a candidate: Failing OutOfBounds, False ChecksFail, True RollingOut',
      'version 2 is stable: Unknown WindowIncomplete, Unknown WindowIncomplete, no retraining',
      'an hour later: Passing WithinBounds, True ChecksPass, no retraining',
      'ten hours later: Passing WithinBounds, True ChecksPass, no retraining',
    ]);
    expect(request).toMatchObject({ trainingRun: 'fraud', check: 'drift' });
    expect(request?.reason).toMatch(
      /^drift: PSI of amount [0-9.]+ over its limit 0\.2 on 5,000 samples of revision 11111111$/,
    );
    expect(simulated.status.retrain).toMatchObject({ requestedAt: request?.requestedAt, attempt: 'fraud-2' });
    expect(simulated.status.retrainings).toEqual([request?.requestedAt]);
    expect(simulated.status.revision).toBe('22222222');
  });

  it('costs a write per change of verdict and one every ten minutes', async () => {
    const simulated = world();
    await simulated.pass(10);
    simulated.writes = 0;
    await simulated.pass(24 * 60);
    expect(simulated.writes).toBeLessThanOrEqual(24 * 6);
    expect(simulated.prometheus.asked.length).toBeGreaterThan(24 * 60 - 2);
  });
});

describe('The next request', () => {
  it('is made only when the cooldown is over, which counts from the end of the last', async () => {
    const simulated = await asked({ cooldown: '2h' });
    await simulated.pass(300);
    attempted(simulated, 2, { verdict: 'GateFailed' });
    await simulated.pass(119);
    expect([simulated.status.retrainings?.length, simulated.condition('Retraining')]).toEqual([1, 'False CoolingDown']);
    await simulated.pass(3);
    expect([simulated.status.retrainings?.length, simulated.condition('Retraining')]).toEqual([2, 'True Requested']);
    expect(simulated.status.retrain?.attempt).toBeUndefined();
  });

  it('is held back by the limit until its time has gone by, and the Monitor says so', async () => {
    const simulated = await asked({ cooldown: '1m', limit: { count: 2, per: '24h' } });
    for (const number of [2, 3]) {
      attempted(simulated, number, { verdict: 'GateFailed' });
      await simulated.pass(10);
    }
    expect([simulated.status.retrainings?.length, simulated.condition('Retraining')]).toEqual([
      2,
      'False LimitReached',
    ]);
    await simulated.pass(24 * 60 - 30);
    expect(simulated.status.retrainings?.length).toBe(2);
    await simulated.pass(30);
    expect(simulated.status.retrainings?.length).toBe(3);
  });

  it('is not made while all datasets are pinned, since the model would be the same', async () => {
    const simulated = world();
    const dataset = { name: 'train', uri: 'pvc://data/train', digest: `sha256:${'0'.repeat(64)}` };
    simulated.run = trainingRun({ spec: { datasets: [dataset] } });
    simulated.prometheus.answer = () => shiftedCounts;
    await simulated.pass(10);
    expect([simulated.status.retrain, simulated.condition('Retraining')]).toEqual([undefined, 'False DataPinned']);
    simulated.run = trainingRun({ spec: { datasets: [dataset, { name: 'new', uri: 'pvc://data/new' }] } });
    await simulated.reconcile();
    expect(simulated.condition('Retraining')).toBe('True Requested');
  });

  it('is not made while the run does not exist', async () => {
    const simulated = world();
    simulated.run = undefined;
    simulated.prometheus.answer = () => shiftedCounts;
    await simulated.pass(10);
    expect([simulated.status.retrain, simulated.condition('Retraining')]).toEqual([
      undefined,
      'False TrainingRunMissing',
    ]);
  });

  it('is told to be in vain before it is needed, since the run may be called otherwise', async () => {
    const simulated = world();
    simulated.run = undefined;
    await simulated.pass(10);
    expect(simulated.status.failing).toBeUndefined();
    const told = simulated.status.conditions?.find(({ type }) => type === 'Ready');
    expect(told).toMatchObject({
      status: 'False',
      reason: 'TrainingRunMissing',
      message:
        'TrainingRun "fraud" does not exist in this namespace, so that nothing can be trained. ' +
        'Create it or correct spec.retrain.trainingRunRef: `kubectl -n team get trainingruns`',
    });
    simulated.run = trainingRun();
    await simulated.reconcile();
    expect([simulated.condition('Ready'), simulated.condition('Retraining')]).toEqual(['True Measuring', undefined]);
  });
});

describe('A signal that is not seen', () => {
  it('fails its check and rolls back, but asks for no training, which would not help', async () => {
    const check = {
      name: 'drift',
      drift: { signal: 'amount', test: 'PSI' as const, window: '1h', maxSkipped: 0.1 },
      max: 0.2,
    };
    const onChecks = ['drift'];
    const retrain = { trainingRunRef: { name: 'fraud' }, onChecks };
    const simulated = new MonitorWorld(monitor({ checks: [check], retrain, rollback: { onChecks } }));
    simulated.run = trainingRun();
    const since = '2026-11-24T10:00:00Z';
    simulated.deployment = watchedDeployment(
      {},
      { stable: stable('22222222', 2, since), previous: stable('11111111', 1, since) },
    );
    simulated.versions = [modelVersion(2, { profile: { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } } })];
    simulated.prometheus.answer = (expression) => answerTo(expression, { skips: { Missing: 516 } });
    await simulated.pass(5);
    expect(simulated.verdict()).toBe('Failing SignalSkipped');
    expect(simulated.status.checks?.[0]?.message).toBe(
      '516 of 516 predictions had no value at /inputs/0/data/0 of the request (Missing: the pointer names nothing), which is over ' +
        'maxSkipped 10%. Correct spec.observe.signals[amount].pointer, which rolls out a new revision: `kubectl -n team edit mdep fraud`',
    );
    expect(simulated.status.retrain).toBeUndefined();
    expect(simulated.status.rejections).toMatchObject([{ revision: '22222222', check: 'drift' }]);
  });
});

describe('No data', () => {
  it('never retrains, whatever else happens', async () => {
    const event = fc.constantFrom('away', 'back', 'NaN', 'none', 'few', 'restart', 'young', 'hour');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
        const simulated = world();
        simulated.prometheus.answer = () => binCounts([1, 2, 3]);
        for (const what of events) {
          if (what === 'away') simulated.prometheus.away = true;
          if (what === 'back') simulated.prometheus.away = false;
          if (what === 'NaN') simulated.prometheus.answer = () => binCounts([NaN, NaN, 9999, Infinity]).slice(0, 2);
          if (what === 'none') simulated.prometheus.answer = () => [];
          if (what === 'few') simulated.prometheus.answer = () => binCounts([0, 0, 0, 0, 0, 0, 0, 0, 0, 449]);
          if (what === 'restart') simulated.restartOperator();
          if (what === 'young') promoted(simulated, '33333333', 1);
          await simulated.pass(what === 'hour' ? 61 : 3);
        }
        expect(simulated.status.retrain).toBeUndefined();
        expect(simulated.condition('ChecksPassed')?.startsWith('Unknown ') ?? true).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
