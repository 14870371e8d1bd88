import type { Reason } from '../api/reason.ts';

/** Why nothing can be made on the hardware that is named, see hardwareproblems.ts. */
export const hardwareReasons = {
  ProfileUnknown: {
    meaning: 'The spec names a hardware profile that the platform team has not written down.',
    evidence: "accelerator.profile in the spec, and the list accelerators in the chart's values",
    actor: 'Author',
    remedy: "Name a profile that there is, or have it written down in accelerators of the chart's values.",
  },
  SharedMemoryTooLarge: {
    meaning:
      'The hardware profile has more shared memory than the spec gives the container memory, of which it is taken.',
    evidence: 'resources.memory in the spec, and what the condition says of the profile',
    actor: 'Author',
    remedy: 'Raise resources.memory above what the condition says.',
  },
  DevicesTwice: {
    meaning: 'The spec asks for the device of its hardware profile a second time.',
    evidence: 'resources.extended and accelerator in the spec',
    actor: 'Author',
    remedy: 'Leave the device out of resources.extended: the profile brings it.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

export type HardwareReason = keyof typeof hardwareReasons;
