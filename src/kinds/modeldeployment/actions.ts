import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { RevisionStatus } from '../../api/types.ts';
import { deployments, podDisruptionBudgets, services } from '../../api/kinds.ts';
import { label } from '../../api/labels.ts';
import { keyOf, uidOf } from '../../api/resource.ts';
import type { Kind, Resource } from '../../api/resource.ts';
import type { Action } from '../../controller.ts';
import { buildDeployment } from './revision/deployment.ts';
import { scaleOf } from './rollout/scale.ts';
import { buildDisruptionBudget, buildRevisionService, buildService } from './traffic/service.ts';
import { deploymentOf, isDeclared } from './rollout/situation.ts';
import type { Situation } from './rollout/situation.ts';

/**
 * Brings the children in line with the persisted roles: numbers of pods are patched, what is missing is created, and revisions
 * without a role go once they carry no load. A write that is denied ends the pass, so what serves now comes first.
 */
export function actionsFor(situation: Situation): readonly Action[] {
  const { stable, candidate, previous } = situation.roles;
  const roles = [stable, candidate, previous].filter((role) => role !== undefined);
  const scale = scaleOf(situation);
  const shared = roles.length === 0 ? [] : sharedObjects(situation);
  const live = roles.flatMap((role) => revisionObjects(situation, role, scale.live.get(role.revision) ?? 0));
  const shrinking = [...scale.leaving].filter(([, replicas]) => replicas > 0);
  const sizes = resized(situation, new Map([...scale.live, ...shrinking]));
  return [...sizes, ...shared, ...live, ...removed(situation, scale.leaving)];
}

function sharedObjects({ observed }: Situation): Action[] {
  const { parent } = observed;
  return [
    ...created(services, buildService(parent), observed.services),
    ...created(podDisruptionBudgets, buildDisruptionBudget(parent), observed.disruptionBudgets),
  ];
}

/** A revision that the spec no longer describes cannot be made again from it, so only its Service can be restored. */
function revisionObjects({ observed, spec }: Situation, role: RevisionStatus, replicas: number): Action[] {
  const { parent, versions, observerImage } = observed;
  const service = created(services, buildRevisionService(parent, role.revision), observed.services);
  if (!isDeclared(role, spec)) return service;
  const profile = versions.find(({ metadata }) => metadata?.name === role.version)?.spec.profile ?? {};
  const template = { parent, revision: role.revision, model: role, profile, observerImage, replicas };
  const deployment = buildDeployment(template);
  return deployment === undefined ? service : [...service, ...created(deployments, deployment, observed.deployments)];
}

function created<R extends Resource>(kind: Kind<R>, object: R, existing: readonly R[]): Action[] {
  const exists = existing.some((child) => child.metadata?.name === object.metadata?.name);
  return exists ? [] : [{ type: 'Create', kind, object }];
}

/** More pods come before fewer. */
function resized({ observed }: Situation, sizes: ReadonlyMap<string, number>): Action[] {
  const changes = [...sizes].flatMap(([revision, replicas]) => {
    const deployment = deploymentOf(observed, revision);
    if (deployment === undefined || isGoing(deployment)) return [];
    const growth = replicas - (deployment.spec?.replicas ?? 1);
    return growth === 0 ? [] : [{ deployment, replicas, growth }];
  });
  return changes
    .toSorted((left, right) => right.growth - left.growth)
    .map(({ deployment, replicas }) => ({
      type: 'Patch',
      kind: deployments,
      key: keyOf(deployment),
      uid: uidOf(deployment),
      patch: { spec: { replicas } },
    }));
}

function removed({ observed, roles }: Situation, leaving: ReadonlyMap<string, number>): Action[] {
  const kept = new Set([roles.stable, roles.candidate, roles.previous].map((role) => role?.revision));
  const gone = (child: Resource) => {
    const revision = child.metadata?.labels?.[label.revision];
    return revision !== undefined && !kept.has(revision) && (leaving.get(revision) ?? 0) === 0 && !isGoing(child);
  };
  const deleted =
    (kind: Kind) =>
    (child: Resource): Action => ({
      type: 'Delete',
      kind,
      key: keyOf(child),
      uid: uidOf(child),
      propagation: 'Background',
    });
  return [
    ...observed.deployments.filter(gone).map(deleted(deployments)),
    ...observed.services.filter(gone).map(deleted(services)),
  ];
}

function isGoing({ metadata }: Resource | IDeployment): boolean {
  return metadata?.deletionTimestamp !== undefined;
}
