import { describe, expect, it } from '@jest/globals';
import { isOutputs, merged, type Outputs } from './outputs.ts';

describe('The outputs of stages', () => {
  it('are those of the later one where it says something, dataset by dataset', () => {
    const before: Outputs = { metrics: { f1: '0.5' }, digest: 'd', datasets: { train: '1', test: '1' }, image: 'i' };
    const after: Outputs = { metrics: { f1: '0.9' }, datasets: { test: '2' }, championMetrics: { f1: '0.8' } };
    expect(merged(before, after)).toEqual({
      metrics: { f1: '0.9' },
      digest: 'd',
      datasets: { train: '1', test: '2' },
      championMetrics: { f1: '0.8' },
      image: 'i',
    });
    expect(merged({}, {})).toEqual({});
  });

  it('are believed of a Job only if they have their shape', () => {
    expect(isOutputs({ metrics: { f1: '0.9' }, profile: {}, image: 'i' })).toBe(true);
    const wrong = [null, [], 'text', { metrics: null }, { metrics: { f1: 1 } }, { datasets: [] }, { digest: 5 }];
    expect(wrong.filter((value) => isOutputs(value))).toEqual([]);
  });
});
