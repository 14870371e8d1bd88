/** All faults that there are recordings of. */
import type { Faults } from '../fault.ts';
import { besideFaults } from './beside.ts';
import { hardwareFaults, nodeFaults } from './hardware.ts';
import { imageFaults } from './images.ts';
import { limitFaults } from './limits.ts';
import { monitorFaults } from './monitors.ts';
import { operatorFaults } from './operator.ts';
import { referenceFaults } from './references.ts';
import { rolloutFaults } from './rollouts.ts';
import { serverFaults } from './servers.ts';
import { storeFaults } from './stores.ts';
import { trainingFaults } from './trainings.ts';

/** Those that disturb nobody. */
export const besideOthers: Faults = {
  ...imageFaults,
  ...trainingFaults,
  ...hardwareFaults,
  ...limitFaults,
  ...referenceFaults,
  ...besideFaults,
  ...serverFaults,
  ...rolloutFaults,
  ...monitorFaults,
  ...storeFaults,
};

/** Those with nodes of their own, which the others would be told of. */
export const withNodes: Faults = nodeFaults;

/** Those that are everybody's, one after the other. */
export const oneByOne: Faults = operatorFaults;

export const allFaults: Faults = { ...besideOthers, ...withNodes, ...oneByOne };

/** Says nothing of the fault, lest an answer that names the namespace look right. */
export function namespaceOf(fault: string): string {
  return `team-${Object.keys(allFaults).indexOf(fault) + 1}`;
}
