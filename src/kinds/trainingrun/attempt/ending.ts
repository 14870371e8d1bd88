import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../../../api/duration.ts';
import { isOwnedBy, uidOf } from '../../../api/resource.ts';
import {
  failedByDisruption,
  failedByPods,
  indexOf,
  isComplete,
  lastFailed,
  ownFailures,
  podMayCome,
} from '../../../workload/job.ts';
import { endedByItself, isDisrupted, isRefused } from '../../../workload/podend.ts';
import type { Snapshot } from '../start/snapshot.ts';
import type { AttemptFacts } from './facts.ts';
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

/** Disrupted: the cluster took a pod away. Refused: the kubelet did not take one. Failed: the code failed. */
export type Cause = 'Disrupted' | 'Refused' | 'Failed';

/** An attempt counts only what ran to its own end: what the cluster cut short is neither success nor the user's failure. */
export function endingOf(facts: AttemptFacts, snapshot: Snapshot, now: Date): Ending {
  const { job, stage } = facts;
  if (job === undefined) return { type: 'Own' };
  const isGang = stage.isGang?.(snapshot.recipe) === true;
  if (isComplete(job)) return completed(facts, snapshot, isGang ? (snapshot.recipe.nodes ?? 1) : 1, now);
  return isGang ? gangFailed(facts, snapshot, now) : podFailed(facts, snapshot, now);
}

/** By the pods that the completion counts, one for each place. Once a pod is gone, only what status remembers tells of its disruption. */
function completed(facts: AttemptFacts, { failures = 0 }: Snapshot, members: number, now: Date): Ending {
  const { job, pods } = facts;
  if (job === undefined) return { type: 'Own' };
  const counted = pods.filter((pod) => pod.status?.phase === 'Succeeded' && isOwnedBy(pod, uidOf(job)));
  const again: Ending = { type: 'Again', cause: 'Disrupted', failures };
  if (counted.some((pod) => !endedByItself(pod))) return again;
  if (new Set(counted.map(indexOf)).size >= members) return { type: 'Own' };
  const requeueAfter = podMayCome(job, pods, now);
  if (requeueAfter !== undefined) return { type: 'Unseen', requeueAfter };
  return remembered(facts).disrupted === true ? again : { type: 'Lost' };
}

/** A gang ends with its first failure, so whatever else its pods say came after it. */
function gangFailed(facts: AttemptFacts, { failures = 0 }: Snapshot, now: Date): Ending {
  const { run, job, pods } = facts;
  if (job === undefined) return { type: 'Own' };
  if (failedByDisruption(job) || remembered(facts).disrupted === true || pods.some(isDisrupted)) {
    return { type: 'Again', cause: 'Disrupted', failures };
  }
  if (pods.some(isRefused)) return { type: 'Again', cause: 'Refused', failures };
  const requeueAfter = lastFailed(pods) === undefined ? podMayCome(job, pods, now) : undefined;
  if (requeueAfter !== undefined) return { type: 'Unseen', requeueAfter };
  return failures < limitOf(run) ? { type: 'Again', cause: 'Failed', failures: failures + 1 } : { type: 'Own' };
}

/** The Job makes a pod again by itself. It counts those that the kubelet refused, which the attempt does not. */
function podFailed(facts: AttemptFacts, { failures = 0 }: Snapshot, now: Date): Ending {
  const { run, job, pods } = facts;
  if (job === undefined || !failedByPods(job)) return { type: 'Own' };
  const seen = pods.filter(isFailed).length;
  const requeueAfter = seen < Math.max(1, job.status?.failed ?? 0) ? podMayCome(job, pods, now) : undefined;
  if (requeueAfter !== undefined) return { type: 'Unseen', requeueAfter };
  const sum = failures + ownFailures(job, pods);
  const isOver = sum > limitOf(run) || !pods.some(isRefused);
  return isOver ? { type: 'Own' } : { type: 'Again', cause: 'Refused', failures: sum };
}

function limitOf(run: AttemptFacts['run']): number {
  return run.spec.retry?.limit ?? 0;
}

function isFailed({ status }: IPod): boolean {
  return status?.phase === 'Failed';
}
