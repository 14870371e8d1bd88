/** What a ModelDeployment's status says is so. */
import { findCondition } from '../../../../src/api/condition.ts';
import type { IModelDeployment } from '../../../../src/api/types.ts';
import { deployments, modelDeployments, services } from '../../../../src/api/kinds.ts';
import { label } from '../../../../src/api/labels.ts';
import { isOwnedBy, keyOf, type Resource, uidOf } from '../../../../src/api/resource.ts';
import {
  type Evidence,
  isDone,
  lives,
  nameOf,
  objectWrites,
  stateBefore,
  type Rule,
  targetOf,
  titleOf,
  versionOf,
} from '../evidence.ts';

export const servingRules: readonly Rule[] = [
  readyMeansServing,
  stableMeansReady,
  rejectedStaysRejected,
  rolesKeepTheirPods,
  addressIsItsOwn,
];

interface Sized extends Resource {
  readonly status?: { readonly readyReplicas?: number };
}

function served({ changes }: Evidence): readonly (readonly IModelDeployment[])[] {
  return [...lives(changes, modelDeployments.plural).values()].map((states) =>
    states.map(({ object }) => object as unknown as IModelDeployment),
  );
}

/** Whether a revision ever had a ready pod before a version of the cluster. */
function wasReady({ changes }: Evidence, revision: string, before: number): boolean {
  return changes.some(({ plural, object }) => {
    if (plural !== deployments.plural || object.metadata?.labels?.[label.revision] !== revision) return false;
    return ((object as Sized).status?.readyReplicas ?? 0) > 0 && versionOf(object) < before;
  });
}

/** I9: nobody says Ready for pods that never were; the operator may see late, but not what has not happened yet. */
function readyMeansServing(evidence: Evidence): readonly string[] {
  return served(evidence).flatMap((states) =>
    states.flatMap((object) => {
      const ready = findCondition(object.status?.conditions, 'Ready');
      const revision = object.status?.stable?.revision;
      if (ready?.status !== 'True' || ready.reason === 'ScaledToZero') return [];
      const isServing = revision !== undefined && wasReady(evidence, revision, versionOf(object));
      return isServing
        ? []
        : [`I9: ${nameOf(object)} is Ready by ${ready.reason} and its revision ${revision} never had a ready pod`];
    }),
  );
}

/** Nothing is promoted that never had a ready pod. */
function stableMeansReady(evidence: Evidence): readonly string[] {
  return served(evidence).flatMap((states) =>
    states.flatMap((object, index) => {
      const revision = object.status?.stable?.revision;
      const before = states[index - 1]?.status?.stable?.revision;
      if (revision === undefined || revision === before || object.spec.replicas === 0) return [];
      return wasReady(evidence, revision, versionOf(object))
        ? []
        : [`I9: ${nameOf(object)} made revision ${revision} stable, which never had a ready pod`];
    }),
  );
}

/** Until people ask for another try. */
function rejectedStaysRejected(evidence: Evidence): readonly string[] {
  return served(evidence).flatMap((states) =>
    states.slice(1).flatMap((object, index) => {
      const now = new Set((object.status?.rejected ?? []).map(({ revision }) => revision));
      const retryAt = Date.parse(object.spec.rollout?.retryAt ?? '');
      const kept = (states[index]?.status?.rejected ?? []).filter(({ time }) => !(Date.parse(time) <= retryAt));
      const lost = kept.filter(({ revision }) => !now.has(revision));
      if (lost.length === 0 || now.size >= 20) return [];
      return [`I9: ${nameOf(object)} forgot that it rejected ${lost.map(({ revision }) => revision).join(', ')}`];
    }),
  );
}

/** I6: the Deployment of a revision is not deleted while the status gives it a role. */
function rolesKeepTheirPods(evidence: Evidence): readonly string[] {
  return objectWrites(evidence.requests).flatMap((request) => {
    const { plural, name = '' } = targetOf(request) ?? {};
    if (request.method !== 'DELETE' || plural !== deployments.plural || !isDone(request)) return [];
    const isParent = (kind: string, parent: string) =>
      kind === modelDeployments.plural && name.startsWith(`${parent}-`);
    const parent = stateBefore(evidence, request, isParent) as IModelDeployment | undefined;
    const { stable, candidate, previous } = parent?.status ?? {};
    const role = [stable, candidate, previous].find((held) => held !== undefined && name.endsWith(`-${held.revision}`));
    return role === undefined ? [] : [`I6: ${titleOf(request)} deleted the pods of a revision that has a role`];
  });
}

/** I3: who is told where to send requests is led to a Service of the deployment, as far as it ever had one. */
function addressIsItsOwn(evidence: Evidence): readonly string[] {
  return served(evidence).flatMap((states) => {
    const wrong = states.find((object) => object.status?.url !== undefined && !hadService(evidence, object));
    return wrong === undefined ? [] : [`I3: ${nameOf(wrong)} names ${wrong.status?.url}, which never was its own`];
  });
}

function hadService({ changes }: Evidence, deployment: IModelDeployment): boolean {
  return changes.some(
    ({ plural, object }) =>
      plural === services.plural &&
      keyOf(object).name === keyOf(deployment).name &&
      isOwnedBy(object, uidOf(deployment)) &&
      versionOf(object) < versionOf(deployment),
  );
}
