import type { RevisionStatus } from '../../../api/types.ts';
import { identityOf, isSameVersion } from '../../../domain/versions.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import type { RevisionTemplate } from '../revision/deployment.ts';
import { isDeclared } from '../revision/revision.ts';

/** What a revision is made from; undefined for one that the spec no longer describes, which cannot be made again. */
export function declaredTemplate(
  { parent, versions, observerImage, observerAmounts }: ModelDeploymentFacts,
  role: RevisionStatus,
  replicas: number,
): RevisionTemplate | undefined {
  if (!isDeclared(role, parent.spec)) return undefined;
  const profile = versions.find((version) => isSameVersion(identityOf(version), role))?.spec.profile ?? {};
  return { parent, revision: role.revision, model: role, profile, observerImage, observerAmounts, replicas };
}
