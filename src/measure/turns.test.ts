import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { questionsAtOnce } from './access.ts';
import { PrometheusError } from './prometheus.ts';
import type { Sample } from './prometheus.ts';
import { inTurns } from './turns.ts';
import type { MetricsStore } from './turns.ts';

const patience = 10_000;
const noon = new Date('2026-11-24T12:00:00Z');

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A store that answers when it is told to, first what it was asked first. */
function heldStore() {
  const asked: string[] = [];
  const open: PromiseWithResolvers<readonly Sample[]>[] = [];
  const store = inTurns(
    {
      query(expression) {
        asked.push(expression);
        const answer = Promise.withResolvers<readonly Sample[]>();
        open.push(answer);
        return answer.promise;
      },
    },
    patience,
  );
  const answerFirst = async () => {
    open.shift()?.resolve([]);
    await jest.advanceTimersByTimeAsync(0);
  };
  return { store, asked, open, answerFirst };
}

/** Asks as many questions, named by their namespace; what comes of them, once it has. */
function ask(store: MetricsStore, namespace: string, count: number): string[] {
  const outcomes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    store.query(`${namespace}${index}`, noon, namespace).then(
      () => outcomes.push('answered'),
      (error: unknown) => outcomes.push(error instanceof PrometheusError ? error.fault : 'fault'),
    );
  }
  return outcomes;
}

const settle = () => jest.advanceTimersByTimeAsync(0);

describe('A metrics store that many namespaces ask', () => {
  it('is asked four questions of one namespace at a time, whatever else it asks', async () => {
    const { store, asked, answerFirst } = heldStore();
    const outcomes = ask(store, 'many', 1000);
    await settle();
    expect(asked).toEqual(['many0', 'many1', 'many2', 'many3']);
    await answerFirst();
    expect([outcomes, asked.length]).toEqual([['answered'], 5]);
  });

  it('is asked at once for a namespace beside one whose answers do not come', async () => {
    const { store, asked } = heldStore();
    ask(store, 'many', 1000);
    ask(store, 'few', 1);
    await settle();
    expect(asked).toContain('few0');
  });

  it('is asked no more questions at a time than it takes connections, and then by turns', async () => {
    const { store, asked, answerFirst } = heldStore();
    for (const namespace of ['a', 'b', 'c', 'd']) ask(store, namespace, 20);
    ask(store, 'few', 1);
    await settle();
    expect(asked).toHaveLength(questionsAtOnce);
    await answerFirst();
    await answerFirst();
    expect(asked.slice(questionsAtOnce)).toEqual(['d0', 'few0']);
  });

  it('is not asked what had no turn in time, which is no answer', async () => {
    const { store, asked, open } = heldStore();
    const outcomes = ask(store, 'many', 6);
    await jest.advanceTimersByTimeAsync(patience);
    expect([outcomes, asked.length]).toEqual([['Unreachable', 'Unreachable'], 4]);
    for (const answer of open) answer.resolve([]);
    await settle();
    expect(asked).toHaveLength(4);
    ask(store, 'many', 1);
    await settle();
    expect(asked).toHaveLength(5);
  });

  it('says why it was not asked, without a number that changes', async () => {
    const { store } = heldStore();
    ask(store, 'many', 4);
    const fifth = store.query('fifth', noon, 'many');
    const want = 'the question was not asked: its turn did not come within 10s';
    const told = expect(fifth).rejects.toThrow(want);
    await jest.advanceTimersByTimeAsync(patience);
    await told;
  });

  it('gives the turn on where a question fails', async () => {
    const { store, asked, open } = heldStore();
    const outcomes = ask(store, 'many', 5);
    await settle();
    open[0]?.reject(new PrometheusError('Refused', 'parse error'));
    await settle();
    expect([outcomes, asked.length]).toEqual([['Refused'], 5]);
  });
});
