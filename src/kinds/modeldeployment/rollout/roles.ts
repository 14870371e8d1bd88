import { timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import type { CandidateStatus, RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { isRejected } from '../../../domain/rejections.ts';
import { isSameVersion } from '../../../domain/versions.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { isDeclared } from '../revision/revision.ts';
import type { WantedRevision } from '../revision/target.ts';
import { workloadOf } from '../revision/workload.ts';

/** The roles that revisions play. What is written here is decided; workloads and traffic follow it in the next pass. */
export interface Roles {
  readonly stable?: RevisionStatus;
  readonly candidate?: CandidateStatus;
  readonly previous?: RevisionStatus;
  /** Oldest first. */
  readonly rejected: readonly RejectedRevision[];
}

/**
 * The roles as persisted, less what is lost. A revision whose workload somebody deleted and which the spec no longer describes cannot
 * be made again; nothing but forgetting it lets the target take over.
 */
export function persistedRoles({ parent: { spec, status }, workloads }: ModelDeploymentFacts): Roles {
  const kept = (role: RevisionStatus | undefined) =>
    role !== undefined && (workloadOf(workloads, role.revision) !== undefined || isDeclared(role, spec))
      ? role
      : undefined;
  return defined<Roles>({
    stable: kept(status?.stable),
    candidate: status?.candidate,
    previous: kept(status?.previous),
    rejected: status?.rejected ?? [],
  });
}

/** The same roles with nothing being rolled out. */
export function withoutCandidate(roles: Roles): Roles {
  const { candidate: _, ...rest } = roles;
  return rest;
}

/**
 * Whether a revision brings back what served before since what serves was rejected, which must be short. Whoever returns to it
 * otherwise, such as from a pin, rolls it out like any other.
 */
export function isWayBack({ stable, previous, rejected }: Roles, { revision }: { readonly revision: string }): boolean {
  return previous?.revision === revision && stable !== undefined && isRejected(stable.revision, rejected);
}

/** The same revision under the name that its model has now. */
export function renamed<R extends RevisionStatus>(role: R, wanted: WantedRevision): R {
  const { version, trainingRunUID, versionTime, versionUID } = wanted;
  const isKnown =
    version === undefined ||
    (isSameVersion(role, wanted) && role.versionTime === versionTime && role.versionUID === versionUID);
  return isKnown ? role : defined<R>({ ...role, version, trainingRunUID, versionTime, versionUID });
}

/** A revision that gets a role now. */
export function roleOf(wanted: WantedRevision, now: Date): RevisionStatus {
  const { revision, version, trainingRunUID, versionTime, versionUID, uri, digest, digestSource, profileDigest } =
    wanted;
  const { revisionDigest, workloadUID, templateDigest } = wanted;
  const since = timestamp(now);
  return defined<RevisionStatus>({
    revision,
    version,
    trainingRunUID,
    versionTime,
    versionUID,
    uri,
    digest,
    digestSource,
    profileDigest,
    revisionDigest,
    workloadUID,
    templateDigest,
    since,
  });
}

/** A revision and the version that it serves; absent for a model that was given by its URI. */
export interface Named {
  readonly revision: string;
  readonly version?: string | undefined;
}

/** How messages call a revision. */
export function titleOf({ version, revision }: Named): string {
  return version === undefined ? `Revision ${revision}` : `${version} (revision ${revision})`;
}
