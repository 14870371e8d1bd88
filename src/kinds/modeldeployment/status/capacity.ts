import { findCondition } from '../../../api/condition.ts';
import type { ModelDeploymentFacts } from '../observe.ts';

/** How many pods must serve where so many were reached: a quarter may be missing, as in a Deployment, and one must not. */
export function needed(reached: number): number {
  return Math.max(1, reached - Math.floor(reached / 4));
}

/** How well the pods of all revisions carry the load. */
export interface Capacity {
  /** How many of the declared pods have been available at one time since Ready is True: absent while it is not. */
  readonly reached?: number;
  /** Whether enough pods serve. */
  readonly isEnough: boolean;
}

/**
 * It becomes enough by pods that have been ready for a while, and too little by those that are not ready at all, so that one that merely
 * blinks changes nothing. More that was declared and is not there yet takes nothing from those that serve.
 */
export function capacityOf({ parent, workloads }: ModelDeploymentFacts): Capacity {
  const replicas = parent.spec.replicas ?? 1;
  const sum = (which: 'ready' | 'available') => workloads.reduce((total, { pods }) => total + pods[which], 0);
  const { conditions, reachedReplicas = replicas } = parent.status ?? {};
  const before = findCondition(conditions, 'Ready')?.status === 'True' ? reachedReplicas : 0;
  const reached = Math.min(replicas, Math.max(before, sum('available')));
  const isEnough = before > 0 ? sum('ready') >= needed(Math.min(before, replicas)) : reached >= Math.max(1, replicas);
  return isEnough ? { reached, isEnough } : { isEnough };
}
