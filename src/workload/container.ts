import type { IResourceRequirements } from 'kubernetes-models/v1';
import type { Accelerator, ComputeResources } from '../api/generated/shared.ts';

/** What a container must not be able to do, by the restricted Pod Security Standard. */
export const restrictedContainer = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/**
 * Requests equal limits: a program that shares memory is killed for its neighbour's growth, and one that is served has what it was
 * tried with, whatever else runs on its node. Undefined if nothing is asked for.
 */
export function containerResources(
  compute: ComputeResources | undefined,
  accelerator: Accelerator | undefined,
): IResourceRequirements | undefined {
  const amounts: Record<string, string> = {
    ...(compute?.cpu !== undefined && { cpu: String(compute.cpu) }),
    ...(compute?.memory !== undefined && { memory: String(compute.memory) }),
    ...(accelerator !== undefined && { [accelerator.resource]: String(accelerator.count) }),
  };
  return Object.keys(amounts).length === 0 ? undefined : { requests: amounts, limits: amounts };
}

/** The label that the vendor's feature discovery puts on nodes: `nvidia.com/gpu.product` for the resource `nvidia.com/gpu`. */
export function productSelector(accelerator: Accelerator | undefined): Record<string, string> | undefined {
  return accelerator?.product === undefined ? undefined : { [`${accelerator.resource}.product`]: accelerator.product };
}
