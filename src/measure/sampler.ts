import { idOf, type Key, keyOf, type Kind, type Resource, uidOf } from '../api/resource.ts';
import type { Answer, Answers, Outcome, Question, TimedQuestion } from './measure.ts';
import { PrometheusError } from './prometheus.ts';
import type { Sample } from './prometheus.ts';
import type { MetricsStore } from './turns.ts';

export interface MetricsStores {
  /** The Prometheus that scrapes the observers; undefined where there is none. */
  readonly prometheus: MetricsStore | undefined;
  /** Those that a question names as its source. */
  readonly sources: readonly { readonly name: string; readonly store: MetricsStore }[];
}

/** Asks the metrics stores what controllers want to know, but no oftener than it is due, and remembers the answers. */
export interface Sampler {
  /**
   * The answers to all questions about an object, of which those are asked that are due. Answers to other questions about it are
   * forgotten. A store that gives no answer is an outcome; whatever else is thrown is a fault. No promise where none is due.
   */
  answers(kind: Kind, object: Resource, questions: readonly TimedQuestion[], now: Date): Answers | Promise<Answers>;
  /** The object is gone. */
  forget(kind: Kind, key: Key): void;
  /** The objects of a kind that answers were wanted about, as they then were, for metrics. */
  remembered<R extends Resource>(kind: Kind<R>): readonly Remembered<R>[];
}

export interface Remembered<R extends Resource> {
  readonly object: R;
  readonly answers: Answers;
}

interface Memory {
  readonly object: Resource;
  /** By the question's name. */
  readonly asked: ReadonlyMap<string, Asked>;
}

interface Asked {
  /** An answer is worth nothing for another question, such as that about the next revision. */
  readonly identity: string;
  /** When it was asked last or, without an answer, thought of first. */
  readonly at: Date;
  readonly answer?: Answer;
}

/**
 * Between two times that a question is due its last answer stands, however often objects change. Held in memory only: after a
 * restart of the operator questions are new to it, and asked at once unless they are patient.
 */
export function createSampler(stores: MetricsStores): Sampler {
  const memories = new Map<string, Map<string, Memory>>();
  return {
    answers(kind, object, questions, now) {
      const id = idOf(keyOf(object));
      const ofKind = memories.get(kind.plural) ?? new Map<string, Memory>();
      memories.set(kind.plural, ofKind);
      const last = ofKind.get(id);
      const known = last !== undefined && uidOf(last.object) === uidOf(object) ? last.asked : undefined;
      const remember = (asked: readonly (readonly [string, Asked])[]): Answers => {
        const memory = { object, asked: asked.length === 0 ? nothing : new Map(asked) };
        ofKind.set(id, memory);
        return answersOf(memory);
      };
      const entries = questions.map((question) => entryOf(question, known?.get(question.name), now));
      if (!entries.some(({ isDue }) => isDue))
        return remember(entries.map(({ question, last }) => [question.name, last]));
      const ask = askerOf(stores, keyOf(object).namespace, now);
      return Promise.all(
        entries.map(async (entry) => [entry.question.name, await askedOf(entry, ask, now)] as const),
      ).then(remember);
    },
    forget(kind, key) {
      memories.get(kind.plural)?.delete(idOf(key));
    },
    remembered: <R extends Resource>(kind: Kind<R>) =>
      [...(memories.get(kind.plural)?.values() ?? [])].map((memory) => ({
        // What is remembered of a kind was given with that kind.
        object: memory.object as R,
        answers: answersOf(memory),
      })),
  };
}

/** One for the many objects of which nothing is asked. */
const nothing: ReadonlyMap<string, Asked> = new Map();

type Ask = (question: Question) => Promise<Outcome>;

/** What is remembered of a question, and whether it is to be asked again. */
interface Entry {
  readonly question: TimedQuestion;
  readonly last: Asked;
  readonly isDue: boolean;
}

function entryOf(question: TimedQuestion, before: Asked | undefined, now: Date): Entry {
  const identity = identityOf(question);
  const last: Asked = before?.identity === identity ? before : { identity, at: now };
  return { question, last, isDue: isDue(last, question, now) };
}

async function askedOf({ question, last, isDue }: Entry, ask: Ask, now: Date): Promise<Asked> {
  if (!isDue) return last;
  return { identity: last.identity, at: now, answer: { at: now, outcome: await ask(question) } };
}

/** An answer from the future was given before the clock was set back, and would else stand until that time comes. */
function isDue({ at, answer }: Asked, { freshSince, patient }: TimedQuestion, now: Date): boolean {
  return at < freshSince || at > now || (answer === undefined && !patient);
}

/** The title tells apart what is read out of the same answers, such as the drift of two signals. */
function identityOf({ source, expressions, about, readBy, title }: Question): string {
  return JSON.stringify([source, about ?? expressions, readBy, title]);
}

/** Asks for what is the case at one time, each store each expression once. */
function askerOf({ prometheus, sources }: MetricsStores, namespace: string, now: Date): Ask {
  const pending = new Map<string, Promise<readonly Sample[]>>();
  return async ({ source, expressions, read }) => {
    const store = source === undefined ? prometheus : sources.find(({ name }) => name === source)?.store;
    if (store === undefined) return { type: 'NotConfigured' };
    const once = (expression: string) => {
      const id = JSON.stringify([source, expression]);
      const query = pending.get(id) ?? store.query(expression, now, namespace);
      pending.set(id, query);
      return query;
    };
    try {
      return { type: 'Measured', ...read(await Promise.all(expressions.map(once))) };
    } catch (error) {
      if (!(error instanceof PrometheusError)) throw error;
      return { type: error.fault, words: error.message };
    }
  };
}

function answersOf({ asked }: Memory): Answers {
  return new Map([...asked].flatMap(([name, { answer }]) => (answer === undefined ? [] : [[name, answer] as const])));
}
