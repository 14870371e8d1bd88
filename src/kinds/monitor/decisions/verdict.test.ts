import { describe, expect, it } from '@jest/globals';
import { kubectl } from '../../../api/command.ts';
import type { CheckStatus, MonitorCheck } from '../../../api/types.ts';
import type { Answer, Question, Reading, Unanswered } from '../../../measure/measure.ts';
import type { Revision } from '../checks/subject.ts';
import { judge } from './verdict.ts';
import type { CheckFacts } from './verdict.ts';

const now = new Date('2026-11-24T12:00:00Z');
const earlier = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const subject: Revision = {
  type: 'Revision',
  namespace: 'team',
  modelDeployment: 'fraud',
  revision: 'ab12cd34',
  since: earlier(600),
  servesSince: earlier(600),
  signals: [],
  profile: {},
};
const check: MonitorCheck = { name: 'drift', drift: { signal: 'radius', test: 'PSI', window: '1h' }, max: 0.2 };
const measure: Question = {
  type: 'Question',
  expressions: ['x'],
  window: { length: 3_600_000, text: '1h' },
  minSamples: 450,
  title: 'PSI of radius',
  unit: '',
  read: () => ({}),
};
const found = (value: number | undefined, samples: number | undefined = 4200, at = now): Answer => ({
  at,
  outcome: { type: 'Measured', ...(value !== undefined && { value }), ...(samples !== undefined && { samples }) },
});
const read = (reading: Reading): Answer => ({ at: now, outcome: { type: 'Measured', samples: 4200, ...reading } });
const before = (verdict: CheckStatus['verdict'], minutes: number): CheckStatus => ({
  name: 'drift',
  revision: 'ab12cd34',
  verdict,
  since: earlier(minutes).toISOString(),
  reason: 'OutOfBounds',
  message: 'as before',
});
const facts = (fields: Partial<CheckFacts>): CheckFacts => ({
  check,
  measure,
  answer: undefined,
  previous: undefined,
  ...fields,
});
const judged = (fields: Partial<CheckFacts>, revision: Revision = subject) => judge(facts(fields), revision, now);
const verdict = (fields: Partial<CheckFacts>, revision?: Revision) => {
  const { status } = judged(fields, revision);
  return `${status.verdict} ${status.reason}`;
};

describe('A check', () => {
  it('says "at least" of what is only known to be above', () => {
    const latency = { ...measure, title: '0.99 quantile of the latency', unit: 's' };
    const messageOf = (reading: Reading) => judged({ measure: latency, answer: read(reading) }).finding;
    expect(messageOf({ value: 2, atLeast: true })).toContain(
      '0.99 quantile of the latency at least 2s over its limit 0.2s',
    );
    expect(messageOf({ value: 119 })).toContain('0.99 quantile of the latency 119s over its limit 0.2s');
  });

  it('says why there is no data, where that is known, and what helps', () => {
    const reading: Reading = { aside: 'since its observers are old', remedy: { text: 'make new ones' } };
    const { status } = judged({ answer: { at: now, outcome: { type: 'Measured', ...reading } } });
    expect(status.message).toContain('no value for revision ab12cd34, since its observers are old. Make new ones');
  });

  it('passes within its bounds, and at them', () => {
    expect(verdict({ answer: found(0.1) })).toBe('Passing WithinBounds');
    expect(verdict({ answer: found(0.2) })).toBe('Passing WithinBounds');
  });

  it('fails at once if it has no `for`', () => {
    expect(verdict({ answer: found(1.3149) })).toBe('Failing OutOfBounds');
  });

  it('fails under its lower bound', () => {
    const low = judged({ check: { ...check, min: 0.5, max: 1 }, answer: found(0.4) });
    expect([low.status.verdict, low.finding]).toEqual([
      'Failing',
      'PSI of radius 0.4 under its limit 0.5 on 4,200 samples of revision ab12cd34',
    ]);
  });

  it('says what it found for the records', () => {
    expect(judged({ answer: found(1.3149) }).finding).toBe(
      'PSI of radius 1.31 over its limit 0.2 on 4,200 samples of revision ab12cd34',
    );
  });

  it('is Pending until it has been out of bounds for its time', () => {
    const patient = { ...check, for: '5m' };
    const out = found(1);
    expect(verdict({ check: patient, answer: out })).toBe('Pending OutOfBounds');
    expect(verdict({ check: patient, answer: out, previous: before('Pending', 4) })).toBe('Pending OutOfBounds');
    expect(verdict({ check: patient, answer: out, previous: before('Pending', 5) })).toBe('Failing OutOfBounds');
  });

  it('begins its time anew after it has passed or was Unknown', () => {
    const patient = { ...check, for: '5m' };
    for (const between of ['Passing', 'Unknown'] as const) {
      const { status } = judged({ check: patient, answer: found(1), previous: before(between, 60) });
      expect([status.verdict, status.since]).toEqual(['Pending', '2026-11-24T12:00:00Z']);
    }
  });

  it('keeps failing without waiting again', () => {
    const previous = before('Failing', 60);
    const { status } = judged({ check: { ...check, for: '2h' }, answer: found(1), previous });
    expect([status.verdict, status.since]).toEqual(['Failing', previous.since]);
  });

  it.each([
    ['NaN', NaN],
    ['infinite', Infinity],
    ['absent', undefined],
  ])('is Unknown if the value is %s, even if it failed before', (_what, value) => {
    expect(verdict({ answer: found(value), previous: before('Failing', 60) })).toBe('Unknown NoData');
  });

  it('of a query says what the answer is instead of one number', () => {
    const asked = { ...measure, source: 'main', minSamples: 0 };
    const { finding } = judged({ measure: asked, answer: read({ aside: 'several series' }) });
    expect(finding).toBe(
      'PSI of radius: the answer is not one finite number, but several series. Correct its expr, for instance by sum(...)',
    );
  });

  it('says that requests by gRPC are not observed wherever samples are missing that clients may have made so', () => {
    const messageOf = (answer: Answer, revision: Revision) => judged({ answer }, revision).finding;
    for (const answer of [found(0, 0), read({})]) {
      expect(messageOf(answer, { ...subject, takesGRPC: true })).toContain(
        'by gRPC (spec.server.grpcPort) are not observed',
      );
      expect(messageOf(answer, subject)).not.toContain('gRPC');
    }
    expect(messageOf(found(1.3149), { ...subject, takesGRPC: true })).not.toContain('gRPC');
  });

  it('is Unknown on too few samples, whatever the value', () => {
    expect(verdict({ answer: found(5, 449) })).toBe('Unknown NotEnoughSamples');
    expect(verdict({ answer: found(0, 0) })).toBe('Unknown NotEnoughSamples');
    expect(verdict({ answer: found(5, 450) })).toBe('Failing OutOfBounds');
  });

  it('is Unknown until its revision has served for a whole window', () => {
    const young = { ...subject, servesSince: earlier(59) };
    expect(verdict({ answer: found(5) }, young)).toBe('Unknown WindowIncomplete');
    expect(verdict({ answer: found(5) }, { ...subject, servesSince: earlier(60) })).toBe('Failing OutOfBounds');
  });

  it('is not judged by a sample from before the window was whole', () => {
    const young = { ...subject, servesSince: earlier(61) };
    expect(verdict({ answer: found(5, 4200, earlier(2)) }, young)).toBe('Unknown WindowIncomplete');
  });

  it('is Unknown as its measure says', () => {
    const blind = { type: 'Blind', reason: 'NoObserver', message: 'why' } as const;
    expect(verdict({ measure: blind })).toBe('Unknown NoObserver');
  });

  it.each<[string, Unanswered, string | undefined]>([
    ['PrometheusNotConfigured', { type: 'NotConfigured' }, undefined],
    ['PrometheusUnreachable', { type: 'Unreachable', words: 'it is away' }, undefined],
    ['PrometheusUnreachable', { type: 'Refused', words: 'parse error' }, undefined],
    ['QueryFailed', { type: 'Unreachable', words: 'it is away' }, 'main'],
    ['QueryFailed', { type: 'Refused', words: 'parse error' }, 'main'],
  ])(
    'is Unknown %s if there is no answer, and says whose move it is before the words of the store',
    (want, outcome, source) => {
      const asked = source === undefined ? measure : { ...measure, source };
      const { status } = judged({ measure: asked, answer: { at: now, outcome } });
      expect([status.verdict, status.reason]).toEqual(['Unknown', want]);
      const move = outcome.type === 'Refused' && source !== undefined ? /Correct the query/ : /The administrator s/;
      expect(status.message).toMatch(move);
      if (outcome.type !== 'NotConfigured')
        expect(status.message?.endsWith(`; the client said: ${outcome.words}`)).toBe(true);
    },
  );

  it('never loses the remedy to long words of a store', () => {
    const outcome: Unanswered = { type: 'Unreachable', words: 'x'.repeat(5000) };
    const { status } = judged({ answer: { at: now, outcome } });
    expect(status.message).toMatch(/^Prometheus gives no answer\. The administrator .*; the client said: x+…$/);
    expect(status.message?.length).toBeLessThanOrEqual(1024);
  });

  it('tells of what was skipped instead of waiting for traffic', () => {
    const aside = '516 of 516 predictions had no value at /x of the request (Missing: the pointer names nothing)';
    const remedy = { text: 'correct the pointer', command: kubectl('team', 'edit', 'mdep', 'fraud') };
    const { status } = judged({ answer: read({ value: 0, samples: 0, lost: 516, aside, remedy }) });
    expect([status.verdict, status.reason, status.message]).toEqual([
      'Unknown',
      'SignalSkipped',
      `PSI of radius: 0 samples of revision ab12cd34 are too few, it takes 450, and ${aside}. ` +
        'Correct the pointer: `kubectl -n team edit mdep fraud`',
    ]);
    const few = judged({ answer: read({ value: 0, samples: 10, lost: 12, aside, remedy }) }).status;
    expect([few.reason, few.message]).toEqual(['NotEnoughSamples', expect.stringContaining('; or wait for traffic')]);
  });

  it('fails on too much that was skipped, whatever its value', () => {
    const reading = {
      value: 0,
      samples: 0,
      lost: 516,
      aside: '516 of 516 predictions',
      breach: ', over maxSkipped 10%',
    };
    const { status } = judged({ answer: read(reading) });
    expect([status.verdict, status.reason, status.message]).toEqual([
      'Failing',
      'SignalSkipped',
      '516 of 516 predictions, over maxSkipped 10%',
    ]);
  });

  it('never looks like good news while requests hang', () => {
    const errors: Question = { ...measure, title: 'share of errors', unit: '%', minSamples: 100 };
    const aside = '70 more wait for an answer for longer than 1s';
    const limited = { ...check, max: 0.01 };
    const hanging = (worst: number) =>
      judged({ check: limited, measure: errors, answer: read({ value: 0, samples: 204, aside, worst }) }).status;
    expect([hanging(0.25).verdict, hanging(0.25).reason, hanging(0.25).message]).toEqual([
      'Unknown',
      'RequestsUnfinished',
      `share of errors 0% on 204 samples of revision ab12cd34, and ${aside}: too many requests have no answer for the check to pass`,
    ]);
    expect([hanging(0.001).verdict, hanging(0.001).message]).toEqual([
      'Passing',
      `share of errors 0% on 204 samples of revision ab12cd34, and ${aside}`,
    ]);
  });

  it('keeps its verdict until it is measured again, but that is not measured', () => {
    const previous = before('Failing', 60);
    const { status, measured } = judged({ previous });
    expect([status, measured]).toEqual([previous, false]);
  });

  it('that was never measured is Unknown', () => {
    expect(verdict({})).toBe('Unknown NotMeasured');
  });

  it('of a query has no samples and needs none', () => {
    const { window: _window, ...rest } = measure;
    const { status, finding } = judged({
      check: { name: 'own', query: { source: 'main', expr: 'x' }, max: 1 },
      measure: { ...rest, minSamples: 0, title: 'query own', source: 'main' },
      answer: { at: now, outcome: { type: 'Measured', value: 2 } },
    });
    expect([status.verdict, status.samples, finding]).toEqual([
      'Failing',
      undefined,
      'query own 2 over its limit 1 of revision ab12cd34',
    ]);
  });
});
