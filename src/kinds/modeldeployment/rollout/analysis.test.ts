import { describe, expect, it } from '@jest/globals';
import type { Answers, Outcome, Reading } from '../../../measure/measure.ts';
import { kubectl } from '../../../api/command.ts';
import { written } from '../../../api/message.ts';
import type { AnalysisCheck } from '../../../api/types.ts';
import { analyse, analysisValues } from './analysis.ts';

const errors = { name: 'errors', errors: {}, max: 0.01 };
const latency = { name: 'latency', latency: { quantile: 0.99 }, max: 0.2, minSamples: 50 };

const told = (outcomes: Readonly<Record<string, Outcome>>): Answers =>
  new Map(Object.entries(outcomes).map(([name, outcome]) => [name, { at: new Date(0), outcome }] as const));

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

const analysed = { key: { namespace: 'team', name: 'fraud' }, revision: 'ab12cd34' };
const judged = (checks: readonly AnalysisCheck[], answers: Answers) => analyse(checks, answers, analysed);
/** What is said of a check of errors that was read so. */
const said = (reading: Reading, fields: Partial<AnalysisCheck> = {}) => {
  const verdict = judged([{ ...errors, ...fields }], told({ errors: { type: 'Measured', ...reading } }));
  return verdict.type === 'Passed' ? 'Passed' : `${verdict.type}: ${written(verdict)}`;
};

describe('The analysis of a candidate', () => {
  it('passes when nothing is to be checked', () => {
    expect(judged([], new Map())).toEqual({ type: 'Passed' });
  });

  it('passes when every check has enough requests and a value not above max', () => {
    expect(judged([errors, latency], sampled(100, { errors: 0.01, latency: 0.1 }))).toEqual({ type: 'Passed' });
  });

  it('says that requests by gRPC are not observed wherever some are missing, and nowhere else', () => {
    const unseen = 'requests by gRPC (spec.server.grpcPort) are not observed';
    const about = (outcome: Reading, takesGRPC: boolean, check: AnalysisCheck = errors) => {
      const answers = told({ errors: { type: 'Measured', ...outcome } });
      const verdict = analyse([check], answers, { ...analysed, takesGRPC });
      return verdict.type === 'Passed' ? '' : written(verdict);
    };
    const { max: _, ...compared } = { ...errors, against: 'Stable', maxIncrease: 0.01 } as const;
    const few: readonly (readonly [Reading, AnalysisCheck?])[] = [
      [{ samples: 0, value: 0 }],
      [{}],
      [{ samples: 300, value: 0, against: 0, againstSamples: 0 }, compared],
    ];
    for (const [reading, check] of few) {
      expect(about(reading, true, check)).toContain(unseen);
      expect(about(reading, false, check)).not.toContain('gRPC');
    }
    expect(about({ samples: 300, value: 0.5 }, true)).not.toContain('gRPC');
  });

  it('does not let people wait for requests where the observers of the stable revision never tell', () => {
    const { max: _, ...compared } = { ...errors, against: 'Stable', maxIncrease: 0.01 } as const;
    const reading = { samples: 300, value: 0, againstSamples: 0, againstAside: 'since its observers are old' };
    const verdict = analyse([compared], told({ errors: { type: 'Measured', ...reading } }), analysed);
    expect(verdict.type === 'Passed' ? '' : written(verdict)).toBe(
      'check "errors" has nothing of the stable revision to compare with, since its observers are old. ' +
        'Set max instead of against until a new revision is stable: `kubectl -n team edit mdep fraud`',
    );
  });

  it('fails with the value, the limit and the number of requests when one check is above max', () => {
    expect(judged([errors, latency], sampled(100, { errors: 0, latency: 0.35789 }))).toEqual({
      type: 'Failed',
      what: 'check "latency" failed: 0.99 quantile of the latency 0.358s over its limit 0.2s on 100 samples of revision ab12cd34',
    });
  });

  it('tells a share of errors as one', () => {
    expect(said({ value: 1, samples: 31 }, { minSamples: 31 })).toBe(
      'Failed: check "errors" failed: share of errors 100% over its limit 1% on 31 samples of revision ab12cd34',
    );
  });

  it('says "at least" of what is only known to be above, which is over a limit that it has reached', () => {
    const hanging: Outcome = { type: 'Measured', value: 2, atLeast: true, samples: 70 };
    const verdict = judged([{ ...latency, max: 2 }], told({ latency: hanging }));
    expect(verdict.type === 'Failed' && verdict.what).toContain(
      '0.99 quantile of the latency at least 2s over its limit 2s',
    );
  });

  it.each<[string, Outcome]>([
    ['lacks data', { type: 'Measured', value: 0.5, samples: 60 }],
    ['has no answer', { type: 'Unreachable', words: 'away' }],
  ])('fails by the check that can judge even while another %s', (_what, outcome) => {
    const answers = told({ errors: outcome, latency: { type: 'Measured', value: 3, samples: 60 } });
    expect(judged([errors, latency], answers).type).toBe('Failed');
  });

  it.each([
    ['Prometheus was not asked', new Map(), 'AnalysisPending'],
    ['another check was asked for', sampled(500, { latency: 0 }), 'AnalysisPending'],
    ['Prometheus is away', told({ errors: { type: 'Unreachable', words: 'away' } }), 'PrometheusUnavailable'],
    ['Prometheus refuses', told({ errors: { type: 'Refused', words: 'too much' } }), 'PrometheusUnavailable'],
    ['there is no Prometheus', told({ errors: { type: 'NotConfigured' } }), 'PrometheusUnavailable'],
    ['nothing counts requests', told({ errors: { type: 'Measured', value: 0 } }), 'NoData'],
    ['there are no requests', sampled(0, { errors: undefined }), 'TooFewSamples'],
    ['there are fewer than 100 requests', sampled(99, { errors: 1 }), 'TooFewSamples'],
    ['there is no value', sampled(500, { errors: undefined }), 'NoData'],
    ['the value is NaN', sampled(500, { errors: Number.NaN }), 'NoData'],
  ])('has no data, which is never good news, when %s', (_, answers, wantReason) => {
    expect(judged([errors], answers)).toMatchObject({ type: 'NoData', reason: wantReason });
  });

  it('says why nobody counts, where that is known', () => {
    const reading = { aside: 'since its observers are old', remedy: { text: 'make new ones' } };
    expect(said(reading)).toContain('Prometheus has no value for it, since its observers are old. Make new ones');
  });

  it('says whose move it is before the words of Prometheus', () => {
    const text = (outcome: Outcome) => {
      const verdict = judged([errors], told({ errors: outcome }));
      return verdict.type === 'NoData' ? written(verdict) : verdict.type;
    };
    expect(text({ type: 'Unreachable', words: 'Prometheus at p:9090 is away' })).toBe(
      'Prometheus gives no answer; the rollout goes on when it does. The administrator sees to Prometheus; the client said: Prometheus at p:9090 is away',
    );
    expect(text({ type: 'NotConfigured' })).toBe(
      "the operator knows no Prometheus, so that the new revision cannot be judged. The administrator sets prometheus.url in the chart's values; " +
        'or remove spec.rollout.analysis: `kubectl -n team edit mdep fraud`',
    );
  });

  it('tells of requests that have no answer instead of waiting for more', () => {
    const aside = '70 more left within 1s without an answer';
    expect(said({ samples: 0, aside })).toBe(
      `NoData: check "errors" judges after 100 requests to the new revision: 0 came, and ${aside}. Send requests; ` +
        'or lower minSamples in spec.rollout.analysis: `kubectl -n team edit mdep fraud`',
    );
    expect(said({ samples: 3 })).toContain('requests to the new revision, which have not come yet. Send requests;');
  });

  it('does not pass by what finished while too much has no answer', () => {
    const remedy = { text: 'look', command: kubectl('team', 'logs', 'x') };
    const aside = '40 more wait for an answer for longer than 1s';
    expect(said({ value: 0, samples: 204, worst: 0.16, aside, remedy })).toBe(
      `NoData: share of errors 0% on 204 samples of revision ab12cd34, and ${aside}: too many requests have no answer ` +
        'for the check to pass. Look: `kubectl -n team logs x`',
    );
    expect(said({ value: 0, samples: 204, worst: 0.009, aside })).toBe('Passed');
  });

  it('an infinite latency is above any limit', () => {
    expect(judged([latency], sampled(500, { latency: Infinity })).type).toBe('Failed');
  });
});

describe('The analysis of a candidate against what is stable', () => {
  const against = { against: 'Stable', maxIncrease: 0.01 } as const;
  const { max: _max, ...unlimited } = { ...errors, ...against };
  const verdict = (reading: Reading, check: AnalysisCheck = unlimited) => {
    const found = judged([check], told({ errors: { type: 'Measured', ...reading } }));
    return found.type === 'Passed' ? 'Passed' : `${found.type}: ${written(found)}`;
  };
  const increase = (value: number, least: number, worst = value) => ({ value, least, worst });

  it('passes a harmless edit while three in a hundred requests to both are bad', () => {
    const reading = { value: 0.031, against: 0.03, samples: 500, againstSamples: 500 };
    expect(verdict({ ...reading, increase: increase(0.001, -0.03) })).toBe('Passed');
  });

  it('fails once chance hardly explains the increase, and says both', () => {
    const reading = { value: 0.5, against: 0.03, samples: 500, againstSamples: 500 };
    expect(verdict({ ...reading, increase: increase(0.47, 0.4) })).toBe(
      'Failed: check "errors" failed: share of errors 50% which is more than 1% above the 3% of the stable revision on 500 samples of revision ab12cd34',
    );
  });

  it('waits for more requests where chance may explain it', () => {
    const reading = { value: 0.06, against: 0.03, samples: 100, againstSamples: 100 };
    expect(verdict({ ...reading, increase: increase(0.03, -0.05) })).toBe(
      'NoData: share of errors 6% which is more than 1% above the 3% of the stable revision on 100 samples of revision ab12cd34, ' +
        'which may be chance. Wait for more requests, which settle it',
    );
  });

  it('has no data, which is never good news, while stable has too few requests', () => {
    expect(verdict({ value: 0, samples: 500, againstSamples: 12, against: 0, increase: increase(0, 0) })).toBe(
      'NoData: check "errors" compares with the stable revision after 100 requests to that as well, of which Prometheus has ' +
        'counted 12 since the weight was reached. Wait for requests, which its observer has to count; or set max instead of against: `kubectl -n team edit mdep fraud`; or ' +
        'lower minSamples in spec.rollout.analysis: `kubectl -n team edit mdep fraud`',
    );
    expect(verdict({ value: 0, samples: 500, againstSamples: 0 })).toMatch(/^NoData: check "errors" compares/);
  });

  it('fails by max all the same, whatever stable does', () => {
    const both = { ...errors, ...against };
    expect(verdict({ value: 0.5, samples: 500, againstSamples: 0 }, both)).toMatch(/^Failed: .* over its limit 1%/);
  });

  it('does not pass while too much has no answer', () => {
    const reading = { value: 0.03, against: 0.03, samples: 500, againstSamples: 500 };
    expect(verdict({ ...reading, increase: increase(0, -0.02, 0.4) })).toMatch(
      /^NoData: .*too many requests have no answer/,
    );
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
