import type { IDeployment } from 'kubernetes-models/apps/v1';
import type {
  CandidateStatus,
  IModelDeployment,
  ModelDeploymentSpec,
  RejectedRevision,
  RevisionStatus,
} from '../../../api/types.ts';
import { timestamp } from '../../../api/condition.ts';
import { label } from '../../../api/labels.ts';
import { keyOf } from '../../../api/resource.ts';
import { healthOf } from '../revision/health.ts';
import type { Health } from '../revision/health.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { revisionOf } from '../revision/revision.ts';
import { targetOf } from '../revision/target.ts';
import type { Target } from '../revision/target.ts';

/** The roles that revisions play. What is written here is decided; Deployments follow it in the next pass. */
export interface Roles {
  readonly stable?: RevisionStatus;
  readonly candidate?: CandidateStatus;
  readonly previous?: RevisionStatus;
  /** Oldest first. */
  readonly rejected: readonly RejectedRevision[];
}

/** The facts that rules are about, derived from what was observed. */
export interface Situation {
  readonly namespace: string;
  readonly name: string;
  readonly spec: ModelDeploymentSpec;
  /** Capacity for the whole load, in pods. */
  readonly replicas: number;
  /** As persisted, less what is lost, plus what Monitors rejected. */
  readonly roles: Roles;
  readonly target: Target;
  readonly candidateHealth: Health;
  readonly stableHealth: Health;
  readonly observed: ModelDeploymentFacts;
}

const rejectionsKept = 20;
const longestMessage = 1024;

/** Derives the facts. Total: whatever is missing is absent. */
export function situationOf(observed: ModelDeploymentFacts, now: Date): Situation {
  const { namespace, name } = keyOf(observed.parent);
  const { spec } = observed.parent;
  const roles = rolesOf(observed, now);
  const healthOfRole = (role: RevisionStatus | undefined) =>
    healthOf({ deployment: deploymentOf(observed, role?.revision), pods: podsOf(observed, role?.revision) }, now);
  const facts = {
    namespace,
    name,
    spec,
    replicas: spec.replicas ?? 1,
    candidateHealth: healthOfRole(roles.candidate),
    stableHealth: healthOfRole(roles.stable),
    observed,
  };
  return withRoles(facts, roles);
}

/** The same facts if the roles were these. */
export function withRoles(facts: Omit<Situation, 'roles' | 'target'>, roles: Roles): Situation {
  const { namespace, spec, observed } = facts;
  const { stable, candidate, previous, rejected } = roles;
  const { versions, runExists } = observed;
  const target = targetOf({ namespace, spec, versions, runExists, stable, candidate, previous, rejected });
  return { ...facts, roles, target };
}

/**
 * A revision whose Deployment somebody deleted and which the spec no longer describes cannot be made again; nothing but
 * forgetting it lets the target take over.
 */
function rolesOf(observed: ModelDeploymentFacts, now: Date): Roles {
  const { stable, candidate, previous, rejected } = observed.parent.status ?? {};
  const kept = <R extends RevisionStatus>(role: R | undefined) =>
    role !== undefined &&
    (deploymentOf(observed, role.revision) !== undefined || isDeclared(role, observed.parent.spec))
      ? role
      : undefined;
  return rolesWith({
    stable: kept(stable),
    candidate,
    previous: kept(previous),
    rejected: rejectedByMonitors(observed, rejected ?? [], now),
  });
}

function rejectedByMonitors(
  { parent, verdicts }: ModelDeploymentFacts,
  rejected: readonly RejectedRevision[],
  now: Date,
): readonly RejectedRevision[] {
  const { stable, candidate } = parent.status ?? {};
  return [stable, candidate].reduce((list, role) => {
    const verdict = verdicts.find(({ revision }) => revision === role?.revision);
    if (role === undefined || verdict === undefined) return list;
    const message = `Monitor "${verdict.monitor}" rejected it by check "${verdict.check}": ${verdict.message}`;
    return withRejection(list, role, { reason: 'RejectedByMonitor', message }, now);
  }, rejected);
}

/** Adds a rejection unless the revision has one; the oldest are forgotten. */
export function withRejection(
  rejected: readonly RejectedRevision[],
  { revision, version }: RevisionStatus,
  { reason, message }: { readonly reason: string; readonly message: string },
  now: Date,
): readonly RejectedRevision[] {
  if (rejected.some((entry) => entry.revision === revision)) return rejected;
  const entry = { revision, ...(version !== undefined && { version }), reason, time: timestamp(now) };
  return [...rejected, { ...entry, message: message.slice(0, longestMessage) }].slice(-rejectionsKept);
}

/** Roles without the absent ones: an optional field is left out, never undefined. */
export function rolesWith(roles: {
  readonly stable: RevisionStatus | undefined;
  readonly candidate: CandidateStatus | undefined;
  readonly previous: RevisionStatus | undefined;
  readonly rejected: readonly RejectedRevision[];
}): Roles {
  return {
    ...(roles.stable !== undefined && { stable: roles.stable }),
    ...(roles.candidate !== undefined && { candidate: roles.candidate }),
    ...(roles.previous !== undefined && { previous: roles.previous }),
    rejected: roles.rejected,
  };
}

/** Whether the spec as it is now would make the same revision of this model. */
export function isDeclared(role: RevisionStatus, spec: IModelDeployment['spec']): boolean {
  return revisionOf(role, spec) === role.revision;
}

export function deploymentOf(
  { deployments }: ModelDeploymentFacts,
  revision: string | undefined,
): IDeployment | undefined {
  return deployments.find(({ metadata }) => revision !== undefined && metadata?.labels?.[label.revision] === revision);
}

/** Pods of a revision that are ready, as its Deployment counts them. */
export function readyOf(observed: ModelDeploymentFacts, revision: string | undefined): number {
  return deploymentOf(observed, revision)?.status?.readyReplicas ?? 0;
}

function podsOf({ pods }: ModelDeploymentFacts, revision: string | undefined) {
  return pods.filter(({ metadata }) => revision !== undefined && metadata?.labels?.[label.revision] === revision);
}
