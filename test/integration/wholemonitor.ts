import type { IMonitor } from '../../src/api/types.ts';
import { monitor } from './objects.ts';

const time = '2026-11-24T10:00:00Z';
const conditions = [
  { type: 'Ready', status: 'True', reason: 'Ok', message: '', lastTransitionTime: time, observedGeneration: 3 },
] as const;

/** A Monitor with every field that its kind has. */
export const wholeMonitor: IMonitor = {
  ...monitor({
    interval: '1m',
    checks: [
      { name: 'latency', latency: { quantile: 0.99, of: 'FirstByte' }, max: 0.2, for: '5m', window: '10m' },
      { name: 'errors', errors: {}, min: 0, max: 0.01, minSamples: 200 },
      {
        name: 'drift',
        drift: { signal: 'amount', test: 'PSI', window: '1h', maxSkipped: 0.1 },
        max: 0.2,
        minSamples: 1000,
      },
      { name: 'own', query: { source: 'main', expr: 'sum(up)' }, min: 1 },
    ],
    retrain: {
      trainingRunRef: { name: 'fraud' },
      onChecks: ['drift', 'own'],
      cooldown: '6h',
      limit: { count: 3, per: '168h' },
    },
    rollback: { onChecks: ['latency'], within: '24h' },
  }),
  status: {
    observedGeneration: 3,
    conditions: [...conditions],
    passing: '0/1',
    failing: 'drift',
    revision: '0a1b2c3d',
    checks: [
      {
        name: 'drift',
        revision: '0a1b2c3d',
        verdict: 'Failing',
        since: time,
        value: '0.4',
        samples: 1200,
        reason: 'AboveMax',
        message: 'drift is 0.4, above 0.2',
      },
    ],
    retrain: {
      trainingRun: 'fraud',
      requestedAt: time,
      check: 'drift',
      reason: 'drift is 0.4, above 0.2',
      attempt: 'fraud-4',
      endedAt: time,
    },
    retrainings: [time],
    lastRetrain: time,
    rejections: [{ revision: '0a1b2c3d', check: 'latency', time, message: 'latency is 0.4, above 0.2' }],
  },
};
