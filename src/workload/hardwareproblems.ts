/** Why a container cannot have the hardware that it names. Only the operator can tell: the schema does not know the profiles. */
import type { Command } from '../api/command.ts';
import type { Accelerator, ContainerResources, PodOptions } from '../api/generated/shared.ts';
import type { Message } from '../api/message.ts';
import { firstMatch, type Rule } from '../api/rules.ts';
import { bytesOf } from '../domain/quantity.ts';
import { type HardwareProfile, profileOf, unknownProfile } from './hardware.ts';
import type { HardwareReason } from './hardwarereasons.ts';

/** What is declared of a container and its pod. */
interface DeclaredHardware {
  readonly accelerator?: Accelerator;
  readonly resources?: ContainerResources;
  readonly pod?: PodOptions;
}

/** Where it is declared: the path of the container, and how one edits it. */
interface DeclaredAt {
  readonly container: string;
  readonly edit: Command;
}

export interface HardwareProblem extends Message {
  /** CamelCase, the reason of a condition. */
  readonly reason: HardwareReason;
}

/** Undefined if there is what is asked for, or nothing is. */
export function hardwareProblem(
  declared: DeclaredHardware,
  profiles: readonly HardwareProfile[],
  at: DeclaredAt,
): HardwareProblem | undefined {
  const name = unknownProfile(declared.accelerator, profiles);
  if (name !== undefined) return isUnknown(name, profiles, at);
  const profile = profileOf(declared.accelerator, profiles);
  return profile && firstMatch(profileRules, declared, profile, at);
}

const inValues = 'accelerators in the values of the chart';

function isUnknown(name: string, profiles: readonly HardwareProfile[], at: DeclaredAt): HardwareProblem {
  const field = `${at.container}.accelerator`;
  const named = `${field}.profile is "${name}"`;
  if (profiles.length === 0) {
    return {
      reason: 'ProfileUnknown',
      what: `${named}, and the platform team has written down no hardware profile`,
      remedies: [
        { text: `have the platform team write it down, under ${inValues}` },
        { text: `name the device itself in ${field}.resource`, command: at.edit },
      ],
    };
  }
  return {
    reason: 'ProfileUnknown',
    what: `${named}, which is none of the hardware profiles that the platform team has written down: ${listed(profiles)}`,
    remedies: [
      { text: 'name one of those', command: at.edit },
      { text: `have the platform team write it down too, under ${inValues}` },
    ],
  };
}

/** How much of a message the names may take. */
const longestList = 240;

function listed(profiles: readonly HardwareProfile[]): string {
  const names = profiles.map(({ name }) => name);
  let shown = names.length;
  while (shown > 1 && names.slice(0, shown).join(', ').length > longestList) shown -= 1;
  const told = names.slice(0, shown).join(', ');
  return shown === names.length ? told : `${told} and ${names.length - shown} more`;
}

/** What a profile and the declaration cannot mean together. */
const profileRules: readonly Rule<[DeclaredHardware, HardwareProfile, DeclaredAt], HardwareProblem>[] = [
  sharedMemoryAboveMemory,
  devicesTwice,
];

/** The schema holds the memory against what is declared; a profile's amount is known here alone. */
function sharedMemoryAboveMemory(
  { resources, pod }: DeclaredHardware,
  { name, sharedMemory }: HardwareProfile,
  { container, edit }: DeclaredAt,
): HardwareProblem | undefined {
  const memory = resources?.memory;
  if (sharedMemory === undefined || memory === undefined || pod?.sharedMemory !== undefined) return undefined;
  const [shared, all] = [bytesOf(sharedMemory), bytesOf(memory)];
  if (shared === undefined || all === undefined || shared <= all) return undefined;
  return {
    reason: 'SharedMemoryTooLarge',
    what: `the hardware profile "${name}" has ${sharedMemory} of shared memory, above ${container}.resources.memory, which is ${memory} and of which it is taken`,
    remedies: [{ text: `raise the memory, or write less in ${container}.pod.sharedMemory`, command: edit }],
  };
}

function devicesTwice(
  { resources }: DeclaredHardware,
  { name, resource }: HardwareProfile,
  { container, edit }: DeclaredAt,
): HardwareProblem | undefined {
  if (!Object.hasOwn(resources?.extended ?? {}, resource)) return undefined;
  return {
    reason: 'DevicesTwice',
    what: `${container}.resources.extended has ${resource}, which is the device of the hardware profile "${name}" too`,
    remedies: [{ text: `remove it there, and say in ${container}.accelerator.count how many`, command: edit }],
  };
}
