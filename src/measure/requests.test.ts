import { describe, expect, test } from '@jest/globals';
import { answerTo } from '../../test/builders/requests.ts';
import type { Requests as Counted } from '../../test/builders/requests.ts';
import { patienceOf, requestQuestion } from './requests.ts';
import type { RequestCheck, Requests } from './requests.ts';

const series = { namespace: 'shop', modelDeployment: 'fraud', revision: '0a1b2c3d' };
const other = { ...series, revision: '99999999' };
const errors: RequestCheck = { max: 0.01 };
const latency = (quantile: number, max?: number): RequestCheck => ({
  latency: { quantile },
  ...(max !== undefined && { max }),
});

/** What is read out of what the observers counted. */
function read(check: RequestCheck, counted: Counted, asked: Partial<Requests> = {}, compared: Counted = {}) {
  const question = requestQuestion(check, { series, window: 60_000, ...asked });
  const of = (expression: string) => (expression.includes(other.revision) ? compared : counted);
  return question.read(question.expressions.map((expression) => answerTo(expression, of(expression))));
}

describe('A check of requests', () => {
  test('of latency is a quantile in seconds, and of errors a share', () => {
    const { title, unit } = requestQuestion(latency(0.99), { series, window: 60_000 });
    expect({ title, unit }).toEqual({ title: '0.99 quantile of the latency', unit: 's' });
    expect(requestQuestion(errors, { series, window: 60_000 })).toMatchObject({ title: 'share of errors', unit: '%' });
  });

  test('rests on a hundred requests, or as many as it says', () => {
    expect(requestQuestion(errors, { series, window: 1 }).minSamples).toBe(100);
    expect(requestQuestion({ ...errors, minSamples: 7 }, { series, window: 1 }).minSamples).toBe(7);
  });

  test('asks four questions about a revision, whatever it checks, and four more to compare', () => {
    const own = requestQuestion(errors, { series, window: 60_000 }).expressions;
    expect(own).toHaveLength(4);
    expect(requestQuestion(latency(0.5), { series, window: 60_000 }).expressions).toEqual(own);
    const compared = requestQuestion(errors, {
      series,
      window: 60_000,
      against: { series: other, window: 30_000 },
    }).expressions;
    expect(compared).toHaveLength(8);
    expect(compared.slice(4).every((expression) => expression.includes(other.revision))).toBe(true);
    const windows = (expressions: readonly string[], window: string) =>
      expressions.filter((one) => one.includes(window));
    expect(
      [windows(compared.slice(0, 4), '[60s]'), windows(compared.slice(4), '[30s]')].map(({ length }) => length),
    ).toEqual([3, 3]);
  });

  test('has neither value nor samples where nothing counts, or what counts is no number', () => {
    const question = requestQuestion(errors, { series, window: 60_000 });
    expect(question.read([[], [], [], []])).toEqual({});
    const broken = [{ labels: { code: '200', le: '1', begun: 'false' }, value: NaN }];
    expect(question.read([broken, broken, broken, broken])).toEqual({});
    expect(read(latency(0.9, 1), {})).toEqual({});
    expect(read(latency(0.9, 1), { requests: 0 })).toEqual({ samples: 0 });
  });

  test('counts no more samples than status can hold', () => {
    const half = { requests: Number.MAX_SAFE_INTEGER, givenUp: [Number.MAX_SAFE_INTEGER, 2] } as const;
    expect(read(errors, half)).toMatchObject({ value: 0.5, samples: Number.MAX_SAFE_INTEGER });
  });

  test.each([Number.MAX_VALUE, Infinity, NaN])('knows nothing by an answer with a count of %p', (value) => {
    const { read: readOf } = requestQuestion(errors, { series, window: 60_000 });
    const codes = ['200', '500'].map((code) => ({ labels: { code }, value }));
    expect(readOf([codes, [], [], []])).toEqual({});
    const good = { labels: { code: '200' }, value: 500 };
    expect(readOf([[good, { labels: { code: '500' }, value }], [], [], []])).toEqual({});
  });

  test('takes the longest limit of latency for how long a request may take', () => {
    expect(patienceOf([errors])).toEqual({});
    expect(patienceOf([latency(0.5, 0.2), errors, latency(0.99, 2), latency(0.9)])).toEqual({ longest: 2, whole: 2 });
  });
});

describe('The share of errors', () => {
  test('is that of answers of 500 and above', () => {
    expect(read(errors, { requests: 200, errors: 0.25 })).toMatchObject({ value: 0.25, samples: 200 });
  });

  test('has among its errors those that clients gave up on after more than a second', () => {
    expect(read(errors, { requests: 60, givenUp: [40, 2] })).toMatchObject({ value: 0.4, samples: 100 });
    expect(read(errors, { givenUp: [70, 2] })).toMatchObject({
      value: 1,
      samples: 70,
      aside: '70 of them had no answer within 1s',
    });
  });

  test('has not those that left before a second, nor do they make it smaller', () => {
    const reading = read(errors, { requests: 60, errors: 0.5, givenUp: [40, 0.5] });
    expect(reading).toMatchObject({ value: 0.5, samples: 60, aside: '40 more left within 1s without an answer' });
    expect(read(errors, { givenUp: [70, 0.5] })).toMatchObject({ samples: 0 });
    expect(read(errors, { givenUp: [70, 0.5] })).not.toHaveProperty('value');
  });

  test('goes by the declared latency instead of the second, where there is one', () => {
    const counted = { requests: 60, givenUp: [40, 2] } as const;
    expect(read(errors, counted, { patience: { longest: 5 } })).toMatchObject({
      value: 0,
      samples: 60,
      aside: '40 more left within 5s without an answer',
    });
    expect(read(errors, counted, { patience: { longest: 1.5, whole: 1.5 } })).toMatchObject({
      value: 0.4,
      samples: 100,
    });
  });

  test('has those among its samples whose client left within the answer, but not as errors', () => {
    expect(read(errors, { requests: 60, errors: 0.5, brokenOff: [40, 30] })).toMatchObject({
      value: 0.3,
      samples: 100,
    });
  });

  test('counts what is in flight without an answer for longer than declared, or than any bucket', () => {
    const waiting = (seconds: number) => ({ requests: 60, waiting: [40, seconds] }) as const;
    expect(read(errors, waiting(6), { patience: { longest: 5, whole: 5 } })).toMatchObject({
      value: 0.4,
      samples: 100,
    });
    expect(read(errors, waiting(4), { patience: { longest: 5, whole: 5 } })).toMatchObject({ value: 0, samples: 60 });
    expect(read(errors, waiting(200))).toMatchObject({ value: 0.4, samples: 100 });
    expect(read(errors, { requests: 60, answering: [40, 200] })).toMatchObject({ value: 0, samples: 60 });
  });

  test('may be worse where requests wait for longer than any was answered, and says that they do', () => {
    expect(read(errors, { requests: 60, waiting: [40, 10] })).toMatchObject({
      value: 0,
      samples: 60,
      worst: 0.4,
      aside: '40 more wait for an answer for longer than 1s',
    });
    expect(read(errors, { requests: 60, latency: 20, waiting: [40, 10] })).not.toHaveProperty('worst');
  });

  test('says where to look while some get no answer', () => {
    expect(read(errors, { requests: 60, waiting: [40, 10] }).remedy).toEqual({
      text: 'see in the logs of the server why some get no answer',
      command: 'kubectl -n shop logs -l flyball.dev/model-deployment=fraud,flyball.dev/revision=0a1b2c3d --tail 50',
    });
  });
});

describe('What an observer of an older release counts', () => {
  test('has clients that left without their age: they say nothing', () => {
    const question = requestQuestion(errors, { series, window: 60_000 });
    const codes = Object.entries({ 200: 90, 499: 30, 503: 10 }).map(([code, value]) => ({ labels: { code }, value }));
    expect(question.read([codes, [], [], []])).toMatchObject({ value: 0.1, samples: 100 });
  });
});

describe('A quantile of the latency', () => {
  test('is that of finished requests if all finished', () => {
    expect(read(latency(0.99, 1), { requests: 500, latency: 0.35 }).value).toBeCloseTo(0.35);
  });

  test('is at least the age at which clients gave up, if more of them did than it allows', () => {
    const counted = { requests: 60, latency: 0.02, givenUp: [40, 2.01] } as const;
    expect(read(latency(0.95, 1), counted)).toMatchObject({ atLeast: true, samples: 100 });
    expect(read(latency(0.95, 1), counted).value).toBeCloseTo(2.01);
    expect(read(latency(0.5, 1), counted)).not.toHaveProperty('atLeast');
  });

  test('counts what is in flight at its age once that exceeds the limit', () => {
    const counted = (seconds: number) =>
      ({ requests: 60, latency: 0.02, waiting: [20, seconds], answering: [20, seconds] }) as const;
    expect(read(latency(0.95, 5), counted(7))).toMatchObject({ atLeast: true, samples: 100 });
    expect(read(latency(0.95, 5), counted(4))).toMatchObject({ samples: 60 });
    expect(read(latency(0.95, 5), counted(4)).value).toBeCloseTo(0.02);
  });

  test('exceeds the limit if all hang', () => {
    const { value = 0, atLeast, samples } = read(latency(0.5, 5), { waiting: [50, 7] });
    expect([value >= 5, atLeast, samples]).toEqual([true, true, 50]);
  });

  test('may be worse than it looks if more left below the limit than it allows', () => {
    const reading = read(latency(0.95, 5), { requests: 60, latency: 0.02, givenUp: [40, 2] });
    expect(reading).toMatchObject({ worst: Infinity, samples: 60, aside: '40 more left within 5s without an answer' });
    expect(reading.value).toBeLessThan(5);
  });
});

describe('A quantile of the time to the first byte', () => {
  const firstByte = (quantile: number, max?: number): RequestCheck => ({
    ...latency(quantile, max),
    latency: { quantile, of: 'FirstByte' },
  });

  test('is that of the answers that began, however long they take to their end', () => {
    const counted = { requests: 500, latency: 30, firstByte: 0.2 };
    expect(read(firstByte(0.95, 1), counted).value).toBeCloseTo(0.2);
    expect(read(firstByte(0.95, 1), counted)).toMatchObject({ samples: 500 });
    expect(requestQuestion(firstByte(0.95, 1), { series, window: 1 }).title).toBe(
      '0.95 quantile of the time to the first byte',
    );
  });

  test('asks one question of its own, and shares the others with the checks beside it', () => {
    const all = requestQuestion(errors, { series, window: 60_000 }).expressions;
    const own = requestQuestion(firstByte(0.95), { series, window: 60_000 }).expressions;
    expect(own.filter((expression) => !all.includes(expression))).toEqual([
      expect.stringContaining('flyball_request_first_byte_seconds_bucket{'),
    ]);
    const whole: RequestCheck = { latency: { quantile: 0.95, of: 'Whole' } };
    expect(requestQuestion(whole, { series, window: 60_000 }).expressions).toEqual(all);
  });

  test('has answers that have begun as finished, whether they still run or their clients left within them', () => {
    const counted = { requests: 0, begun: 100, firstByte: 0.1, brokenOff: [60, 30], answering: [40, 30] } as const;
    expect(read(firstByte(0.95, 1), counted)).toMatchObject({ samples: 100 });
    expect(read(firstByte(0.95, 1), counted).value).toBeCloseTo(0.1);
    expect(read(latency(0.95, 1), counted)).toMatchObject({ atLeast: true });
  });

  test('has those that wait, and those that were given up before anything came, at their age', () => {
    const waiting = { requests: 60, firstByte: 0.1, waiting: [40, 7] } as const;
    expect(read(firstByte(0.95, 5), waiting)).toMatchObject({ atLeast: true, samples: 100 });
    const givenUp = { requests: 60, firstByte: 0.1, givenUp: [40, 2.01] } as const;
    expect(read(firstByte(0.95, 1), givenUp)).toMatchObject({ atLeast: true, samples: 100 });
    expect(read(firstByte(0.95, 1), givenUp).value).toBeCloseTo(2.01);
  });

  test('has neither value nor samples where observers do not tell it, whoever has left, but says so', () => {
    const older = { requests: 60, givenUp: [400, 9] } as const;
    const reading = read(firstByte(0.95, 1), older);
    expect(reading).not.toHaveProperty('value');
    expect(reading).not.toHaveProperty('samples');
    expect(reading.aside).toBe('since its observers are of an older release, which did not time it');
  });

  test('is compared with nothing where the observers of the other revision do not tell it', () => {
    const check = { ...firstByte(0.95), maxIncrease: 0.1 };
    const older = { requests: 600, givenUp: [600, 9] } as const;
    const reading = read(
      check,
      { requests: 500, firstByte: 0.2 },
      { against: { series: other, window: 30_000 } },
      older,
    );
    expect(reading).toMatchObject({
      samples: 500,
      againstSamples: 0,
      againstAside: 'since its observers are of an older release, which did not time it',
    });
    expect(reading).not.toHaveProperty('against');
    const none = read(check, { requests: 500, firstByte: 0.2 }, { against: { series: other, window: 30_000 } }, {});
    expect(none).not.toHaveProperty('againstAside');
  });

  test('has a limit of its own: the whole answer beside it may take longer', () => {
    const patience = patienceOf([firstByte(0.95, 1)]);
    expect(patience).toEqual({ longest: 1, firstByte: 1 });
    const running = { requests: 60, latency: 0.02, answering: [40, 3] } as const;
    expect(read(latency(0.95), running, { patience })).toMatchObject({ samples: 60 });
    expect(read(latency(0.95), running, { patience: patienceOf([latency(0.5, 1)]) })).toMatchObject({ samples: 100 });
  });
});

describe('A comparison with another revision', () => {
  const compared = (counted: Counted, stable: Counted, check: RequestCheck = { maxIncrease: 0.01 }) =>
    read(check, counted, { against: { series: other, window: 30_000 } }, stable);

  test('is the difference', () => {
    const reading = compared({ requests: 1000, errors: 0.05 }, { requests: 2000, errors: 0.03 });
    expect(reading).toMatchObject({ value: 0.05, against: 0.03, againstSamples: 2000 });
    expect(reading.increase?.value).toBeCloseTo(0.02);
  });

  test('grants chance what few requests cannot tell', () => {
    const few = compared({ requests: 100, errors: 0.06 }, { requests: 100, errors: 0.03 }).increase;
    const many = compared({ requests: 10_000, errors: 0.06 }, { requests: 10_000, errors: 0.03 }).increase;
    expect([few?.least ?? 1, many?.least ?? 0]).toEqual([expect.any(Number), expect.any(Number)]);
    expect((few?.least ?? 1) < 0.01 && (many?.least ?? 0) > 0.01).toBe(true);
  });

  test('has nothing to say without requests to the other', () => {
    const reading = compared({ requests: 1000, errors: 0.05 }, {});
    expect(reading).toMatchObject({ value: 0.05, againstSamples: 0 });
    expect(reading).not.toHaveProperty('increase');
    expect(reading).not.toHaveProperty('against');
  });

  test('of latency finds one that hangs, by the age at which its clients gave up', () => {
    const check = { ...latency(0.95), maxIncrease: 0.5 };
    const stable = { requests: 1000, latency: 0.02 };
    const { increase } = compared({ requests: 600, latency: 0.02, givenUp: [400, 2.01] }, stable, check);
    expect(increase?.least).toBeCloseTo(1.99);
    expect(compared({ requests: 1000, latency: 0.02 }, stable, check).increase?.value).toBeCloseTo(0);
  });
});
