import type { IDeployment } from 'kubernetes-models/apps/v1';
import { label } from '../../../api/labels.ts';
import { deploymentOf } from './situation.ts';
import type { Situation } from './situation.ts';
import { currentStep } from './steps.ts';

/** How many pods each revision shall have now. */
export interface Scale {
  /** By revision: those that have a role. */
  readonly live: ReadonlyMap<string, number>;
  /** By revision: those that have none any more and still help to carry the load. At 0 they can go. */
  readonly leaving: ReadonlyMap<string, number>;
}

/**
 * Capacity first: pods that serve are given up only for pods that are ready, so that through every change the ready pods carry
 * the whole load. `roles` are the persisted ones.
 */
export function scaleOf(situation: Situation): Scale {
  const { observed, replicas } = situation;
  const { stable, candidate, previous } = situation.roles;
  const live = new Map<string, number>();
  const lasting = (revision: string) => lastingOf(deploymentOf(observed, revision), live.get(revision) ?? 0);
  if (candidate !== undefined) {
    const { counts } = currentStep(situation, candidate);
    live.set(candidate.revision, counts.candidate);
    if (stable !== undefined) {
      live.set(stable.revision, Math.max(counts.stable, replicas - lasting(candidate.revision)));
    }
  } else if (stable !== undefined) live.set(stable.revision, replicas);

  let missing = replicas - [...live.keys()].reduce((sum, revision) => sum + lasting(revision), 0);
  const leaving = new Map<string, number>();
  for (const deployment of observed.deployments.toSorted(byName)) {
    const revision = deployment.metadata?.labels?.[label.revision];
    if (revision === undefined || live.has(revision)) continue;
    const kept = lastingOf(deployment, Math.max(0, missing));
    missing -= kept;
    (revision === previous?.revision ? live : leaving).set(revision, kept);
  }
  if (previous !== undefined && !live.has(previous.revision)) live.set(previous.revision, 0);
  return { live, leaving };
}

/** Pods that are ready and will stay so: neither a decrease that is under way nor one that is about to be made ends them. */
function lastingOf(deployment: IDeployment | undefined, wanted: number): number {
  return Math.min(deployment?.status?.readyReplicas ?? 0, deployment?.spec?.replicas ?? 0, wanted);
}

function byName(left: IDeployment, right: IDeployment): number {
  return (left.metadata?.name ?? '') < (right.metadata?.name ?? '') ? -1 : 1;
}
