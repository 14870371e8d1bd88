import type { IModelDeployment, IModelVersion, RejectedRevision } from '../api/types.ts';
import { identityOf, isSameVersion } from './versions.ts';

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
