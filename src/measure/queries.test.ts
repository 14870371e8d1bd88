import { describe, expect, test } from '@jest/globals';
import { errorRatio, latencyQuantile, requestCount } from './queries.ts';

const series = { namespace: 'shop', modelDeployment: 'fraud', revision: '0a1b2c3d' };
const wantMatchers = 'namespace="shop",model_deployment="fraud",revision="0a1b2c3d"';

describe('built-in queries', () => {
  test('requests are counted for one revision of one deployment in one namespace', () => {
    expect(requestCount(series, 300)).toBe(`sum(increase(flyball_requests_total{${wantMatchers}}[300s]))`);
  });

  test('errors are the 5xx share, and no error series at all means no errors', () => {
    const want =
      `(sum(increase(flyball_requests_total{${wantMatchers},code=~"5.."}[60s])) or vector(0))` +
      ` / sum(increase(flyball_requests_total{${wantMatchers}}[60s]))`;
    expect(errorRatio(series, 60)).toBe(want);
  });

  test('latency is a quantile over the buckets of all pods of the revision', () => {
    const want = `histogram_quantile(0.99, sum by (le) (increase(flyball_request_duration_seconds_bucket{${wantMatchers}}[60s])))`;
    expect(latencyQuantile(series, 60, 0.99)).toBe(want);
  });

  test('a value with quotes cannot leave its matcher', () => {
    const hostile = { ...series, revision: 'x"} or up{a="' };
    expect(requestCount(hostile, 60)).toContain('revision="x\\"} or up{a=\\""');
  });

  test('a window is rounded up to a whole second, never 0', () => {
    expect([requestCount(series, 0), requestCount(series, 1.2)].map((query) => /\[\d+s\]/.exec(query)?.[0])).toEqual([
      '[1s]',
      '[2s]',
    ]);
  });
});
