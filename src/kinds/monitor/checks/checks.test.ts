import { describe, expect, it } from '@jest/globals';
import type { FeatureProfile, MonitorCheck } from '../../../api/types.ts';
import { binCounts, shiftedCounts } from '../../../../test/builders/monitor.ts';
import { answerTo } from '../../../../test/builders/requests.ts';
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
  servesSince: new Date('2026-11-24T00:00:00Z'),
  signals: [
    { name: 'amount', from: 'Request', pointer: '/a', type: 'Number' },
    { name: 'country', from: 'Request', pointer: '/c', type: 'Category' },
  ],
  profile: { amount: edges, country: { categories: { DE: '0.5', FR: '0.5' } } },
};
const matchers = 'namespace="team",model_deployment="fraud",revision="11111111",job="flyball-observers"';
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

  it('asks about the requests of one revision in one namespace', () => {
    const { expressions, window, minSamples } = question(check);
    expect(expressions.every((expression) => expression.includes(`{${matchers}}`))).toBe(true);
    expect([window, minSamples]).toEqual([{ length: 600_000, text: '10m' }, 100]);
  });

  it('without any answer has neither value nor samples', () => {
    expect(question(check).read([[], []])).toEqual({});
  });

  it('looks back five minutes by default', () => {
    expect(question({ name: 'slow', latency: { quantile: 0.5 }, max: 1 }).window?.length).toBe(300_000);
  });
});

describe('Errors', () => {
  it('are read as a share and the number of requests', () => {
    const { expressions, read } = question({ name: 'errors', errors: {}, max: 0.01, minSamples: 7 });
    const answers = expressions.map((expression) => answerTo(expression, { requests: 8, errors: 0.5 }));
    expect(read(answers)).toEqual({ value: 0.5, samples: 8 });
  });

  it('go by the limit of the latency of the same Monitor for how long a request may take', () => {
    const { expressions, read } = question(
      { name: 'errors', errors: {}, max: 0.01 },
      { ...subject, patience: { longest: 5 } },
    );
    const hanging = (seconds: number) =>
      read(expressions.map((expression) => answerTo(expression, { requests: 60, givenUp: [40, seconds] }))).value;
    expect([hanging(2), hanging(6)]).toEqual([0, 0.4]);
  });
});

describe('Drift', () => {
  it('asks once for all signals of a revision', () => {
    expect(question(drift('amount')).expressions).toEqual(question(drift('country')).expressions);
    expect(question(drift('amount')).expressions.map((expression) => expression.slice(0, 23))).toEqual([
      'sum by (signal, bin) ((',
      'sum by (signal, reason)',
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
    const { samples } = question(drift('amount')).read([binCounts([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER])]);
    expect(samples).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('without any counters rests on no samples', () => {
    expect(question(drift('amount')).read([[]]).samples).toBe(0);
    expect(question(drift('amount')).read([binCounts([0, -1])]).samples).toBe(0);
  });

  it.each([NaN, Infinity, Number.MAX_VALUE])('knows nothing by an answer with a count of %p', (value) => {
    expect(question(drift('amount')).read([binCounts([500, value])])).toEqual({});
  });

  it.each<[string, MonitorCheck, Revision]>([
    ['NoObserver', drift('amount'), { ...subject, signals: undefined }],
    ['SignalNotObserved', drift('unknown'), subject],
    ['NoProfile', drift('amount'), { ...subject, profile: {} }],
    ['NoProfile', drift('amount'), { ...subject, profile: undefined }],
    ['VersionMissing', drift('amount'), { ...subject, profile: undefined, version: 'fraud-1' }],
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

describe('The predictions in which a signal was not observed', () => {
  const read = (observed: number, skips: Readonly<Record<string, number>>, maxSkipped?: number) => {
    const check = drift('amount', { minSamples: 100 });
    const declared = { ...check.drift, ...(maxSkipped !== undefined && { maxSkipped }) } as MonitorCheck['drift'];
    const asked = question({ ...check, ...(declared && { drift: declared }) });
    const { expressions } = asked;
    return asked.read([
      binCounts(Array.from({ length: 10 }, () => observed / 10)),
      answerTo(expressions[1] ?? '', { skips }),
    ]);
  };

  it('are told with their main reason, and what helps', () => {
    expect(read(0, { Missing: 516 })).toMatchObject({
      samples: 0,
      lost: 516,
      aside: '516 of 516 predictions had no value at /a of the request (Missing: the pointer names nothing)',
      remedy: {
        text: 'correct spec.observe.signals[amount].pointer, which rolls out a new revision',
        command: 'kubectl -n team edit mdep fraud',
      },
    });
  });

  it.each([
    ['TooManyRows', 'batches of more than 64 rows', 'send at most 64 rows in a request'],
    [
      'WrongType',
      "a value of another type than the signal's",
      'correct spec.observe.signals[amount].type, which rolls out a new revision',
    ],
    ['Failed', 'no answer of 2xx', 'see the logs of the server'],
    ['NotJSON', 'bodies that are not JSON', 'send JSON, and Content-Type: application/json'],
  ])('are explained by the reason of most: %s', (reason, why, text) => {
    const { aside, remedy } = read(100, { [reason]: 200, TooLarge: 3 });
    expect(aside).toBe(`203 of 303 predictions had no value at /a of the request (${reason}: ${why})`);
    expect(remedy?.text).toBe(text);
  });

  it('are not worth a word where they are few', () => {
    expect(Object.keys(read(1000, { Batch: 5 }))).toEqual(['value', 'samples']);
  });

  it('fail the check above maxSkipped, on enough predictions, but not where the server failed', () => {
    expect(read(100, { Missing: 50 }, 0.2).breach).toBe(', which is over maxSkipped 20%');
    expect(read(100, { Missing: 50 }, 0.5).breach).toBeUndefined();
    expect(read(100, { Missing: 50 }).breach).toBeUndefined();
    expect(read(0, { Missing: 50 }, 0.2).breach).toBeUndefined();
    expect(read(100, { Failed: 500 }, 0.2).breach).toBeUndefined();
  });
});

describe('A query', () => {
  const check: MonitorCheck = { name: 'own', query: { source: 'main', expr: 'sum(up)' }, min: 1 };

  it('goes to a source only where the administrator lists the namespace', () => {
    expect(blind(check)).toBe('SourceNotAllowed');
    expect(question(check)).toMatchObject({ source: 'main', expressions: ['sum(up)'] });
    expect(question(check).window).toBeUndefined();
  });

  it('has a value if the answer is one number, and says what it is otherwise', () => {
    expect(question(check).read([value(3)])).toEqual({ value: 3 });
    expect(question(check).read([[]])).toEqual({ aside: 'no series' });
    expect(question(check).read([[...value(1), ...value(2)]])).toEqual({ aside: 'several series' });
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
