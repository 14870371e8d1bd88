import { describe, expect, it } from '@jest/globals';
import type { Answers, Outcome } from '../../../measure/measure.ts';
import { analyse, analysisValues, requestsSeen } from './analysis.ts';

const errors = { name: 'errors', errors: {}, max: 0.01 };
const latency = { name: 'latency', latency: { quantile: 0.99 }, max: 0.2, minSamples: 50 };

const told = (outcomes: Readonly<Record<string, Outcome>>): Answers =>
  new Map(
    Object.entries(outcomes).map(([name, outcome]) => [name, { at: new Date(0), before: undefined, outcome }] as const),
  );

/** On so many requests each check has this value; undefined: none. */
const sampled = (samples: number, values: Readonly<Record<string, number | undefined>>): Answers =>
  told(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        { type: 'Measured', samples, ...(value !== undefined && { value }) },
      ]),
    ),
  );

describe('The analysis of a candidate', () => {
  it('passes when nothing is to be checked', () => {
    expect(analyse([], new Map())).toEqual({ type: 'Passed' });
  });

  it('passes when every check has enough requests and a value not above max', () => {
    expect(analyse([errors, latency], sampled(100, { errors: 0.01, latency: 0.1 }))).toEqual({ type: 'Passed' });
  });

  it('fails with the value, the limit and the number of requests when one check is above max', () => {
    const verdict = analyse([errors, latency], sampled(100, { errors: 0, latency: 0.35789 }));
    const wantMessage =
      'Check "latency" failed: 0.99 quantile of the latency 0.358s over its limit 0.2 on 100 requests.';
    expect(verdict).toEqual({ type: 'Failed', message: wantMessage });
  });

  it('tells a share of errors as one', () => {
    expect(analyse([{ ...errors, minSamples: 31 }], sampled(31, { errors: 1 }))).toEqual({
      type: 'Failed',
      message: 'Check "errors" failed: share of errors 1 over its limit 0.01 on 31 requests.',
    });
  });

  it('says "at least" of a latency in the last bucket, which has no upper end', () => {
    expect(analyse([latency], sampled(100, { latency: 120 }))).toEqual({
      type: 'Failed',
      message: 'Check "latency" failed: 0.99 quantile of the latency at least 120s over its limit 0.2 on 100 requests.',
    });
  });

  it.each<[string, Outcome]>([
    ['lacks data', { type: 'Measured', value: 0.5, samples: 60 }],
    ['has no answer', { type: 'Unreachable', words: 'away' }],
  ])('fails by the check that can judge even while another %s', (_what, outcome) => {
    const answers = told({ errors: outcome, latency: { type: 'Measured', value: 3, samples: 60 } });
    expect(analyse([errors, latency], answers).type).toBe('Failed');
  });

  it.each([
    ['Prometheus was not asked', new Map(), 'AnalysisPending'],
    ['another check was asked for', sampled(500, { latency: 0 }), 'AnalysisPending'],
    ['Prometheus is away', told({ errors: { type: 'Unreachable', words: 'away' } }), 'PrometheusUnavailable'],
    ['Prometheus refuses', told({ errors: { type: 'Refused', words: 'too much' } }), 'PrometheusUnavailable'],
    ['there is no Prometheus', told({ errors: { type: 'NotConfigured' } }), 'PrometheusUnavailable'],
    ['nothing counts requests', told({ errors: { type: 'Measured', value: 0 } }), 'TooFewSamples'],
    ['there are no requests', sampled(0, { errors: undefined }), 'TooFewSamples'],
    ['there are fewer than 100 requests', sampled(99, { errors: 1 }), 'TooFewSamples'],
    ['there is no value', sampled(500, { errors: undefined }), 'NoData'],
    ['the value is NaN', sampled(500, { errors: Number.NaN }), 'NoData'],
  ])('has no data, which is never good news, when %s', (_, answers, wantReason) => {
    expect(analyse([errors], answers)).toMatchObject({ type: 'NoData', reason: wantReason });
  });

  it('says whose move it is before the words of Prometheus', () => {
    const away = analyse([errors], told({ errors: { type: 'Unreachable', words: 'Prometheus at p:9090 is away' } }));
    expect(away).toMatchObject({
      message: expect.stringMatching(
        /^The administrator sees to Prometheus\. .*; the client said: Prometheus at p:9090 is away$/,
      ),
    });
    const none = analyse([errors], told({ errors: { type: 'NotConfigured' } }));
    expect(none).toMatchObject({ message: expect.stringContaining('prometheus.url') });
  });

  it('an infinite latency is above any limit', () => {
    expect(analyse([latency], sampled(500, { latency: Infinity })).type).toBe('Failed');
  });
});

describe('The requests that an analysis has seen', () => {
  it('are those that an answer counts, also if there are none, and unknown without one', () => {
    expect(requestsSeen(sampled(120, { errors: undefined, latency: 0 }))).toBe(120);
    expect(requestsSeen(sampled(0, { errors: undefined }))).toBe(0);
    expect(requestsSeen(told({ errors: { type: 'NotConfigured' } }))).toBeUndefined();
    expect(requestsSeen(new Map())).toBeUndefined();
  });
});

describe('The values of an analysis', () => {
  it('are told with their time, by check, without what has no answer or is no number', () => {
    const answers = new Map([
      ...sampled(120, { errors: 0.0312345, latency: Number.NaN }),
      ...told({ away: { type: 'Unreachable', words: 'away' } }),
    ]);
    const at = { samples: 120, sampledAt: '1970-01-01T00:00:00Z' };
    expect(analysisValues([latency, errors, { ...errors, name: 'away' }, { ...errors, name: 'new' }], answers)).toEqual(
      [
        { name: 'latency', ...at },
        { name: 'errors', value: '0.0312345', ...at },
      ],
    );
  });

  it('have what they are compared with beside them', () => {
    const outcome = { type: 'Measured', value: 0.03, against: 0.029, samples: 500 } as const;
    expect(analysisValues([errors], told({ errors: outcome }))).toMatchObject([{ value: '0.03', against: '0.029' }]);
  });
});
