import type { Milliseconds } from '../api/duration.ts';
import type { Remedy } from '../api/message.ts';
import type { Fault, Sample } from './prometheus.ts';

/** What a value is, for judging it and for telling it to people. */
export interface Quantity {
  /** What is measured, in words that a number can follow: "PSI of amount". */
  readonly title: string;
  /** Of the value, such as "s"; may be empty. A share is told in "%". */
  readonly unit: string;
  /** How many samples the value must rest on. */
  readonly minSamples: number;
}

/** What a metrics store is asked. */
export interface Question extends Quantity {
  readonly type: 'Question';
  /** The query source by name; absent: the operator's own Prometheus. */
  readonly source?: string;
  /** PromQL. Equal expressions of one object are asked once. */
  readonly expressions: readonly string[];
  /** What the answer stays true about while the expressions move with time; by default they are the same as long as it is. */
  readonly about?: string;
  /** What else `read` goes by, such as a limit: an answer that was read by another is worth nothing. */
  readonly readBy?: string;
  /** The revision must have been stable for this long, so that the answer is about nothing else. */
  readonly window?: Window;
  /** Pure: what the answers, one for each expression, say. */
  readonly read: (answers: readonly (readonly Sample[])[]) => Reading;
}

export interface Window {
  readonly length: Milliseconds;
  /** As the user wrote it. */
  readonly text: string;
}

/** A question about an object, and when it is due. */
export interface TimedQuestion extends Question {
  /** Unique among the questions about the object. */
  readonly name: string;
  /** An answer from before is too old, and asked for anew. */
  readonly freshSince: Date;
  /** Whether a question that is new to the operator may wait until `freshSince` moves on: what is known without it stands. */
  readonly patient: boolean;
}

/** What an answer says. Without a value, or with one that is not finite, there is no data. */
export interface Reading {
  readonly value?: number;
  /** The value is above it; nothing is known of how far. */
  readonly atLeast?: boolean;
  /** How many requests it rests on, a whole number. Absent where nothing counts them. */
  readonly samples?: number;
  /** The same of what it is compared with. Absent where it is compared with nothing, or where that has no data. */
  readonly against?: number;
  readonly againstSamples?: number;
  /** Why that has no data and will have none, as a clause; absent where it may come. */
  readonly againstAside?: string;
  readonly increase?: Increase;
  /** The value if what has not ended comes to the worst: a value within its bounds is no good news if this is not. */
  readonly worst?: number;
  /** What the value does not show, as a clause, and what helps. */
  readonly aside?: string;
  readonly remedy?: Remedy;
  /** How many more samples there would be if that helped. */
  readonly lost?: number;
  /** What fails the check whatever its value, as a clause that follows `aside`. */
  readonly breach?: string;
}

/** The value less what it is compared with. */
export interface Increase {
  readonly value: number;
  /** What it is at least, but for a chance that hardly ever comes. */
  readonly least: number;
  /** What it is if what has not ended comes to the worst. */
  readonly worst: number;
}

/** What asking came to. */
export type Outcome = (Reading & { readonly type: 'Measured' }) | Unanswered;

export type Unanswered =
  /** No metrics store is known by that name. */
  | { readonly type: 'NotConfigured' }
  /** `words` are those of the server or of the connection, shortened. */
  | { readonly type: Fault; readonly words: string };

export interface Answer {
  /** When it was asked. */
  readonly at: Date;
  readonly outcome: Outcome;
}

/** By the question's name; none for a question that has not been asked yet. */
export type Answers = ReadonlyMap<string, Answer>;

/** Where nothing was asked. */
export const noAnswers: Answers = new Map();

/** The only sample of an answer: several series are no answer to a question for one number. */
export function only(answer: readonly Sample[] | undefined): number | undefined {
  return answer?.length === 1 ? answer[0]?.value : undefined;
}

/**
 * Whether a store can have counted so many. Of an answer with one that is none nothing is read: left out, or added up to infinity, it
 * might be what would have been bad news.
 */
export function isCount({ value }: Sample): boolean {
  return Number.isFinite(value) && value <= Number.MAX_SAFE_INTEGER;
}

/** increase() extrapolates, so that counts come as fractions: never below what was counted. A sum is as much as status can hold. */
export function wholeCount(value: number): number {
  return value > 0 ? Math.min(Math.floor(value), Number.MAX_SAFE_INTEGER) : 0;
}
