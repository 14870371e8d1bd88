import { describe, expect, it } from '@jest/globals';
import { succeeded } from '../../../../test/builders/pod.ts';
import { ended, names, newestOf, runWith } from '../../../../test/builders/trainingplan.ts';
import type { TrainingRunSpec } from '../../../api/types.ts';

describe('Results of format Metrics', () => {
  it("are a script's own numbers, by which its gate judges and which its version has", () => {
    const run = runWith({ gate: [{ metric: 'eval.f1', min: 0.9 }], results: { format: 'Metrics' } }, {});
    const planned = ended(run, succeeded('{"epoch": 3, "eval": {"f1": 0.93}, "loss": NaN, "device": "cpu"}'));
    expect(names(planned.actions)).toEqual(['Create fraud-1']);
    expect(planned.actions).toMatchObject([{ object: { spec: { metrics: { epoch: '3', 'eval.f1': '0.93' } } } }]);
  });

  it.each([
    ['nothing', '', 'ResultsMissing', 'left nothing in /app/metrics.json'],
    ['no JSON', 'epoch 1', 'ResultsMalformed', 'is not one JSON object'],
    ['NaN for the gate', '{"f1": NaN}', 'ResultsMalformed', 'the gate judges "f1", which is NaN'],
    ['too much', '{"f1": 0.9}'.padEnd(4096), 'ResultsTooLarge', 'write fewer numbers'],
  ])('fail the attempt in words if the file has %s', (_, text, wantReason, wantWords) => {
    const spec: Partial<TrainingRunSpec> = {
      gate: [{ metric: 'f1', min: 0.9 }],
      results: { path: '/app/metrics.json', format: 'Metrics' },
    };
    const attempt = newestOf(ended(runWith(spec, {}), succeeded(text)));
    expect(attempt).toMatchObject({ verdict: 'Failed', reason: wantReason });
    expect(attempt?.message).toContain(wantWords);
    expect(attempt?.message).toContain('Correct the code, and run it again: `kubectl -n team ');
  });

  it('are missing where spec.results names a place, which can be corrected too', () => {
    const run = runWith({ results: { path: '/app/results.json' } }, {});
    expect(newestOf(ended(run, succeeded('')))?.message).toMatch(
      /correct spec\.results: `kubectl -n team edit trun fraud`$/,
    );
  });
});
