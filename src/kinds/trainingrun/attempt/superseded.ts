import { written } from '../../../api/message.ts';
import { isFinished } from '../../../workload/job.ts';
import { type Conclusion, failed, soon } from './conclusion.ts';
import type { AttemptFacts } from './facts.ts';
import { mayHaveRun } from './memory.ts';

/**
 * A recipe that was edited does not wait for an attempt whose `main` never ran: it may never run, and the edit may be its correction. The
 * verdict comes first, then its Job goes, and only then the next attempt starts.
 */
export function isSuperseded(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const { job, isNewest, isEdited } = facts;
  if (!isEdited || !isNewest || job === undefined || isFinished(job) || mayHaveRun(facts)) return undefined;
  return superseded(facts, now);
}

export function superseded(facts: AttemptFacts, now: Date): Conclusion {
  const message = written({
    what: `the recipe was edited before main of attempt ${facts.attempt.name} ever ran, so the edited one takes its place`,
  });
  return { attempt: failed(facts, { verdict: 'Superseded', reason: 'Superseded', message }, now), requeueAfter: soon };
}
