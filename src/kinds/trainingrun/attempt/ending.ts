import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../../../api/duration.ts';
import { isOwnedBy, uidOf } from '../../../api/resource.ts';
import {
  countedFailures,
  failedByDeadline,
  failedByDisruption,
  failedByPods,
  failedByRule,
  indexOf,
  isComplete,
  lastFailed,
  podMayCome,
} from '../../../workload/job.ts';
import {
  endedByItself,
  isCutShort,
  isDisrupted,
  isFailed,
  isRefused,
  isTakenAway,
  isUnfinished,
} from '../../../workload/podend.ts';
import type { Snapshot } from '../start/snapshot.ts';
import type { AttemptFacts } from './facts.ts';
import { gaveUp } from './gang.ts';
import { remembered } from './memory.ts';

/** How a Job that is over came to its end. */
export type Ending =
  /** Its pods ran to their own end, or too many failed by their own fault. */
  | { readonly type: 'Own' }
  /** The pods that would tell may still be seen. */
  | { readonly type: 'Unseen'; readonly requeueAfter: Milliseconds }
  /** It completed, and nobody saw all of its pods end by themselves. */
  | { readonly type: 'Lost' }
  /** What became of it does not count, or it may fail once more. */
  | { readonly type: 'Again'; readonly cause: Cause; readonly failures: number };

/**
 * Disrupted: a pod was taken away. Refused: the kubelet did not take one. EndUnknown: its node lost one. Forged: the Job counted
 * one that it did not make. GangWaits: pods of a gang gave up before all had a place. Failed: the code failed.
 */
export type Cause = 'Disrupted' | 'Refused' | 'EndUnknown' | 'Forged' | 'GangWaits' | 'Failed';

/** An attempt counts only what ran to its own end: what the cluster cut short is neither success nor the user's failure. */
export function endingOf(facts: AttemptFacts, snapshot: Snapshot, now: Date): Ending {
  const { job, stage } = facts;
  if (job === undefined) return { type: 'Own' };
  const isGang = stage.isGang?.(snapshot.recipe) === true;
  if (isComplete(job)) return completed(facts, snapshot, now);
  if (failedByDeadline(job)) return timeWasOver(facts, now);
  return isGang ? gangFailed(facts, snapshot, now) : podFailed(facts, snapshot, now);
}

/** A Job does not look whether its pods ended well just before its time was over: those did what they were there for. */
export function endedInTime(facts: AttemptFacts, snapshot: Snapshot): boolean {
  const { job } = facts;
  return (
    job !== undefined && failedByDeadline(job) && succeeded(facts).every(endedByItself) && isWhole(facts, snapshot)
  );
}

/** Nothing is made again, however often it may fail. The pods that are ended for it are gone before it says so, or soon after. */
function timeWasOver({ job, pods }: AttemptFacts, now: Date): Ending {
  const requeueAfter = job && pods.some(isUnfinished) ? podMayCome(job, pods, now) : undefined;
  return requeueAfter === undefined ? { type: 'Own' } : { type: 'Unseen', requeueAfter };
}

function succeeded({ job, pods }: AttemptFacts): IPod[] {
  return pods.filter((pod) => pod.status?.phase === 'Succeeded' && job !== undefined && isOwnedBy(pod, uidOf(job)));
}

/** Whether each place of a gang has a pod that ended well, by what is seen or remembered. */
function isWhole(facts: AttemptFacts, { recipe }: Snapshot): boolean {
  const members = facts.stage.isGang?.(recipe) === true ? (recipe.nodes ?? 1) : 1;
  return new Set([...succeeded(facts).map(indexOf), ...(remembered(facts).ended ?? [])]).size >= members;
}

/** By the pods that the completion counts, one for each place. Once a pod is gone, only what status remembers tells how it ended. */
function completed(facts: AttemptFacts, snapshot: Snapshot, now: Date): Ending {
  const { job, pods } = facts;
  const { failures = 0 } = snapshot;
  if (job === undefined) return { type: 'Own' };
  const again: Ending = { type: 'Again', cause: 'Disrupted', failures };
  if (!succeeded(facts).every(endedByItself)) return again;
  if (isWhole(facts, snapshot)) return { type: 'Own' };
  const { disrupted } = remembered(facts);
  if (facts.forgedPods.some(isOver)) return { type: 'Again', cause: 'Forged', failures };
  const requeueAfter = podMayCome(job, pods, now);
  if (requeueAfter !== undefined) return { type: 'Unseen', requeueAfter };
  return disrupted === true ? again : { type: 'Lost' };
}

/** A gang ends with its first failure, so whatever else its pods say came after it. */
function gangFailed(facts: AttemptFacts, { failures = 0 }: Snapshot, now: Date): Ending {
  const { run, job, pods } = facts;
  if (job === undefined) return { type: 'Own' };
  if (failedByDisruption(job) || remembered(facts).disrupted === true || pods.some(isDisrupted)) {
    return { type: 'Again', cause: 'Disrupted', failures };
  }
  if (pods.some(isRefused)) return { type: 'Again', cause: 'Refused', failures };
  const failed = pods.filter(isFailed);
  if (failed.length === 0 && facts.forgedPods.some(isFailed)) return { type: 'Again', cause: 'Forged', failures };
  if (failedByPods(job) && failed.length > 0 && failed.every(isCutShort)) {
    return { type: 'Again', cause: causeOf(failed), failures };
  }
  if (failedByPods(job) && gaveUp(facts, failed)) return { type: 'Again', cause: 'GangWaits', failures };
  // What people have to mend first, they have to mend for the next gang too.
  if (failedByRule(job)) return { type: 'Own' };
  const requeueAfter = lastFailed(pods) === undefined ? podMayCome(job, pods, now) : undefined;
  if (requeueAfter !== undefined) return { type: 'Unseen', requeueAfter };
  return failures < limitOf(run) ? { type: 'Again', cause: 'Failed', failures: failures + 1 } : { type: 'Own' };
}

/** The Job makes a pod again by itself. It counts those too that were refused, lost, or deleted by a person, which the attempt does not. */
function podFailed(facts: AttemptFacts, { failures = 0 }: Snapshot, now: Date): Ending {
  const { run, job, pods } = facts;
  if (job === undefined || !failedByPods(job)) return { type: 'Own' };
  const counted = countedFailures(pods);
  const forged = facts.forgedPods.filter(isFailed).length;
  const unseen = Math.max(0, Math.max(1, job.status?.failed ?? 0) - counted.length - forged);
  const requeueAfter = unseen > 0 ? podMayCome(job, pods, now) : undefined;
  if (requeueAfter !== undefined) return { type: 'Unseen', requeueAfter };
  const cutShort = counted.filter(isCutShort);
  // A pod that failed by itself stays; one that was taken away is soon gone.
  const wasTaken = unseen > 0 && remembered(facts).disrupted === true;
  const sum = failures + counted.length - cutShort.length + (wasTaken ? 0 : unseen);
  if (sum > limitOf(run) || (cutShort.length === 0 && !wasTaken && forged === 0)) return { type: 'Own' };
  if (cutShort.length === 0 && !wasTaken) return { type: 'Again', cause: 'Forged', failures: sum };
  return { type: 'Again', cause: wasTaken ? 'Disrupted' : causeOf(cutShort), failures: sum };
}

function isOver(pod: IPod): boolean {
  return isFailed(pod) || pod.status?.phase === 'Succeeded';
}

function causeOf(cutShort: readonly IPod[]): Cause {
  if (cutShort.some(isTakenAway)) return 'Disrupted';
  return cutShort.some(isRefused) ? 'Refused' : 'EndUnknown';
}

function limitOf(run: AttemptFacts['run']): number {
  return run.spec.retry?.limit ?? 0;
}
