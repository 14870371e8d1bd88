/** Where pods are ended before others come: what is still there of those that end, since they hold what they have until they are gone. */
import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../../../controller.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { podsOf, type RevisionWorkload } from '../revision/workload.ts';
import { soonest } from './progress.ts';

/** The pods that there are, those that end included. */
export interface Held {
  readonly by: (one: RevisionWorkload) => number;
  /** Of workloads that are gone, whose pods follow. */
  readonly orphans: number;
  /** When one of those that end is no longer waited for. */
  readonly after?: Milliseconds;
}

/**
 * How long a pod is waited for that should be gone by now. Its node may be lost: if it holds its place still, who comes next waits for that
 * place as any pod does, and at least nothing waits for ever.
 */
const overdue: Milliseconds = 60_000;

/** By whichever tells of more: a watch may be behind another. */
export function heldIn(
  { workloads, pods, strangers }: Pick<ModelDeploymentFacts, 'workloads' | 'pods' | 'strangers'>,
  now: Date,
): Held {
  const there = pods.filter((pod) => !strangers.includes(pod) && isThere(pod, now));
  const own = new Map(workloads.map((one) => [one, podsOf(one, there)]));
  const owned = [...own.values()].reduce((sum, all) => sum + all.length, 0);
  const waits = there.map((pod) => overdueIn(pod, now));
  return {
    by: (one) => Math.max(one.pods.present, own.get(one)?.length ?? 0),
    orphans: there.length - owned,
    ...soonest(...waits),
  };
}

/** Containers that ended for good have given back what they held. */
function isThere(pod: IPod, now: Date): boolean {
  const { phase } = pod.status ?? {};
  return phase !== 'Succeeded' && phase !== 'Failed' && (overdueIn(pod, now) ?? Infinity) > 0;
}

/** `deletionTimestamp` is when its grace period ends. */
function overdueIn({ metadata }: IPod, now: Date): Milliseconds | undefined {
  const { deletionTimestamp } = metadata ?? {};
  return deletionTimestamp === undefined ? undefined : Date.parse(deletionTimestamp) + overdue - now.getTime();
}
