import { shortened, timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import type { CandidateStatus, ModelDeploymentSpec, RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { isRejected } from '../../../domain/rejections.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { revisionOf } from '../revision/revision.ts';
import { workloadOf } from '../revision/workload.ts';

/** The roles that revisions play. What is written here is decided; workloads and traffic follow it in the next pass. */
export interface Roles {
  readonly stable?: RevisionStatus;
  readonly candidate?: CandidateStatus;
  readonly previous?: RevisionStatus;
  /** Oldest first. */
  readonly rejected: readonly RejectedRevision[];
}

const rejectionsKept = 20;

/**
 * The roles as persisted, less what is lost, plus what Monitors rejected. A revision whose workload somebody deleted and which
 * the spec no longer describes cannot be made again; nothing but forgetting it lets the target take over.
 */
export function rolesOf(facts: ModelDeploymentFacts, now: Date): Roles {
  const { spec, status } = facts.parent;
  const kept = (role: RevisionStatus | undefined) =>
    role !== undefined && (workloadOf(facts.workloads, role.revision) !== undefined || isDeclared(role, spec))
      ? role
      : undefined;
  return defined<Roles>({
    stable: kept(status?.stable),
    candidate: status?.candidate,
    previous: kept(status?.previous),
    rejected: rejectedByMonitors(facts, now),
  });
}

function rejectedByMonitors({ parent, verdicts }: ModelDeploymentFacts, now: Date): readonly RejectedRevision[] {
  const { stable, candidate, rejected = [] } = parent.status ?? {};
  return [stable, candidate].reduce<readonly RejectedRevision[]>((list, role) => {
    const verdict = verdicts.find(({ revision }) => revision === role?.revision);
    if (role === undefined || verdict === undefined) return list;
    const message = `Monitor "${verdict.monitor}" rejected it by check "${verdict.check}": ${verdict.message}`;
    return withRejection(list, role, { reason: 'RejectedByMonitor', message }, now);
  }, rejected);
}

/** Adds a rejection unless the revision has one; the oldest are forgotten. */
export function withRejection(
  rejected: readonly RejectedRevision[],
  { revision, version, trainingRunUID, versionTime }: RevisionStatus,
  { reason, message }: { readonly reason: string; readonly message: string },
  now: Date,
): readonly RejectedRevision[] {
  if (isRejected(revision, rejected)) return rejected;
  const entry = defined<RejectedRevision>({
    revision,
    version,
    trainingRunUID,
    versionTime,
    reason,
    message: shortened(message),
    time: timestamp(now),
  });
  return [...rejected, entry].slice(-rejectionsKept);
}

/** The same roles with nothing being rolled out. */
export function withoutCandidate(roles: Roles): Roles {
  const { candidate: _, ...rest } = roles;
  return rest;
}

/**
 * Whether the candidate brings back what served before since what serves was rejected, which must be short. Whoever returns to it
 * otherwise, such as from a pin, rolls it out like any other.
 */
export function isWayBack({ stable, previous, rejected }: Roles, candidate: CandidateStatus): boolean {
  return previous?.revision === candidate.revision && stable !== undefined && isRejected(stable.revision, rejected);
}

/** Whether the spec as it is now would make the same revision of this model. */
export function isDeclared(role: RevisionStatus, spec: ModelDeploymentSpec): boolean {
  return revisionOf(role, spec) === role.revision;
}

/** How messages call a revision. */
export function titleOf({ version, revision }: Pick<RevisionStatus, 'version' | 'revision'>): string {
  return version === undefined ? `Revision ${revision}` : `${version} (revision ${revision})`;
}
