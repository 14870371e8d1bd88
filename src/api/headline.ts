import { type Condition, findCondition } from './condition.ts';

/** What is most worth telling about an object now. Its changes become events. */
export interface Headline {
  /** What its events are counted and named under: an attempt, a revision in the time that it serves. It must not come again. */
  readonly episode: string;
  /** A part of the episode whose beginning is worth telling though the reason stays the same, such as a step. */
  readonly chapter?: string;
  /** Whether something is under way, or how it ended. */
  readonly outcome: 'Open' | 'Good' | 'Bad';
  /** CamelCase. */
  readonly reason: string;
  readonly message: string;
}

/** The headline that a summary condition makes; undefined as long as there is none. */
export function conditionHeadline(
  conditions: readonly Condition[] | undefined,
  summaryType: string,
  episode: string,
): Headline | undefined {
  const summary = findCondition(conditions, summaryType);
  if (summary === undefined) return undefined;
  const isOpen = summary.status === 'Unknown' || findCondition(conditions, 'Reconciling')?.status === 'True';
  const outcome = isOpen ? 'Open' : summary.status === 'True' ? 'Good' : 'Bad';
  return { episode, outcome, reason: summary.reason, message: summary.message };
}
