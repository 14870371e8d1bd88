import { milliseconds } from '../api/duration.ts';
import type { IModelDeployment, IModelVersion, RejectedRevision, RevisionStatus } from '../api/types.ts';
import { identityOf, isSameVersion } from './versions.ts';

/** What serves, as a ModelDeployment's status has it. */
export interface Serving {
  readonly stable?: RevisionStatus | undefined;
  readonly previous?: RevisionStatus | undefined;
  readonly rejected?: readonly RejectedRevision[];
}

/** How long after its promotion a revision is fresh, unless a Monitor says otherwise. */
const freshFor = '24h';

/**
 * Whether a revision that fails gives way to the one before it: later the world has changed, and that one would hardly do better.
 * Without one that may serve there is no way back. So it is for the first revision, and for one that a rollback has brought back: that
 * became stable just now, but is nothing new.
 */
export function isFresh({ stable, previous, rejected = [] }: Serving, now: Date, within = freshFor): boolean {
  if (stable === undefined || previous === undefined || isRejected(previous.revision, rejected)) return false;
  return now.getTime() - Date.parse(stable.since) < (milliseconds(within) ?? 0);
}

/** Whether a ModelDeployment has rejected a revision. */
export function isRejected(revision: string, rejected: readonly RejectedRevision[]): boolean {
  return rejected.some((entry) => entry.revision === revision);
}

/** The names of those ModelVersions that any of the deployments has rejected; another one may have borne the name before. */
export function rejectedVersions(
  versions: readonly IModelVersion[],
  deployments: readonly IModelDeployment[],
): ReadonlySet<string> {
  const rejected = deployments.flatMap((deployment) => deployment.status?.rejected ?? []);
  const identities = versions.map(identityOf).filter((one) => rejected.some((other) => isSameVersion(one, other)));
  return new Set(identities.flatMap(({ version }) => version ?? []));
}
