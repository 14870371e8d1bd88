import { kubectl } from '../../../api/command.ts';
import type { Milliseconds } from '../../../api/duration.ts';
import { written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import { isFinished } from '../../../workload/job.ts';
import { type Conclusion, failed, soon } from './conclusion.ts';
import type { Edit } from './edit.ts';
import type { AttemptFacts } from './facts.ts';
import { ageOf, mayHaveRun } from './memory.ts';

/** How long a pod has to show that it runs: an edit right after the start is no reason to take away what is about to begin. */
const shownWithin: Milliseconds = 10_000;

/**
 * What was edited does not wait for an attempt whose `main` never ran: it may never run, and the edit may be its correction, also one of
 * where and as whom it runs. The verdict comes first, then its Job goes, and only then the next attempt starts.
 */
export function isSuperseded(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const left = untilSuperseded(facts, now);
  return left === undefined || left > 0 ? undefined : superseded(facts, now);
}

/** When an attempt is superseded if its `main` is not seen to run until then; undefined if it is not. */
export function untilSuperseded(facts: AttemptFacts, now: Date): Milliseconds | undefined {
  const { job, isNewest } = facts;
  if (!isNewest || job === undefined || isFinished(job) || mayHaveRun(facts)) return undefined;
  if (facts.edit() === undefined) return undefined;
  return shownWithin - ageOf(facts, now);
}

export function superseded(facts: AttemptFacts, now: Date): Conclusion {
  const message = written({
    what: `${editedOf(facts.edit())} before main of attempt ${facts.attempt.name} ever ran, so the edited one takes its place`,
  });
  return { attempt: failed(facts, { verdict: 'Superseded', reason: 'Superseded', message }, now), requeueAfter: soon };
}

function editedOf(edit: Edit | undefined): string {
  switch (edit?.type) {
    case 'Pod':
      return `spec.pod was edited (${edit.options.join(', ')})`;
    case 'Storage':
      return 'spec.storage was edited';
    default:
      return 'the recipe was edited';
  }
}

/** Those of Kubernetes itself, which it takes away again. */
const ownFinalizers = ['foregroundDeletion', 'orphan'];

/** Why the Job of a superseded attempt, which was deleted, is still there: somebody else has yet to let it go. */
export function keptByOthers({ job, key }: AttemptFacts) {
  const { deletionTimestamp, finalizers = [] } = job?.metadata ?? {};
  const finalizer = finalizers.find((name) => !ownFinalizers.includes(name));
  if (job === undefined || deletionTimestamp === undefined || finalizer === undefined) return undefined;
  const { name } = keyOf(job);
  const message = written({
    what: `Job ${name} was deleted and stays, since the finalizer ${finalizer} keeps it; the next attempt begins when it has gone`,
    remedies: [
      {
        text: 'see that whoever set the finalizer takes it away',
        command: kubectl(key.namespace, 'get', 'job', name, '-o', 'yaml'),
      },
    ],
  });
  return { reason: 'JobKept', message, isStalled: true } as const;
}
