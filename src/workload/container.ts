import type { IContainer, IEnvVar, IPodSecurityContext, IPodSpec, IResourceRequirements } from 'kubernetes-models/v1';
import { defined } from '../api/defined.ts';
import type { Accelerator, ComputeResources, EnvironmentVariable } from '../api/generated/shared.ts';

/** What people declare of a container, wherever it runs. */
export interface DeclaredContainer {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly EnvironmentVariable[];
  readonly resources?: ComputeResources;
  readonly accelerator?: Accelerator;
}

/** The user's container. Others of the pod are ours, or of whoever injects them. */
export const mainContainer = 'main';

/** The group that training pods write as and servers read as, so that a model which is readable for its group can be served. */
export const modelGroup = 65532;

/** What a container must not be able to do, by the restricted Pod Security Standard. */
export const restrictedContainer = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/**
 * A user's container as it was declared, restricted. If it fails without a termination message, the end of its log is one: a traceback tells
 * more than an exit code.
 * @param env see `environment`.
 */
export function userContainer(declared: DeclaredContainer, env: IEnvVar[]): IContainer {
  const { image, command, args, resources, accelerator } = declared;
  return defined<IContainer>({
    name: mainContainer,
    image,
    command: command && [...command],
    args: args && [...args],
    env,
    resources: containerResources(resources, accelerator),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: restrictedContainer,
  });
}

/**
 * What the pod of a user's container has around it: it runs as the user of its image, who must not be root, without a service
 * account token, on a node with the accelerator.
 * @param groups which groups its files are of, and how.
 */
export function restrictedPod(
  { accelerator }: Pick<DeclaredContainer, 'accelerator'>,
  groups: Pick<IPodSecurityContext, 'fsGroup' | 'fsGroupChangePolicy' | 'supplementalGroups'>,
): Omit<IPodSpec, 'containers'> {
  return defined<Omit<IPodSpec, 'containers'>>({
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, ...groups, seccompProfile: { type: 'RuntimeDefault' } },
    nodeSelector: productSelector(accelerator),
  });
}

/** The label that the vendor's feature discovery puts on nodes: `nvidia.com/gpu.product` for the resource `nvidia.com/gpu`. */
export function productLabel(resource: string): string {
  return `${resource}.product`;
}

/**
 * Requests equal limits: a program that shares memory is killed for its neighbour's growth, and one that is served has what it was
 * tried with, whatever else runs on its node. Undefined if nothing is asked for.
 */
function containerResources(
  compute: ComputeResources | undefined,
  accelerator: Accelerator | undefined,
): IResourceRequirements | undefined {
  const amounts: Record<string, string> = {
    ...(compute?.cpu !== undefined && { cpu: String(compute.cpu) }),
    ...(compute?.memory !== undefined && { memory: String(compute.memory) }),
    ...(accelerator?.resource !== undefined && { [accelerator.resource]: String(accelerator.count) }),
  };
  return Object.keys(amounts).length === 0 ? undefined : { requests: amounts, limits: amounts };
}

function productSelector(accelerator: Accelerator | undefined): Record<string, string> | undefined {
  const { resource, product } = accelerator ?? {};
  return resource === undefined || product === undefined ? undefined : { [productLabel(resource)]: product };
}
