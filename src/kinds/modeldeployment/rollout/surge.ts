/** Rollouts without surge: pods are ended before others come, and of one pod it is what serves that ends first. */
import type { CandidateStatus } from '../../../api/types.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { workloadOf } from '../revision/workload.ts';
import type { Counts } from '../traffic/traffic.ts';
import { titleOf } from './roles.ts';
import type { Named, Roles } from './roles.ts';

/** What decides whether there is room for a candidate beside what serves. */
export interface RoomFacts {
  readonly replicas: number;
  readonly roles: Roles;
  /** Whether pods are ended before others come. */
  readonly isWithoutSurge: boolean;
}

/**
 * What began so ends so, the way back included: an edit counts from the next rollout on, and where the new revision gets no pod. Nothing is
 * ended for one that answered beside what serves and does not any more.
 */
export function isWithoutSurge({ parent: { spec, status }, workloads }: ModelDeploymentFacts): boolean {
  const { candidate, outage } = status ?? {};
  if (candidate?.endsStable === true || outage !== undefined) return true;
  const isBeside =
    candidate?.readyAfter !== undefined || (workloadOf(workloads, candidate?.revision)?.pods.ready ?? 0) > 0;
  return spec.rollout?.surge === 'Never' && !((spec.replicas ?? 1) === 1 && isBeside);
}

/** Whether a candidate can only be tried in the place of what serves. */
export function mustEndStable({ replicas, roles, isWithoutSurge: isSo }: RoomFacts): boolean {
  return isSo && replicas === 1 && roles.stable !== undefined;
}

/**
 * What a split comes to where there are never more than replicas. Both have a pod, as far as there are enough; one pod is that of
 * what serves, unless the persisted status says that it ends.
 */
export function within({ candidate }: Counts, replicas: number, { endsStable }: CandidateStatus): Counts {
  const least = Math.min(1, replicas);
  const most = endsStable === true ? Math.max(least, replicas - 1) : replicas - least;
  const count = Math.min(Math.max(least, candidate), most);
  return { candidate: count, stable: replicas - count };
}

/** What is told before it is so. */
export function foretold(roles: Roles, candidate: Named): string {
  const stable = roles.stable === undefined ? 'what serves' : titleOf(roles.stable);
  return `To try ${titleOf(candidate)}, ${stable} is ended first: nothing serves meanwhile (spec.rollout.surge is Never)`;
}
