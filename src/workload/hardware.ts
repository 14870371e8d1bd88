/** Hardware that the platform team has written down once, in the values of the chart, and that people name by accelerator.profile. */
import { defined } from '../api/defined.ts';
import type { Accelerator, EnvironmentVariable, PodOptions, Toleration } from '../api/generated/shared.ts';
import { canonicalJSON } from '../domain/canonical.ts';

/** One kind of hardware: what its nodes advertise, and what a pod needs to get there and to use it. */
export interface HardwareProfile {
  /** What people name it. */
  readonly name: string;
  /** The extended resource that its device plugin advertises. */
  readonly resource: string;
  /** The value of the node label `<resource>.product`. */
  readonly product?: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly tolerations?: readonly Toleration[];
  readonly runtimeClassName?: string;
  readonly sharedMemory?: string | number;
  /** Further extended resources, by name. */
  readonly extended?: Readonly<Record<string, string | number>>;
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

/** The devices that a container asks its node for, whichever way they were named. */
interface Devices {
  readonly resource: string;
  readonly count: number;
  readonly product?: string;
}

/** The profile that an accelerator names, if it names one that there is. */
export function profileOf(
  accelerator: Accelerator | undefined,
  profiles: readonly HardwareProfile[],
): HardwareProfile | undefined {
  return profiles.find(({ name }) => name === accelerator?.profile);
}

/** The profile that an accelerator names and that there is not; undefined if nothing is missing. */
export function unknownProfile(
  accelerator: Accelerator | undefined,
  profiles: readonly HardwareProfile[],
): string | undefined {
  return profileOf(accelerator, profiles) === undefined ? accelerator?.profile : undefined;
}

/**
 * What an accelerator asks of a node.
 * @param profile the one that it names; without it nothing is known of the devices that are meant.
 */
export function devicesOf(
  accelerator: Accelerator | undefined,
  profile: HardwareProfile | undefined,
): Devices | undefined {
  if (accelerator === undefined) return undefined;
  const { resource, product } = accelerator.profile === undefined ? accelerator : (profile ?? {});
  return resource === undefined ? undefined : defined<Devices>({ resource, count: accelerator.count, product });
}

/** A pod's options on the hardware of a profile. Where both say one thing, a person's word counts; tolerations are joined. */
export function onHardware(pod: PodOptions | undefined, profile: HardwareProfile | undefined): PodOptions | undefined {
  if (profile === undefined) return pod;
  const { nodeSelector, tolerations, runtimeClassName, sharedMemory } = profile;
  return defined<PodOptions>({
    ...pod,
    nodeSelector: merged(nodeSelector, pod?.nodeSelector),
    tolerations: joined(tolerations, pod?.tolerations),
    runtimeClassName: pod?.runtimeClassName ?? runtimeClassName,
    sharedMemory: pod?.sharedMemory ?? sharedMemory,
  });
}

/** The further extended resources of a container on the hardware of a profile; a person's amount counts. */
export function extendedOn(
  extended: Readonly<Record<string, string | number>> | undefined,
  profile: HardwareProfile | undefined,
): Readonly<Record<string, string | number>> | undefined {
  return merged(profile?.extended, extended);
}

/**
 * The variables of a container on the hardware of a profile, as they are to stand: what a person declares may refer to the profile's by
 * `$(NAME)`, and stands in the place of one of the same name.
 */
export function variablesOn(
  declared: readonly EnvironmentVariable[] | undefined,
  profile: HardwareProfile | undefined,
): readonly EnvironmentVariable[] | undefined {
  if (profile?.env === undefined) return declared;
  const names = new Set(declared?.map(({ name }) => name));
  return [...profile.env.filter(({ name }) => !names.has(name)), ...(declared ?? [])];
}

/** Undefined if neither says anything, so that who uses none of it has what he had. */
function merged<T>(
  usual: Readonly<Record<string, T>> | undefined,
  declared: Readonly<Record<string, T>> | undefined,
): Record<string, T> | undefined {
  return usual === undefined && declared === undefined ? undefined : { ...usual, ...declared };
}

function joined(
  usual: readonly Toleration[] | undefined,
  declared: readonly Toleration[] | undefined,
): Toleration[] | undefined {
  if (usual === undefined && declared === undefined) return undefined;
  const all = [...(usual ?? []), ...(declared ?? [])];
  return [...new Map(all.map((toleration) => [canonicalJSON(toleration), toleration])).values()];
}
