import type { RevisionStatus } from '../../api/types.ts';
import { podDisruptionBudgets, services } from '../../api/kinds.ts';
import { firstMatch } from '../../api/rules.ts';
import { keyOf, type Resource } from '../../api/resource.ts';
import type { Action } from '../../controller.ts';
import { created, deleted, isGoing } from './children.ts';
import type { ModelDeploymentFacts } from './observe.ts';
import type { RevisionTemplate } from './revision/deployment.ts';
import { listensForGRPC } from './revision/listening.ts';
import { revisionIn } from './revision/revision.ts';
import { workloadOf } from './revision/workload.ts';
import { workloads } from './revision/workloads/index.ts';
import { declaredTemplate } from './rollout/declared.ts';
import { scaleOf } from './rollout/scale.ts';
import type { Scale } from './rollout/scale.ts';
import type { Situation } from './rollout/situation.ts';
import { buildDisruptionBudget, buildRevisionService } from './traffic/service.ts';

/**
 * Brings the children in line with the persisted roles: numbers of pods are patched, what is missing is created, and revisions
 * without a role go once they carry no load. A write that is denied ends the pass, so what serves now comes first: more pods
 * before fewer, and between the two the requests leave those that go.
 */
export function actionsFor(situation: Situation): readonly Action[] {
  const { facts, roles, split, traffic } = situation;
  const { stable, candidate, previous } = roles;
  const all = [stable, candidate, previous].filter((role) => role !== undefined);
  const scale = scaleOf(situation);
  const { growth, shrinkage } = resized(facts, scale);
  const { beforeShrink, afterGrow } = all.length === 0 ? nothing : traffic.actions(split, facts);
  return [
    ...growth,
    ...beforeShrink,
    ...shrinkage,
    ...afterGrow,
    ...(all.length === 0 ? [] : disruptionBudget(facts)),
    ...all.flatMap((role) => revisionObjects(situation, role, scale.live.get(role.revision) ?? 0)),
    ...removed(facts, new Set(all.map(({ revision }) => revision)), scale),
  ];
}

const nothing = { beforeShrink: [], afterGrow: [] };

function disruptionBudget({ parent, disruptionBudgets }: ModelDeploymentFacts): readonly Action[] {
  return created(podDisruptionBudgets, buildDisruptionBudget(parent), disruptionBudgets);
}

/** A revision that the spec no longer describes cannot be made again from it, so only its Service can be restored. */
function revisionObjects({ facts }: Situation, role: RevisionStatus, replicas: number): readonly Action[] {
  const made = workloadOf(facts.workloads, role.revision);
  const takes = made === undefined ? facts.parent.spec.server.grpcPort !== undefined : listensForGRPC(made);
  const service = created(services, buildRevisionService(facts.parent, role.revision, takes), facts.services);
  const template = declaredTemplate(facts, role, replicas);
  return template === undefined ? service : [...service, ...workload(facts, template)];
}

/** By the first kind of workload that can run the revision. */
function workload(facts: ModelDeploymentFacts, template: RevisionTemplate): readonly Action[] {
  const existing = facts.workloads.map(({ object }) => object);
  const rules = workloads.map((one) => () => {
    const object = one.build(template);
    return object && created(one.kind, object, existing);
  });
  return firstMatch(rules) ?? [];
}

function resized({ workloads: existing }: ModelDeploymentFacts, { live, leaving }: Scale) {
  // Those that come to nothing are deleted instead.
  const sizes = [...live, ...[...leaving].filter(([, replicas]) => replicas > 0)];
  const changes = sizes
    .flatMap(([revision, replicas]) => {
      const found = workloadOf(existing, revision);
      if (found === undefined || isGoing(found.object)) return [];
      return [{ action: found.workload.scale(found.object, replicas), growth: replicas - found.pods.wanted }];
    })
    .toSorted((left, right) => right.growth - left.growth);
  return {
    growth: changes.filter(({ growth }) => growth > 0).map(({ action }) => action),
    shrinkage: changes.filter(({ growth }) => growth < 0).map(({ action }) => action),
  };
}

function removed(facts: ModelDeploymentFacts, kept: ReadonlySet<string>, { leaving }: Scale): readonly Action[] {
  const isOver = (child: Resource) => {
    const revision = revisionIn(keyOf(facts.parent).name, keyOf(child).name);
    return revision !== undefined && !kept.has(revision) && (leaving.get(revision) ?? 0) === 0 && !isGoing(child);
  };
  return [
    ...facts.workloads.flatMap((one) => (isOver(one.object) ? [deleted(one.workload.kind, one.object)] : [])),
    ...facts.services.filter(isOver).map((service) => deleted(services, service)),
    ...facts.leftovers.filter(({ object }) => !isGoing(object)).map(({ kind, object }) => deleted(kind, object)),
  ];
}
