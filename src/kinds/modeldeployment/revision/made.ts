import { keyOf, type Resource, uidOf } from '../../../api/resource.ts';
import type { ModelDeploymentStatus, RevisionStatus } from '../../../api/types.ts';
import { revisionIn } from './revision.ts';
import { makingDigest } from './template.ts';
import { workloads } from './workloads/index.ts';

/**
 * Status with what the API server made of the workloads that its pass has created: nobody else has written to them yet. If this is lost,
 * they are compared with what would be made.
 */
export function withMade(status: ModelDeploymentStatus, objects: readonly Resource[]): ModelDeploymentStatus {
  return objects.reduce(withWorkload, status);
}

function withWorkload(status: ModelDeploymentStatus, object: Resource): ModelDeploymentStatus {
  const making = workloads.find(({ kind }) => kind.kind === object.kind)?.making(object);
  const parent = object.metadata?.ownerReferences?.[0]?.name ?? '';
  const revision = revisionIn(parent, keyOf(object).name);
  if (making === undefined || revision === undefined) return status;
  const made = { workloadUID: uidOf(object), templateDigest: makingDigest(making) };
  const told = <R extends RevisionStatus>(role: R | undefined) =>
    role?.revision === revision ? { ...role, ...made } : role;
  const { stable, candidate, previous } = status;
  return {
    ...status,
    ...(stable && { stable: told(stable) ?? stable }),
    ...(candidate && { candidate: told(candidate) ?? candidate }),
    ...(previous && { previous: told(previous) ?? previous }),
  };
}
