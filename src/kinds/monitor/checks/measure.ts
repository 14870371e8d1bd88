import type { Milliseconds } from '../../../controller.ts';
import type { Sample } from '../../../measure/prometheus.ts';

/** How a check is measured, or why it cannot be. */
export type Measure = Question | Blind;

/** The check cannot be measured until somebody acts or something comes. */
export interface Blind {
  readonly type: 'Blind';
  readonly reason: string;
  readonly message: string;
}

export interface Question {
  readonly type: 'Question';
  /** The query source by name; absent: the operator's own Prometheus. */
  readonly source?: string;
  /** PromQL. Equal expressions of one Monitor are asked once. */
  readonly expressions: readonly string[];
  /** The revision must have been stable for this long, so that the answer is about nothing else. */
  readonly window: Milliseconds;
  /** The window as the user wrote it. */
  readonly windowText: string;
  /** How many samples the value must rest on. */
  readonly minSamples: number;
  /** What is measured, in words that a number can follow: "PSI of amount". */
  readonly title: string;
  /** Of the value, such as "s"; may be empty. */
  readonly unit: string;
  /** The highest value that can be told apart: it means at least that. */
  readonly highest?: number;
  /** Pure: what the answers, one for each expression, say. */
  readonly read: (answers: readonly (readonly Sample[])[]) => Reading;
}

/** An answer. Without a value, or with one that is not finite, there is no data. */
export interface Reading {
  readonly value?: number;
  /** How many requests it rests on, a whole number. Absent where nothing counts them. */
  readonly samples?: number;
}

/** The only sample of an answer. */
export function only(answer: readonly Sample[] | undefined): number | undefined {
  return answer?.length === 1 ? answer[0]?.value : undefined;
}

/** increase() extrapolates, so that counts come as fractions. */
export function count(answer: readonly Sample[] | undefined): number {
  const value = only(answer) ?? 0;
  return Number.isFinite(value) && value > 0 ? Math.round(value) : 0;
}
