import { kubectl } from '../../../api/command.ts';
import { keyOf } from '../../../api/resource.ts';
import type { IModelDeployment, RevisionStatus } from '../../../api/types.ts';
import { identityOf, isSameVersion } from '../../../domain/versions.ts';
import { type HardwareProfile, profileOf } from '../../../workload/hardware.ts';
import { hardwareProblem, type HardwareProblem } from '../../../workload/hardwareproblems.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import type { RevisionTemplate } from '../revision/deployment.ts';
import { missingImageVolumes } from '../revision/images.ts';
import { isDeclared } from '../revision/revision.ts';

/** What a revision is made from; undefined for one that the spec no longer describes, or for which the cluster lacks something: it cannot be made. */
export function declaredTemplate(
  facts: ModelDeploymentFacts,
  role: RevisionStatus,
  replicas: number,
): RevisionTemplate | undefined {
  const { parent, profiles, serverVersion } = facts;
  const template = describedTemplate(facts, role, replicas);
  if (template === undefined || missingHardware(parent, profiles) !== undefined) return undefined;
  if (missingImageVolumes(keyOf(parent), parent.spec, role.uri, serverVersion) !== undefined) return undefined;
  return { ...template, hardware: profileOf(parent.spec.server.accelerator, profiles) };
}

/**
 * By what a workload that exists is known to be as it was made: without what the profile of its hardware says, which may say something
 * else since. Undefined for a revision that the spec no longer describes.
 */
export function describedTemplate(
  { parent, versions, observerImage, observerAmounts, installation }: ModelDeploymentFacts,
  role: RevisionStatus,
  replicas: number,
): RevisionTemplate | undefined {
  if (!isDeclared(role, parent.spec)) return undefined;
  const profile = versions.find((version) => isSameVersion(identityOf(version), role))?.spec.profile ?? {};
  return {
    parent,
    revision: role.revision,
    model: role,
    profile,
    observerImage,
    observerAmounts,
    installation,
    replicas,
  };
}

/** Why no revision can be made on the hardware that the server names. One that was made keeps what it has. */
export function missingHardware(
  parent: IModelDeployment,
  profiles: readonly HardwareProfile[],
): HardwareProblem | undefined {
  if (parent.spec.server.accelerator?.profile === undefined) return undefined;
  const { namespace, name } = keyOf(parent);
  const edit = kubectl(namespace, 'edit', 'mdep', name);
  return hardwareProblem(parent.spec.server, profiles, { container: 'spec.server', edit });
}
