import type { IModelDeployment, RejectedRevision } from '../api/types.ts';

/** Whether a ModelDeployment has rejected a revision. */
export function isRejected(revision: string, rejected: readonly RejectedRevision[]): boolean {
  return rejected.some((entry) => entry.revision === revision);
}

/** The names of the ModelVersions that any of the deployments has rejected. */
export function rejectedVersions(deployments: readonly IModelDeployment[]): ReadonlySet<string> {
  const rejected = deployments.flatMap((deployment) => deployment.status?.rejected ?? []);
  return new Set(rejected.flatMap((revision) => revision.version ?? []));
}
