import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RetrainSpec } from '../api/index.ts';
import { modelVersion } from '../../test/builders/modelversion.ts';
import {
  attempt,
  binCounts,
  monitor,
  MonitorWorld,
  shiftedCounts,
  stable,
  watchedDeployment,
} from '../../test/builders/monitor.ts';
import { trainingRun } from '../../test/builders/trainingrun.ts';

const profile = { amount: { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] } };
const spec: RetrainSpec = { trainingRunRef: { name: 'fraud' }, onChecks: ['drift'] };
const served = (number: number, fields = {}) =>
  modelVersion(number, { uri: `pvc://models/fraud/fraud-${number}`, profile, ...fields });

/** Version 1 is served since midnight; it is noon, and the traffic is as in training. */
function world(retrain: Partial<RetrainSpec> = {}): MonitorWorld {
  const simulated = new MonitorWorld(monitor({ retrain: { ...spec, ...retrain } }));
  simulated.run = trainingRun({ status: { attempts: [attempt(1, { verdict: 'Registered' })] } });
  simulated.versions = [served(1)];
  simulated.prometheus.answer = () => binCounts();
  return simulated;
}

/** A world that has just asked for training because of drift. */
async function asked(retrain: Partial<RetrainSpec> = {}): Promise<MonitorWorld> {
  const simulated = world(retrain);
  simulated.prometheus.answer = () => shiftedCounts;
  await simulated.reconcile();
  expect(simulated.status.retrain).toBeDefined();
  return simulated;
}

type Ending = Parameters<typeof attempt>[1];

/** The run answers the request with attempt `number`, as far as `ending` says. */
function attempted(simulated: MonitorWorld, number: number, ending: Ending = {}): void {
  const coversUntil = simulated.status.retrain?.requestedAt ?? '';
  const attempts = [...(simulated.run?.status?.attempts ?? []), attempt(number, { coversUntil, ...ending })];
  simulated.run = trainingRun({ status: { attempts } });
  if (ending.verdict === 'Registered') simulated.versions = [...simulated.versions, served(number, { coversUntil })];
}

function promoted(simulated: MonitorWorld, revision: string, number: number): void {
  const since = `${simulated.now.toISOString().slice(0, 19)}Z`;
  simulated.deployment = watchedDeployment({}, { stable: stable(revision, number, since) });
}

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

  it('costs a write per change of verdict and one per hour', async () => {
    const simulated = world();
    await simulated.pass(10);
    simulated.writes = 0;
    await simulated.pass(24 * 60);
    expect(simulated.writes).toBeLessThanOrEqual(24);
    expect(simulated.prometheus.asked.length).toBeGreaterThan(24 * 60 - 2);
  });
});

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
    simulated.run = trainingRun();
    await simulated.reconcile();
    expect(simulated.status.retrain?.attempt).toBe('fraud-2');
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
    ['a newer version overtook it', (simulated) => (simulated.versions = [...simulated.versions, served(3)])],
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
    expect(message()).toContain('set spec.suspend to false');
    simulated.run = undefined;
    await simulated.reconcile();
    expect(message()).toContain('does not exist any more');
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
