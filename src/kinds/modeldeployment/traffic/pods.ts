import { milliseconds } from '../../../api/duration.ts';
import type { RolloutStep } from '../../../api/types.ts';

/** Numbers of pods of the two revisions that share the load. */
export interface Counts {
  readonly candidate: number;
  readonly stable: number;
}

/** One step as it takes effect: neighbours that come to the same counts at this capacity are one. */
export interface EffectiveStep {
  /** The index of the last declared step in it. */
  readonly last: number;
  /** In percent, as declared by the last of them. */
  readonly weight: number;
  /** In milliseconds: the longest hold of those merged, so that merging never shortens a watch. */
  readonly hold: number;
  readonly counts: Counts;
}

/**
 * How many pods make a weight without a gateway that splits the requests: the Service spreads them evenly over all pods, so
 * the share of pods is the share of requests. `replicas` is the capacity for the whole load.
 */
export function countsAt(replicas: number, weight: number): Counts {
  if (replicas === 0) return { candidate: 0, stable: 0 };
  const candidate = Math.max(1, Math.round((replicas * weight) / 100));
  return { candidate, stable: Math.max(1, replicas - candidate) };
}

/** The share of requests in percent that the candidate gets, by the pods that are ready. */
export function weightReached(ready: Counts): number {
  const all = ready.candidate + ready.stable;
  return all === 0 ? 0 : Math.round((100 * ready.candidate) / all);
}

/** The declared steps at this capacity, in order, equal ones merged. */
export function effectiveSteps(steps: readonly RolloutStep[], replicas: number): readonly EffectiveStep[] {
  const merged: EffectiveStep[] = [];
  for (const [index, { weight, hold }] of steps.entries()) {
    const counts = countsAt(replicas, weight);
    const before = merged.at(-1);
    const equal = before?.counts.candidate === counts.candidate && before.counts.stable === counts.stable;
    const longest = Math.max(milliseconds(hold) ?? 0, equal ? before.hold : 0);
    merged.splice(equal ? -1 : merged.length, 1, { last: index, weight, hold: longest, counts });
  }
  return merged;
}
