import { describe, expect, it } from '@jest/globals';
import { completed, job } from '../../../../test/builders/job.ts';
import { podOf, results } from '../../../../test/builders/pod.ts';
import { now, observed, runWith, summaryOf } from '../../../../test/builders/trainingplan.ts';
import { plan } from '../plan.ts';

describe('Whoever fails the gate', () => {
  it.each([
    [
      'by a metric that is not reported',
      { metric: 'auc', min: 0.9 },
      'Report what spec.gate asks for, and run again: ',
    ],
    ['by a bad metric', { metric: 'f1', min: 0.9 }, 'Improve the model, and run again: '],
    [
      'by a champion that is gone',
      { metric: 'f1', against: 'Champion' as const, maxDecrease: 0 },
      'Measure both on the same data, and run again: ',
    ],
  ])('is told what helps %s', (_, rule, want) => {
    const run = runWith({ gate: [rule] }, {});
    const done = completed(job(run, { champion: { name: 'fraud-0' } }));
    const planned = plan(observed(run, { jobs: [done], pods: [podOf(done, results({ f1: 0.8 }))] }), now);
    expect(summaryOf(planned)?.message).toContain(want);
  });
});
