import { findCondition } from '../../../api/condition.ts';
import { conditionHeadline, type Headline } from '../../../api/headline.ts';
import type { Attempt, TrainingRunStatus } from '../../../api/types.ts';
import { awaitedReason, startedReason } from '../attempt/progress.ts';
import type { Stage } from '../stages/stage.ts';
import { summaryType } from './conditions.ts';

/**
 * What became of the newest attempt, or why it runs. The summary condition would not do: it stays as it was while a schedule or a
 * Monitor has the recipe run again, and that is what people ask events about. That it started, trains and
 * waits for another pod is one headline.
 */
export function headline(
  { conditions, attempts, latestAttempt = '' }: TrainingRunStatus,
  stages: readonly Stage[],
): Headline | undefined {
  const isCalm = (reason: string) =>
    reason === startedReason || reason === awaitedReason || stages.some((stage) => stage.reason === reason);
  const newest = attempts?.at(-1);
  const summary = conditionHeadline(conditions, summaryType, latestAttempt);
  if (newest === undefined) return summary;
  if (newest.verdict !== undefined) return ended(newest);
  const isDeclared = findCondition(conditions, summaryType)?.status === 'Unknown';
  if (isDeclared && summary !== undefined && !isCalm(summary.reason)) return summary;
  const reconciling = findCondition(conditions, 'Reconciling');
  const problem =
    findCondition(conditions, 'Stalled') ?? (isCalm(reconciling?.reason ?? startedReason) ? undefined : reconciling);
  const { reason, message } = problem ?? {
    reason: startedReason,
    message: `attempt ${newest.name} has started: ${why(newest)}`,
  };
  return { episode: newest.name, outcome: 'Open', reason, message };
}

/** How an attempt ended. */
export function ended({ name, verdict = 'Failed', reason = verdict, message = '' }: Attempt): Headline {
  // An edit that takes the place of an attempt is no failure of it.
  const isGood = verdict === 'Registered' || verdict === 'NoResults' || verdict === 'Superseded';
  return {
    episode: name,
    outcome: isGood ? 'Good' : 'Bad',
    reason: isGood ? verdict : reason,
    message: isGood ? message : `attempt ${name}: ${message}`,
  };
}

/** What made an attempt start, as a clause. */
export function why({ trigger }: Attempt): string {
  switch (trigger.type) {
    case 'Created':
      return 'it is the first of its run';
    case 'RecipeChanged':
      return 'the recipe was edited';
    case 'Rerun':
      return 'spec.rerunAt asks for it';
    case 'Schedule':
      return 'spec.schedule is due';
    case 'Monitor':
      return `Monitor ${trigger.name ?? ''} asks for it, ${trigger.reason ?? ''}`;
  }
}
