import { describe, expect, it } from '@jest/globals';
import type { FeatureProfile, MonitorCheck } from '../../../api/types.ts';
import { binCounts, shiftedCounts } from '../../../../test/builders/monitor.ts';
import type { Question } from '../../../measure/measure.ts';
import type { Revision } from './subject.ts';
import { checks, measureOf } from './index.ts';

const edges: FeatureProfile = { edges: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
const subject: Revision = {
  type: 'Revision',
  namespace: 'team',
  modelDeployment: 'fraud',
  revision: '11111111',
  since: new Date('2026-11-24T00:00:00Z'),
  signals: [
    { name: 'amount', from: 'Request', pointer: '/a', type: 'Number' },
    { name: 'country', from: 'Request', pointer: '/c', type: 'Category' },
  ],
  profile: { amount: edges, country: { categories: { DE: '0.5', FR: '0.5' } } },
};
const matchers = 'namespace="team",model_deployment="fraud",revision="11111111"';
const drift = (signal: string, fields: Partial<MonitorCheck> = {}): MonitorCheck => ({
  name: 'drift',
  drift: { signal, test: 'PSI', window: '1h' },
  max: 0.2,
  ...fields,
});
const measure = (check: MonitorCheck, revision: Revision = subject, open = false) =>
  measureOf(check, revision, open ? ['main'] : ['other']);

function question(check: MonitorCheck, revision?: Revision): Question {
  const found = measure(check, revision, true);
  if (found.type === 'Blind') throw new Error(found.message);
  return found;
}

const blind = (check: MonitorCheck, revision?: Revision) => {
  const found = measure(check, revision);
  return found.type === 'Blind' ? found.reason : 'a question';
};

const value = (number: number) => [{ labels: {}, value: number }];

describe('Latency', () => {
  const check: MonitorCheck = { name: 'slow', latency: { quantile: 0.99 }, max: 0.2, window: '10m' };

  it('asks for the quantile and the number of requests of one revision in one namespace', () => {
    const { expressions, window, minSamples } = question(check);
    expect(expressions).toEqual([
      `histogram_quantile(0.99, sum by (le) (increase(flyball_request_duration_seconds_bucket{${matchers}}[600s])))`,
      `sum(increase(flyball_requests_total{${matchers}}[600s]))`,
    ]);
    expect([window, minSamples]).toEqual([{ length: 600_000, text: '10m' }, 100]);
  });

  it('cannot be told apart above the last bound of its histogram', () => {
    expect(question(check).highest).toBe(120);
  });

  it('is a number of seconds that rests on requests, which come as fractions', () => {
    expect(question(check).read([value(0.31), value(4200.4)])).toEqual({ value: 0.31, samples: 4200 });
  });

  it('without any answer is no value on no samples', () => {
    expect(question(check).read([[], []])).toEqual({ samples: 0 });
    expect(question(check).read([value(NaN), value(NaN)])).toEqual({ value: NaN, samples: 0 });
  });

  it('looks back five minutes by default', () => {
    expect(question({ name: 'slow', latency: { quantile: 0.5 }, max: 1 }).window?.length).toBe(300_000);
  });
});

describe('Errors', () => {
  it('ask for a share and the number of requests', () => {
    const { expressions, read } = question({ name: 'errors', errors: {}, max: 0.01, minSamples: 7 });
    expect(expressions[0]).toContain('code=~"5.."');
    expect(read([value(0.5), value(8)])).toEqual({ value: 0.5, samples: 8 });
  });
});

describe('Drift', () => {
  it('asks once for all signals of a revision', () => {
    expect(question(drift('amount')).expressions).toEqual(question(drift('country')).expressions);
    expect(question(drift('amount')).expressions).toEqual([
      `sum by (signal, bin) (increase(flyball_signal_total{${matchers}}[3600s]))`,
    ]);
  });

  it('is nothing on traffic like the training data, and much on shifted traffic', () => {
    const { read } = question(drift('amount'));
    expect(read([binCounts()]).value).toBeCloseTo(0, 6);
    expect(read([shiftedCounts])).toMatchObject({ samples: 5000 });
    expect(read([shiftedCounts]).value).toBeGreaterThan(3);
  });

  it('of words compares shares, with a bin for words that the training data had not', () => {
    const { read, minSamples } = question(drift('country'));
    const counts = (bins: Record<string, number>) =>
      Object.entries(bins).map(([bin, n]) => ({ labels: { signal: 'country', bin }, value: n }));
    expect(read([counts({ DE: 500, FR: 500, Other: 0 })]).value).toBeLessThan(0.001);
    expect(read([counts({ DE: 250, FR: 250, Other: 500 })]).value).toBeGreaterThan(2);
    expect(minSamples).toBe(100);
  });

  it('needs ten times (bins − 1) / max samples by default', () => {
    expect(question(drift('amount')).minSamples).toBe(450);
    expect(question(drift('amount', { minSamples: 20 })).minSamples).toBe(20);
  });

  it('rests on no more samples than status can hold', () => {
    const { samples } = question(drift('amount')).read([binCounts([Number.MAX_VALUE, Number.MAX_VALUE])]);
    expect(samples).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('without any counters rests on no samples', () => {
    expect(question(drift('amount')).read([[]]).samples).toBe(0);
    expect(question(drift('amount')).read([binCounts([NaN, -1])]).samples).toBe(0);
  });

  it.each<[string, MonitorCheck, Revision]>([
    ['NoObserver', drift('amount'), { ...subject, signals: undefined }],
    ['SignalNotObserved', drift('unknown'), subject],
    ['NoProfile', drift('amount'), { ...subject, profile: {} }],
    ['NoProfile', drift('amount'), { ...subject, profile: { amount: { categories: { a: 1 } } } }],
    ['NoProfile', drift('country'), { ...subject, profile: { country: edges } }],
    ['ProfileNotUsable', drift('amount'), { ...subject, profile: { amount: { edges: [0, 0, 0, 1, 2, 3, 4, 5, 6] } } }],
    [
      'ProfileNotUsable',
      drift('amount'),
      { ...subject, profile: { amount: { edges: ['x', 1, 2, 3, 4, 5, 6, 7, 8] } } },
    ],
    ['NoObserver', { name: 'slow', latency: { quantile: 0.9 }, max: 1 }, { ...subject, signals: undefined }],
    ['NoObserver', { name: 'errors', errors: {}, max: 1 }, { ...subject, signals: undefined }],
  ])('and the others say %s where they cannot be measured', (want, check, revision) => {
    expect(blind(check, revision)).toBe(want);
  });
});

describe('A query', () => {
  const check: MonitorCheck = { name: 'own', query: { source: 'main', expr: 'sum(up)' }, min: 1 };

  it('goes to a source only where the administrator lists the namespace', () => {
    expect(blind(check)).toBe('SourceNotAllowed');
    expect(question(check)).toMatchObject({ source: 'main', expressions: ['sum(up)'] });
    expect(question(check).window).toBeUndefined();
  });

  it('has a value if the answer is one number', () => {
    expect(question(check).read([value(3)])).toEqual({ value: 3 });
    expect(question(check).read([[]])).toEqual({});
    expect(question(check).read([[...value(1), ...value(2)]])).toEqual({});
  });
});

/** One check of each sort, as people write them. */
const examples: readonly MonitorCheck[] = [
  { name: 'slow', latency: { quantile: 0.99 }, max: 0.2 },
  { name: 'broken', errors: {}, max: 0.01 },
  drift('amount'),
  { name: 'own', query: { source: 'main', expr: 'sum(up)' }, min: 1 },
];

describe('Every sort of check', () => {
  it('has an example here', () => {
    expect(checks.map(({ name }) => name)).toEqual(examples.map((check) => Object.keys(check)[1]));
  });

  it.each(checks)('$name speaks of checks with its own field, and of no other', ({ name, measure: measured }) => {
    const speaks = examples.filter((check) => measured(check, subject, ['main']) !== undefined);
    expect(speaks).toEqual(examples.filter((check) => name in check));
  });

  it.each(checks)('$name asks a question that can be told to people and reads no data as none', ({ name }) => {
    const { expressions, title, read, minSamples } = question(
      examples.find((check) => name in check) ?? drift('amount'),
    );
    expect([expressions.length > 0, title !== '', minSamples >= 0]).toEqual([true, true, true]);
    const { value = NaN, samples = 0 } = read(expressions.map(() => []));
    expect(Number.isFinite(value) && samples >= minSamples).toBe(false);
  });

  it.each(checks)('$name gives the same measure for the same facts', ({ name }) => {
    const example = examples.find((check) => name in check) ?? drift('amount');
    const shape = () => JSON.stringify(measure(example, subject, true));
    expect(shape()).toBe(shape());
  });
});

describe('A check of a sort that the operator does not know', () => {
  it('is not measured, and says what to do', () => {
    const found = measure({ name: 'new', max: 1 });
    expect(found).toMatchObject({ type: 'Blind', reason: 'CheckNotKnown' });
    expect(found.type === 'Blind' && found.message).toContain('it knows latency, errors, drift, query');
  });
});
