import type { Attempt } from '../../../api/types.ts';
import { timestamp } from '../../../api/condition.ts';
import { written } from '../../../api/message.ts';
import type { Action, Milliseconds } from '../../../controller.ts';
import { endOf, isComplete } from '../../../workload/job.ts';
import { endedInTime } from './ending.ts';
import { type StageEnd, withEnded } from './entries.ts';
import type { AttemptFacts } from './facts.ts';
import { merged } from '../stages/outputs.ts';
import type { Failed, Passed, Running } from '../stages/stage.ts';
import type { Progress } from './progress.ts';
import { rerunCommand } from '../status/advice.ts';
import type { Problem } from './waiting.ts';
import type { Snapshot } from '../start/snapshot.ts';

/** What becomes of an attempt in this pass. Without a verdict it goes on. */
export interface Conclusion {
  readonly attempt: Attempt;
  readonly actions?: readonly Action[];
  readonly problem?: Problem;
  /** How it fares if it goes on and nothing is known to be wrong. */
  readonly progress?: Progress;
  readonly requeueAfter?: Milliseconds;
}

/** Something was written whose effect the next pass has to see. */
export const soon: Milliseconds = 1;

/** The end of an attempt and of its stage is that of its Job, whenever it is seen. */
export function ended({ attempt, stage, job }: AttemptFacts, end: StageEnd, now?: Date): Attempt {
  const endTime = attempt.endTime ?? (job && endOf(job)) ?? (now && timestamp(now));
  const after = withEnded(attempt, stage, end, job, now);
  return endTime === undefined ? after : { ...after, endTime };
}

/** The attempt that ends with its stage. */
export function failed(
  facts: AttemptFacts,
  {
    verdict,
    reason,
    message,
  }: Pick<Failed, 'reason' | 'message'> & { readonly verdict: 'Failed' | 'ResultsLost' | 'Deleted' | 'Superseded' },
  now: Date,
): Attempt {
  return { ...ended(facts, { state: 'Failed', reason, message }, now), verdict, reason, message };
}

export function cancelled({ attempt, key }: AttemptFacts) {
  const message = written({
    what: `the Job was deleted, so attempt ${attempt.name} is cancelled and is not made again`,
    remedies: [{ text: 'run once more', command: rerunCommand(key) }],
  });
  return { verdict: 'Deleted', reason: 'Deleted', message } as const;
}

/** How the stage of an attempt ended if its Job completed, or would have, with what all stages have put out until then. */
export function endOfStage(facts: AttemptFacts, snapshot: Snapshot, now: Date): Running | Passed | Failed | undefined {
  const { key: run, stage, job, pods } = facts;
  if (job === undefined || !(isComplete(job) || endedInTime(facts, snapshot))) return undefined;
  const gate = facts.run.spec.gate?.map(({ metric }) => metric) ?? [];
  const end = stage.conclude({ run, job, pods, snapshot, gate }, now);
  return end.type === 'Running' ? end : { ...end, outputs: merged(snapshot.before ?? {}, end.outputs) };
}
