import type { RevisionStatus, ModelDeploymentSpec } from '../../../api/types.ts';
import { mainOf } from '../../../workload/origin.ts';
import { isDeclared, isStreamed, modelVariable } from './revision.ts';
import { type RevisionWorkload, workloadOf } from './workload.ts';

/**
 * Whether the server of a revision got its model by itself. What was made tells it: the spec may describe another revision by now. Without that
 * the spec tells it, as long as it describes this one.
 */
export function hasStreamed(
  role: RevisionStatus,
  { workloads, spec }: { readonly workloads: readonly RevisionWorkload[]; readonly spec: ModelDeploymentSpec },
): boolean {
  const made = workloadOf(workloads, role.revision);
  const making = made?.workload.making(made.object);
  if (making === undefined) return isStreamed(spec) && isDeclared(role, spec);
  const main = mainOf(making.template.spec?.containers);
  // Any other server is told a path.
  return main?.env?.find(({ name }) => name === modelVariable)?.value === role.uri;
}
