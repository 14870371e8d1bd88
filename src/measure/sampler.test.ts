import { describe, expect, it } from '@jest/globals';
import { FakePrometheus } from '../../test/builders/prometheus.ts';
import { gadgets, parts } from '../../test/builders/toy.ts';
import type { Outcome, TimedQuestion } from './measure.ts';
import { createSampler } from './sampler.ts';
import type { Sampler } from './sampler.ts';

const noon = Date.parse('2026-11-24T12:00:00Z');
const at = (seconds: number) => new Date(noon + seconds * 1000);

function asking(name: string, fields: Partial<TimedQuestion> = {}): TimedQuestion {
  return {
    type: 'Question',
    name,
    expressions: ['up'],
    title: 'value',
    unit: '',
    minSamples: 0,
    read: ([answer]) => ({ value: answer?.[0]?.value ?? NaN }),
    freshSince: at(0),
    patient: false,
    ...fields,
  };
}

const object = (uid = 'uid-a', name = 'a') => ({
  apiVersion: 'test.dev/v1',
  kind: 'Gadget',
  metadata: { name, namespace: 'team', uid },
});
const ask = (sampler: Sampler, questions: readonly TimedQuestion[], now = at(0), about = object()) =>
  sampler.answers(gadgets, about, questions, now);

/** A sampler, and the expressions that its Prometheus was asked. */
function world() {
  const prometheus = new FakePrometheus();
  prometheus.answer = () => [{ labels: {}, value: 1 }];
  const other = new FakePrometheus();
  const sampler = createSampler({ prometheus, sources: [{ name: 'other', store: other }] });
  return { prometheus, other, sampler };
}

describe('When a question is asked', () => {
  it('is at once, if it is new', async () => {
    const { prometheus, sampler } = world();
    const answers = await ask(sampler, [asking('x')], at(7));
    expect(answers.get('x')).toEqual({ at: at(7), outcome: { type: 'Measured', value: 1 } });
    expect(prometheus.asked).toEqual(['up']);
  });

  it('is not again while the answer is fresh enough, however often objects change', async () => {
    const { prometheus, sampler } = world();
    for (let second = 0; second < 60; second += 1) await ask(sampler, [asking('x')], at(second));
    expect(prometheus.asked).toHaveLength(1);
    const { at: asked } = (await ask(sampler, [asking('x', { freshSince: at(30) })], at(60))).get('x') ?? {};
    expect([asked, prometheus.asked.length]).toEqual([at(60), 2]);
  });

  it('is not again for an answer that was given just when it began to be fresh', async () => {
    const { prometheus, sampler } = world();
    await ask(sampler, [asking('x')], at(0));
    await ask(sampler, [asking('x', { freshSince: at(0) })], at(5));
    expect(prometheus.asked).toHaveLength(1);
  });

  it('is later, if it is new and patient: when the time that it has to be fresh since moves on', async () => {
    const { prometheus, sampler } = world();
    const patient = (freshSince: Date) => asking('x', { patient: true, freshSince });
    expect((await ask(sampler, [patient(at(-30))], at(10))).size).toBe(0);
    expect((await ask(sampler, [patient(at(-30))], at(20))).size).toBe(0);
    expect(prometheus.asked).toEqual([]);
    const answers = await ask(sampler, [patient(at(30))], at(31));
    expect(answers.get('x')).toMatchObject({ at: at(31) });
  });

  it('is at once after all, if it is patient no more', async () => {
    const { prometheus, sampler } = world();
    await ask(sampler, [asking('x', { patient: true })], at(10));
    await ask(sampler, [asking('x')], at(11));
    expect(prometheus.asked).toHaveLength(1);
  });

  it('is at once again, if the clock was set back', async () => {
    const { prometheus, sampler } = world();
    await ask(sampler, [asking('x')], at(3600));
    await ask(sampler, [asking('x', { freshSince: at(-15) })], at(0));
    await ask(sampler, [asking('x', { freshSince: at(-15) })], at(1));
    expect(prometheus.asked).toHaveLength(2);
  });
});

describe('An answer', () => {
  it.each<[string, Partial<TimedQuestion>]>([
    ['of another revision', { expressions: ['of revision 2'] }],
    ['of another source', { source: 'other' }],
    ['about something else', { about: 'step 2' }],
    ['that reads something else out of the same answers', { title: 'other value' }],
  ])('is never taken for that to a question %s', async (_what, fields) => {
    const { sampler } = world();
    await ask(sampler, [asking('x')]);
    expect((await ask(sampler, [asking('x', { ...fields, patient: true })], at(1))).size).toBe(0);
    expect((await ask(sampler, [asking('x', fields)], at(1))).get('x')).toMatchObject({ at: at(1) });
  });

  it('stands while only a window in its expressions grows', async () => {
    const { prometheus, sampler } = world();
    await ask(sampler, [asking('x', { expressions: ['up[1s]'], about: 'step 1' })], at(1));
    const answers = await ask(sampler, [asking('x', { expressions: ['up[9s]'], about: 'step 1' })], at(9));
    expect([answers.get('x')?.at, prometheus.asked]).toEqual([at(1), ['up[1s]']]);
  });

  it('of an object is none about another of its name', async () => {
    const { prometheus, sampler } = world();
    await ask(sampler, [asking('x')]);
    const answers = await ask(sampler, [asking('x', { patient: true })], at(1), object('uid-b'));
    expect([answers.size, prometheus.asked.length]).toEqual([0, 1]);
  });

  it('is asked for with the time of the pass, each store by its own questions, equal expressions once', async () => {
    const { prometheus, other, sampler } = world();
    await ask(sampler, [
      asking('x', { expressions: ['up', 'n'] }),
      asking('y', { expressions: ['down', 'n'] }),
      asking('z', { source: 'other' }),
    ]);
    expect([prometheus.asked.toSorted(), other.asked]).toEqual([['down', 'n', 'up'], ['up']]);
    expect(prometheus.times).toEqual([at(0), at(0), at(0)]);
  });
});

describe('Without an answer', () => {
  it('one question fails alone, by its outcome, and is asked again when it is due', async () => {
    const { other, sampler } = world();
    other.away = true;
    const questions = [asking('x'), asking('y', { source: 'other' })];
    const answers = await ask(sampler, questions);
    expect(answers.get('x')?.outcome.type).toBe('Measured');
    const want: Outcome = { type: 'Unreachable', words: 'Prometheus at prometheus:9090 did not answer: refused' };
    expect(answers.get('y')?.outcome).toEqual(want);
    await ask(sampler, questions, at(1));
    expect(other.asked).toHaveLength(1);
  });

  it.each([undefined, 'nowhere'])('there is no store for source %s', async (source) => {
    const sampler = createSampler({ prometheus: undefined, sources: [] });
    const answers = await ask(sampler, [asking('x', source === undefined ? {} : { source })]);
    expect(answers.get('x')?.outcome).toEqual({ type: 'NotConfigured' });
  });

  it('what is no fault of the store is thrown, and nothing is remembered of it', async () => {
    const { prometheus, sampler } = world();
    prometheus.answer = () => {
      throw new TypeError('a bug');
    };
    await expect(ask(sampler, [asking('x')])).rejects.toThrow('a bug');
    expect(sampler.remembered(gadgets)).toEqual([]);
  });
});

describe('The memory', () => {
  it('goes with the object, and with nothing else', async () => {
    const { sampler } = world();
    await ask(sampler, [asking('x')]);
    await ask(sampler, [asking('x')], at(0), object('uid-b', 'b'));
    await sampler.answers(parts, object(), [asking('x')], at(0));
    expect(sampler.remembered(gadgets).map((one) => [one.object, one.answers.size])).toEqual([
      [object(), 1],
      [object('uid-b', 'b'), 1],
    ]);
    expect(sampler.remembered(gadgets)).toHaveLength(2);
    sampler.forget(gadgets, { namespace: 'team', name: 'a' });
    sampler.forget(gadgets, { namespace: 'team', name: 'never seen' });
    expect(sampler.remembered(gadgets).map((one) => one.object)).toEqual([object('uid-b', 'b')]);
    expect(sampler.remembered(parts)).toHaveLength(1);
  });

  it('holds no answer to what is not asked any more', async () => {
    const { prometheus, sampler } = world();
    await ask(sampler, [asking('x'), asking('y')]);
    await ask(sampler, [asking('y')], at(1));
    await ask(sampler, [asking('x'), asking('y')], at(2));
    expect(prometheus.asked).toHaveLength(2);
    await ask(sampler, [], at(3));
    expect(sampler.remembered(gadgets).map(({ answers }) => answers.size)).toEqual([0]);
  });
});
