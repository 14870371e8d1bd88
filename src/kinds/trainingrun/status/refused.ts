import { findCondition, type NewCondition } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import { explained, generationOf, type Refusal, stalled } from '../../../api/refusal.ts';
import type { Attempt, ITrainingRun, TrainingRunStatus } from '../../../api/types.ts';
import { summaryType } from './conditions.ts';

/**
 * Status after a refusal of the API server. An attempt whose Job was not made has not begun, so it is not in status; the trigger
 * stays due, and the runtime tries again.
 */
export function refused(status: TrainingRunStatus, refusal: Refusal, run: ITrainingRun, now: Date): TrainingRunStatus {
  const begun = withoutUnmade(status.attempts ?? [], run);
  // A history of one has no room for what the attempt that was not made would have followed.
  const attempts = begun.length === 0 ? (run.status?.attempts ?? []) : begun;
  const quota = 'raise the quota, or lower spec.attemptHistoryLimit if it is full of finished Jobs';
  const why = explained(refusal, run, quota);
  const summary = outcome(status, run) ?? { type: summaryType, status: 'Unknown', ...why, ...generationOf(run) };
  return defined<TrainingRunStatus>({
    ...status,
    ...generationOf(run),
    latestAttempt: attempts.at(-1)?.name,
    attempts: attempts.length === 0 ? undefined : attempts,
    conditions: stalled(run, status.conditions, [summary], why, now),
  });
}

/** An outcome of the declared recipe stands; one that was told before an edit may be another recipe's. */
function outcome({ conditions }: TrainingRunStatus, { metadata }: ITrainingRun): NewCondition | undefined {
  const summary = findCondition(conditions, summaryType);
  return summary?.status !== 'Unknown' && summary?.observedGeneration === metadata?.generation ? summary : undefined;
}

/**
 * A stage whose first Job was not made has not begun, and an attempt without stages neither. Whichever write was denied, those after
 * it were left out; what had begun before, the persisted status tells.
 */
function withoutUnmade(attempts: readonly Attempt[], run: ITrainingRun): Attempt[] {
  const told = new Set(run.status?.attempts?.flatMap(({ stages = [] }) => stages.map(({ job }) => job)));
  return attempts.flatMap((attempt) => {
    const stages = attempt.stages?.filter(
      ({ job, state, jobUID }) => state !== 'Running' || jobUID !== undefined || told.has(job),
    );
    if (stages === undefined || stages.length === attempt.stages?.length) return [attempt];
    return stages.length === 0 ? [] : [{ ...attempt, stages }];
  });
}
