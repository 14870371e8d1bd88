import { amountRefusals } from './amounts.ts';
import { containerRefusals } from './containers.ts';
import { imageRefusals } from './images.ts';
import { modelDeploymentRefusals } from './modeldeployment.ts';
import { modelVersionRefusals } from './modelversion.ts';
import { monitorRefusals } from './monitor.ts';
import { nameRefusals } from './names.ts';
import { placementRefusals } from './placement.ts';
import { podRefusals } from './pods.ts';
import type { Refusal } from './refusal.ts';
import { serverRefusals } from './servers.ts';
import { storageRefusals } from './storage.ts';
import { timeTextRefusals } from './times.ts';
import { trainingRunRefusals } from './trainingrun.ts';
import { uriRefusals } from './uris.ts';
import { volumeRefusals } from './volumes.ts';

/** One for each CEL rule at least. */
export const refusals: readonly Refusal[] = [
  ...trainingRunRefusals,
  ...modelVersionRefusals,
  ...modelDeploymentRefusals,
  ...monitorRefusals,
  ...amountRefusals,
  ...imageRefusals,
  ...nameRefusals,
  ...timeTextRefusals,
  ...containerRefusals,
  ...podRefusals,
  ...placementRefusals,
  ...volumeRefusals,
  ...uriRefusals,
  ...storageRefusals,
  ...serverRefusals,
];
