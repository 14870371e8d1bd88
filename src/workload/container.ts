import type { IContainer, IEnvVar, IResourceRequirements, ISecurityContext, IVolumeMount } from 'kubernetes-models/v1';
import { defined } from '../api/defined.ts';
import type {
  Accelerator,
  ContainerResources,
  EnvironmentSource,
  EnvironmentVariable,
  PodContainer,
  PodOptions,
} from '../api/generated/shared.ts';
import { environment } from './environment.ts';
import { devicesOf, extendedOn, type HardwareProfile, onHardware } from './hardware.ts';
import { mountsIn, mountsOfMain } from './volumes.ts';

/** What people declare of their container, wherever it runs. */
export interface DeclaredContainer {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env?: readonly EnvironmentVariable[];
  readonly envFrom?: readonly EnvironmentSource[];
  readonly resources?: ContainerResources;
  readonly accelerator?: Accelerator;
}

/** What people declare of a pod, and what their platform team has written down for it. */
export interface DeclaredPod {
  readonly main: DeclaredContainer;
  readonly options: PodOptions | undefined;
  /** The profile that the accelerator names. */
  readonly hardware: HardwareProfile | undefined;
}

/** What holds for a pod of what people and their platform team say. */
export function optionsOf({ options, hardware }: Pick<DeclaredPod, 'options' | 'hardware'>): PodOptions {
  return onHardware(options, hardware) ?? {};
}

/** The user's container. Others of the pod are declared beside it, or ours, or of whoever injects them. */
export const mainContainer = 'main';

/** What a container must not be able to do, by the restricted Pod Security Standard. */
export const restrictedContainer = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/**
 * The user's container as it was declared, restricted. If it fails without a termination message, the end of its log is one: a traceback
 * tells more than an exit code.
 * @param env see `environment`.
 * @param artifacts where it finds what it reads, and leaves what it makes.
 */
export function userContainer(declared: DeclaredPod, env: IEnvVar[], artifacts: readonly IVolumeMount[]): IContainer {
  const { main } = declared;
  const options = optionsOf(declared);
  const mounts = [...artifacts, ...mountsOfMain(options)];
  return defined<IContainer>({
    name: mainContainer,
    image: main.image,
    command: main.command && [...main.command],
    args: main.args && [...main.args],
    workingDir: main.workingDir,
    env,
    envFrom: main.envFrom && [...main.envFrom],
    resources: resourcesOf(declared),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: securityContextOf(options),
    volumeMounts: mounts.length === 0 ? undefined : mounts,
  });
}

/** What people declare before and beside their container: what ends before it starts, then what runs as long as it does. */
export function containersBeside(options: PodOptions): IContainer[] {
  const { initContainers = [], sidecars = [] } = options;
  return [
    ...initContainers.map((container) => containerBeside(container, options)),
    ...sidecars.map((container): IContainer => ({ ...containerBeside(container, options), restartPolicy: 'Always' })),
  ];
}

function containerBeside(declared: PodContainer, options: PodOptions): IContainer {
  const { name, image, command, args, env, resources, volumeMounts } = declared;
  return defined<IContainer>({
    name,
    image,
    command,
    args,
    env: env && environment([], env),
    resources: amounts(resources, {}),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: securityContextOf(options),
    volumeMounts: volumeMounts && mountsIn(volumeMounts),
  });
}

/** The label that the vendor's feature discovery puts on nodes: `nvidia.com/gpu.product` for the resource `nvidia.com/gpu`. */
export function productLabel(resource: string): string {
  return `${resource}.product`;
}

/** Of people's containers; ours run as the user of our image. */
function securityContextOf({ runAsUser, runAsGroup }: PodOptions): ISecurityContext {
  return defined<ISecurityContext>({ ...restrictedContainer, runAsUser, runAsGroup });
}

function resourcesOf({ main: { resources, accelerator }, hardware }: DeclaredPod): IResourceRequirements | undefined {
  const devices = devicesOf(accelerator, hardware);
  return amounts(resources, {
    ...extendedOn(resources?.extended, hardware),
    ...(devices && { [devices.resource]: devices.count }),
  });
}

/**
 * Requests equal limits, unless people want less set aside: a program that shares memory is killed for its neighbour's growth, and one that
 * is served has what it was tried with, whatever else runs on its node. Undefined if nothing is asked for.
 */
function amounts(
  compute: ContainerResources | undefined,
  extended: Readonly<Record<string, string | number>>,
): IResourceRequirements | undefined {
  const { cpu, memory, ephemeralStorage, requests } = compute ?? {};
  const limits = asText({ cpu, memory, 'ephemeral-storage': ephemeralStorage, ...extended });
  const asked = { ...limits, ...asText({ cpu: requests?.cpu, memory: requests?.memory }) };
  if (Object.keys(asked).length === 0) return undefined;
  return defined<IResourceRequirements>({
    requests: asked,
    limits: Object.keys(limits).length === 0 ? undefined : limits,
  });
}

function asText(quantities: Readonly<Record<string, string | number | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(quantities).flatMap(([name, quantity]) =>
      quantity === undefined ? [] : [[name, String(quantity)]],
    ),
  );
}
