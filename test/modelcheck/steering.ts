/** How people hold the rollouts of a ModelDeployment back and let them go on, and what an operator must not do meanwhile. */
import type { IModelDeployment } from '../../src/api/types.ts';
import { isRejected } from '../../src/domain/rejections.ts';
import type { Step } from './explore.ts';
import { most, type ServingCluster, type ServingWorld } from './servingworld.ts';

type Rollout = NonNullable<IModelDeployment['spec']['rollout']>;

export function steered(cluster: ServingCluster, world: ServingWorld): Step<ServingWorld>[] {
  if (world.extra.steers >= most.steers) return [];
  const { spec, status } = cluster.parent(world);
  const { paused, approval, approvedRevision, ...rest } = spec.rollout ?? {};
  const { candidate } = status ?? {};
  const step = (label: string, rollout: Rollout) => ({
    label: `user      ${label}`,
    next: withRollout(cluster, { ...world, extra: { ...world.extra, steers: world.extra.steers + 1 } }, rollout),
  });
  const steps = [
    paused === true ? step('lets it go on', rest) : step('pauses it', { ...rest, paused: true }),
    approval === undefined ? step('requires approval', { ...rest, approval: 'Required' }) : undefined,
    approval !== undefined && candidate !== undefined && candidate.revision !== approvedRevision
      ? step(`approves ${candidate.version}`, { ...rest, approval, approvedRevision: candidate.revision })
      : undefined,
    candidate !== undefined && candidate.revision !== rest.promotedRevision
      ? step(`promotes ${candidate.version}`, { ...spec.rollout, promotedRevision: candidate.revision })
      : undefined,
  ];
  return steps.filter((one) => one !== undefined);
}

/** Nobody holds anything back any more. */
export function unsteered(cluster: ServingCluster, world: ServingWorld): ServingWorld {
  const { paused: _, approval: __, approvedRevision: ___, ...rest } = cluster.parent(world).spec.rollout ?? {};
  return withRollout(cluster, world, rest);
}

/** What a status does that people hold back, which is written only while the spec is the one that it was decided by. */
export function heldBack(before: IModelDeployment, after: IModelDeployment): string | undefined {
  const { paused, approval, approvedRevision } = before.spec.rollout ?? {};
  const [old, now] = [before.status ?? {}, after.status ?? {}];
  const isWayBack = (revision: string) =>
    old.previous?.revision === revision && isRejected(old.stable?.revision ?? '', now.rejected ?? []);
  const begins = now.candidate !== undefined && now.candidate.revision !== old.candidate?.revision;
  const advances = !begins && (now.candidate?.step ?? 0) > (old.candidate?.step ?? 0);
  const promotes = now.stable !== undefined && now.stable.revision !== old.stable?.revision;
  const moved = now.candidate && (begins || advances) ? now.candidate : promotes ? now.stable : undefined;
  if (moved === undefined || isWayBack(moved.revision)) return undefined;
  if (paused === true) return `${moved.revision} goes on, and the rollout is paused`;
  const isFirst = begins && old.stable === undefined && now.stable === undefined;
  const isCrossed = promotes || isFirst || (begins && now.candidate?.endsStable === true);
  const isAllowed = approval !== 'Required' || approvedRevision === moved.revision || !isCrossed;
  return isAllowed ? undefined : `${moved.revision} goes on, and nobody has approved it`;
}

function withRollout(cluster: ServingCluster, world: ServingWorld, rollout: Rollout): ServingWorld {
  const parent = cluster.parent(world);
  const generation = (parent.metadata?.generation ?? 0) + 1;
  const metadata = { ...parent.metadata, generation };
  const steered: IModelDeployment = { ...parent, metadata, spec: { ...parent.spec, rollout } };
  return cluster.put(world, steered);
}
