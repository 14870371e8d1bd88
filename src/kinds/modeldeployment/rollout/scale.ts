import { keyOf } from '../../../api/resource.ts';
import { workloadOf } from '../revision/workload.ts';
import type { RevisionWorkload } from '../revision/workload.ts';
import type { Situation } from './situation.ts';

/** How many pods each revision shall have now. */
export interface Scale {
  /** By revision: those that have a role. */
  readonly live: ReadonlyMap<string, number>;
  /** By revision: those that have none any more and still help to carry the load. At 0 they can go. */
  readonly leaving: ReadonlyMap<string, number>;
}

/**
 * Capacity first: pods that serve are given up only for pods that are available, so that through every change these carry the whole
 * load. A pod that is merely ready may not stay so. The roles are the persisted ones. For instance, 4 pods at a weight of 50: the
 * candidate is to have 2, and stable has 4 until one of the candidate's is available, then 3, then 2.
 */
export function scaleOf({ facts, replicas, roles, split, traffic }: Situation): Scale {
  const { workloads } = facts;
  const { stable, candidate, previous } = roles;
  const live = new Map<string, number>();
  const lasting = (revision: string) => lastingOf(workloadOf(workloads, revision), live.get(revision) ?? 0);
  if (candidate !== undefined) live.set(candidate.revision, split.counts.candidate);
  if (stable !== undefined) {
    const relieved = candidate === undefined ? 0 : lasting(candidate.revision);
    live.set(stable.revision, Math.max(split.counts.stable, replicas - relieved));
  }

  let missing = replicas - [...live.keys()].reduce((sum, revision) => sum + lasting(revision), 0);
  const leaving = new Map<string, number>();
  for (const one of workloads.toSorted(byName)) {
    if (one.revision === undefined || live.has(one.revision)) continue;
    // Without any role, status was lost, and nobody knows what serves: it stays as it is until something takes its place.
    const kept = live.size === 0 ? one.pods.wanted : traffic.kept(lastingOf(one, Infinity), missing);
    missing -= kept;
    (one.revision === previous?.revision ? live : leaving).set(one.revision, kept);
  }
  if (previous !== undefined && !live.has(previous.revision)) live.set(previous.revision, 0);
  return { live, leaving };
}

/** Pods that are available and will stay so: neither a decrease that is under way nor one that is about to be made ends them. */
function lastingOf(one: RevisionWorkload | undefined, wanted: number): number {
  return one === undefined ? 0 : Math.min(one.pods.available, one.pods.wanted, wanted);
}

function byName(left: RevisionWorkload, right: RevisionWorkload): number {
  return keyOf(left.object).name < keyOf(right.object).name ? -1 : 1;
}
