import { describe, expect, it } from '@jest/globals';
import { analyse } from './analysis.ts';
import type { AnalysisSamples } from './analysis.ts';

const errors = { name: 'errors', errors: {}, max: '0.01' };
const latency = { name: 'latency', latency: { quantile: '0.99' }, max: '0.2', minSamples: 50 };

function sampled(requests: number | undefined, values: Record<string, number | undefined>): AnalysisSamples {
  return { type: 'Sampled', requests, values };
}

describe('The analysis of a candidate', () => {
  it('passes when nothing is to be checked', () => {
    expect(analyse([], { type: 'NotAsked' })).toEqual({ type: 'Passed' });
  });

  it('passes when every check has enough requests and a value not above max', () => {
    expect(analyse([errors, latency], sampled(100, { errors: 0.01, latency: 0.1 }))).toEqual({ type: 'Passed' });
  });

  it('fails with the value and the limit when one check is above max', () => {
    const verdict = analyse([errors, latency], sampled(100, { errors: 0, latency: 0.35789 }));
    const wantMessage = 'Check "latency" failed: the 0.99 quantile of latency was 0.358 s, but max is 0.2.';
    expect(verdict).toEqual({ type: 'Failed', message: wantMessage });
  });

  it('says "at least" of a latency in the last bucket, which has no upper end', () => {
    expect(analyse([latency], sampled(100, { latency: 120 }))).toEqual({
      type: 'Failed',
      message: 'Check "latency" failed: the 0.99 quantile of latency was at least 120 s, but max is 0.2.',
    });
  });

  it('fails by the check that can judge even while another lacks data', () => {
    expect(analyse([errors, latency], sampled(60, { errors: 0.5, latency: 3 })).type).toBe('Failed');
  });

  it.each([
    ['Prometheus was not asked', { type: 'NotAsked' } as const, 'AnalysisPending'],
    ['Prometheus is away', { type: 'Unavailable', message: 'away' } as const, 'PrometheusUnavailable'],
    ['there are no requests', sampled(undefined, {}), 'TooFewSamples'],
    ['the number of requests is NaN', sampled(Number.NaN, { errors: 0 }), 'TooFewSamples'],
    ['there are fewer than 100 requests', sampled(99.9, { errors: 1 }), 'TooFewSamples'],
    ['there is no value', sampled(500, {}), 'NoData'],
    ['the value is NaN', sampled(500, { errors: Number.NaN }), 'NoData'],
  ])('has no data, which is never good news, when %s', (_, samples, wantReason) => {
    expect(analyse([errors], samples)).toMatchObject({ type: 'NoData', reason: wantReason });
  });

  it('an infinite latency is above any limit', () => {
    expect(analyse([latency], sampled(500, { latency: Infinity })).type).toBe('Failed');
  });
});
