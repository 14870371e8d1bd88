import { keyOf, type Resource, uidOf } from '../../../api/resource.ts';
import type { ModelDeploymentStatus, RevisionStatus } from '../../../api/types.ts';
import { revisionIn } from './revision.ts';
import { templateDigest } from './template.ts';
import { workloads } from './workloads/index.ts';

/**
 * Status with what the API server made of the workloads that its pass has created: nobody else has written to them yet. If this is lost,
 * they are compared with what would be made.
 */
export function withMade(status: ModelDeploymentStatus, objects: readonly Resource[]): ModelDeploymentStatus {
  return objects.reduce(withWorkload, status);
}

function withWorkload(status: ModelDeploymentStatus, object: Resource): ModelDeploymentStatus {
  const template = workloads.find(({ kind }) => kind.kind === object.kind)?.template(object);
  const parent = object.metadata?.ownerReferences?.[0]?.name ?? '';
  const revision = revisionIn(parent, keyOf(object).name);
  if (template === undefined || revision === undefined) return status;
  const made = { workloadUID: uidOf(object), templateDigest: templateDigest(template) };
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
