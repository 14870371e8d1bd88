import { keyOf } from '../../../api/resource.ts';
import { workloadOf } from '../revision/workload.ts';
import type { RevisionWorkload } from '../revision/workload.ts';
import type { Held } from './room.ts';
import type { Situation } from './situation.ts';

/** How many pods each revision shall have now. */
export interface Scale {
  /** By revision: those that have a role. */
  readonly live: ReadonlyMap<string, number>;
  /** By revision: those that have none any more and still help to carry the load. At 0 they can go. */
  readonly leaving: ReadonlyMap<string, number>;
}

export function scaleOf(situation: Situation): Scale {
  const { held } = situation;
  return held === undefined ? beside(situation) : withoutSurge(situation, held);
}

/**
 * Capacity first: pods that serve are given up only for pods that are available, so that through every change these carry the whole
 * load. A pod that is merely ready may not stay so. The roles are the persisted ones. For instance, 4 pods at a weight of 50: the
 * candidate is to have 2, and stable has 4 until one of the candidate's is available, then 3, then 2.
 */
function beside({ facts, replicas, roles, split, traffic }: Situation): Scale {
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

/**
 * Room first: pods are ended, and others come as those are gone, so that there never are more than replicas. Nothing is ended for a
 * candidate whose workload the API server has not taken. For instance, 4 pods at a weight of 50: stable is to have 2, and the candidate
 * has none until one of stable's is gone, then 1, then 2.
 */
function withoutSurge({ facts, replicas, roles, split }: Situation, held: Held): Scale {
  const { workloads } = facts;
  const { stable, candidate, previous } = roles;
  const isComing = workloadOf(workloads, candidate?.revision) !== undefined;
  const shares = new Map<string, number>();
  if (stable !== undefined) shares.set(stable.revision, isComing ? split.counts.stable : replicas);
  if (candidate !== undefined) shares.set(candidate.revision, split.counts.candidate);
  const isLost = shares.size === 0;
  const kept = (one: RevisionWorkload) =>
    isLost ? one.pods.wanted : Math.min(one.pods.wanted, shares.get(one.revision ?? '') ?? 0);

  let room = replicas - held.orphans - workloads.reduce((sum, one) => sum + Math.max(kept(one), held.by(one)), 0);
  const live = new Map<string, number>();
  for (const [revision, share] of shares) {
    const found = workloadOf(workloads, revision);
    const has = found === undefined ? 0 : kept(found);
    const more = Math.max(0, Math.min(share - has, room));
    room -= more;
    live.set(revision, has + more);
  }
  if (previous !== undefined && !live.has(previous.revision)) live.set(previous.revision, 0);
  const others = workloads.flatMap((one) =>
    one.revision === undefined || live.has(one.revision) ? [] : [[one.revision, kept(one)] as const],
  );
  return { live, leaving: new Map(others) };
}

/** Pods that are available and will stay so: neither a decrease that is under way nor one that is about to be made ends them. */
function lastingOf(one: RevisionWorkload | undefined, wanted: number): number {
  return one === undefined ? 0 : Math.min(one.pods.available, one.pods.wanted, wanted);
}

function byName(left: RevisionWorkload, right: RevisionWorkload): number {
  return keyOf(left.object).name < keyOf(right.object).name ? -1 : 1;
}
