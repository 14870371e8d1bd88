import { describe, expect, test } from '@jest/globals';
import { requestQuestion } from './requests.ts';

const series = { namespace: 'shop', modelDeployment: 'fraud', revision: '0a1b2c3d' };
const value = (number: number) => [{ labels: {}, value: number }];

describe('A check of requests', () => {
  test('of latency is a quantile in seconds, told apart up to two minutes', () => {
    const { title, unit, highest, expressions } = requestQuestion({ latency: { quantile: 0.99 } }, series, 60_000);
    expect({ title, unit, highest }).toEqual({ title: '0.99 quantile of the latency', unit: 's', highest: 120 });
    expect(expressions.map((expression) => expression.slice(0, 23))).toEqual([
      'histogram_quantile(0.99',
      'sum(increase(flyball_re',
    ]);
  });

  test('of errors is a share', () => {
    const { title, unit, highest, expressions } = requestQuestion({}, series, 60_000);
    expect({ title, unit, highest }).toEqual({ title: 'share of errors', unit: '', highest: undefined });
    expect(expressions[0]).toContain('code=~"5.."');
  });

  test('rests on a hundred requests, or as many as it says', () => {
    expect(requestQuestion({}, series, 1).minSamples).toBe(100);
    expect(requestQuestion({ minSamples: 7 }, series, 1).minSamples).toBe(7);
  });

  test.each([
    ['as many as were counted at least', [value(0.1), value(99.9)], { value: 0.1, samples: 99 }],
    ['none where nothing counts', [[], []], { samples: 0 }],
    ['no more than status can hold', [[], value(Number.MAX_VALUE)], { samples: Number.MAX_SAFE_INTEGER }],
    ['none if their number is no number', [value(NaN), value(NaN)], { value: NaN, samples: 0 }],
    [
      'none if several series answer',
      [
        [...value(1), ...value(2)],
        [...value(1), ...value(2)],
      ],
      { samples: 0 },
    ],
  ])('has seen %s', (_what, answers, want) => {
    expect(requestQuestion({}, series, 1).read(answers)).toEqual(want);
  });
});
