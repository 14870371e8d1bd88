import { describe, expect, it } from '@jest/globals';
import { metricText } from './metric.ts';

describe('Of the metrics of an attempt', () => {
  const metrics = { f1: '0.93', auc: '0.8' };

  it('the first that the gate names and that was reported is shown', () => {
    expect(metricText([{ metric: 'absent' }, { metric: 'f1' }, { metric: 'auc' }], metrics)).toBe('f1=0.93');
  });

  it('the first by name is shown where the gate names none of them', () => {
    expect(metricText([{ metric: 'absent' }], metrics)).toBe('auc=0.8');
    expect(metricText(undefined, metrics)).toBe('auc=0.8');
  });

  it('none is shown where none was reported', () => {
    expect(metricText([{ metric: 'f1' }], undefined)).toBeUndefined();
    expect(metricText([{ metric: 'f1' }], {})).toBeUndefined();
  });
});
