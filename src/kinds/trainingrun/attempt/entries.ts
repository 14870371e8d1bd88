import type { IJob } from 'kubernetes-models/batch/v1';
import { timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import type { Attempt, AttemptStage } from '../../../api/types.ts';
import { endOf } from '../../../workload/job.ts';
import { snapshotDigestOf } from '../start/snapshot.ts';
import { jobName } from './names.ts';
import type { Stage } from '../stages/stage.ts';
import type { RunReason } from '../status/reasons.ts';

/** How a stage ended. */
export type StageEnd =
  { readonly state: 'Passed' } | { readonly state: 'Failed'; readonly reason: RunReason; readonly message: string };

/** The newest Job of a stage. */
interface StageJob {
  readonly stage: Stage;
  readonly job: IJob;
  /** The how manieth retry it is. */
  readonly retry: number;
  /** The how manieth is the one that status tells of; 0 if it tells of none. */
  readonly toldRetry: number;
}

/** The attempt with one more stage, whose first Job is about to be made; its answer tells the UID, see withMade. */
export function withBegun(attempt: Attempt, stage: Stage, now: Date): Attempt {
  const job = jobName(attempt.name, stage.name, 0);
  return withEntry(attempt, { name: stage.name, job, state: 'Running', startTime: timestamp(now) });
}

/**
 * The attempt with what status does not tell yet of its stages, given the newest Job of each in their order: a retry, the next stage,
 * or all of them. A Job is told of only once it was seen, so that one whose POST was refused or lost is not taken for deleted.
 * For instance, if status tells of `fraud-8-train` and there is a Job `fraud-8-evaluate`, Train has passed and Evaluate runs.
 */
export function withSeen(attempt: Attempt, newest: readonly StageJob[]): Attempt {
  const seen = newest.reduce((told, { stage, job, retry, toldRetry }, index) => {
    const entry = entryOf(told, stage);
    const isOver = index < newest.length - 1;
    if (entry !== undefined && (isOver ? entry.state === 'Passed' : retry <= toldRetry)) return told;
    const begun = defined<AttemptStage>({
      name: stage.name,
      job: keyOf(job).name,
      jobUID: uidOf(job),
      snapshotDigest: snapshotDigestOf(job),
      state: 'Running',
      startTime: entry?.startTime ?? job.metadata?.creationTimestamp ?? attempt.startTime,
    });
    return isOver ? withEnded(withEntry(told, begun), stage, { state: 'Passed' }, job) : withEntry(told, begun);
  }, attempt);
  return withoutOvertaken(seen);
}

/** A stage that another one followed has passed, also if its Job was deleted before status could tell. */
function withoutOvertaken(attempt: Attempt): Attempt {
  const last = attempt.stages?.at(-1);
  const stages = attempt.stages?.map((entry): AttemptStage => (entry === last ? entry : { ...entry, state: 'Passed' }));
  return defined<Attempt>({ ...attempt, stages });
}

/** The attempt whose stage ended: with its Job, whenever that is seen, or now. */
export function withEnded(attempt: Attempt, stage: Stage, end: StageEnd, job: IJob | undefined, now?: Date): Attempt {
  const entry = entryOf(attempt, stage);
  if (entry === undefined) return attempt;
  const { name, startTime, snapshotDigest } = entry;
  return withEntry(
    attempt,
    defined<AttemptStage>({
      name,
      job: entry.job,
      jobUID: job?.metadata?.uid ?? entry.jobUID,
      snapshotDigest,
      ...end,
      startTime,
      endTime: entry.endTime ?? (job && endOf(job)) ?? (now && timestamp(now)),
    }),
  );
}

export function entryOf({ stages = [] }: Attempt, { name }: Stage): AttemptStage | undefined {
  return stages.find((entry) => entry.name === name);
}

/** In the place that it had, or last. */
export function withEntry(attempt: Attempt, entry: AttemptStage): Attempt {
  const { stages = [] } = attempt;
  const isThere = stages.some(({ name }) => name === entry.name);
  return {
    ...attempt,
    stages: isThere ? stages.map((one) => (one.name === entry.name ? entry : one)) : [...stages, entry],
  };
}
