import { describe, expect, test } from '@jest/globals';
import { cancelledAges, counted, finishedAges, inFlightAges, requestsByCode } from './queries.ts';

const series = { namespace: 'shop', modelDeployment: 'fraud', revision: '0a1b2c3d' };
const wantMatchers = 'namespace="shop",model_deployment="fraud",revision="0a1b2c3d",job="flyball-observers"';

describe('built-in queries', () => {
  test('are about one revision of one deployment in one namespace, wherever they name a metric', () => {
    for (const query of [requestsByCode(series, 60), cancelledAges(series, 60), inFlightAges(series)]) {
      const selectors = [...query.matchAll(/flyball_\w+(\{[^}]*\})?/g)].map(([, matchers]) => matchers);
      expect(new Set(selectors)).toEqual(new Set([`{${wantMatchers}}`]));
    }
  });

  test('of a counter take what it grew by, what it was born with, or else its increase', () => {
    const counter = `flyball_requests_total{${wantMatchers}}`;
    const start = `flyball_observer_start_time_seconds{${wantMatchers}}`;
    const [last, first] = [`last_over_time(${counter}[60s])`, `last_over_time(${counter}[300s] offset 60s)`];
    const same = `(last_over_time(${start}[60s]) == last_over_time(${start}[300s] offset 60s))`;
    const fresh =
      `(last_over_time(${start}[60s]) > time() - 3660 unless last_over_time(${start}[3600s] offset 60s) ` +
      `unless changes(${start}[60s]) > 0)`;
    expect(counted('flyball_requests_total', ['code'], series, 60)).toBe(
      `sum by (code) (((${last} - ${first}) and ignoring(code) ${same}) or ` +
        `((${last} unless ${first}) and ignoring(code) (${same} or ${fresh})) or increase(${counter}[60s]))`,
    );
  });

  test('tell apart what belongs to the counter from what belongs to its pod', () => {
    expect(finishedAges(series, 60)).toContain('and ignoring(le) ');
    expect(cancelledAges(series, 60)).toContain('and ignoring(begun, le) ');
  });

  test('a value with quotes cannot leave its matcher', () => {
    const hostile = { ...series, revision: 'x"} or up{a="' };
    expect(requestsByCode(hostile, 60)).toContain('revision="x\\"} or up{a=\\""');
  });

  test('a window is rounded up to a whole second, never 0', () => {
    expect(
      [requestsByCode(series, 0), requestsByCode(series, 1.2)].map((query) => /\[\d+s\]/.exec(query)?.[0]),
    ).toEqual(['[1s]', '[2s]']);
  });

  test('cost the same few passes over the samples of a counter, however long the window is', () => {
    const passes = (window: number) =>
      requestsByCode(series, window).split(`flyball_requests_total{${wantMatchers}}[${window}s]`).length - 1;
    expect([passes(60), passes(86_400)]).toEqual([3, 3]);
  });
});
