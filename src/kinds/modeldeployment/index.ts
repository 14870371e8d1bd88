import type { IModelDeployment } from '../../api/types.ts';
import { modelDeployments } from '../../api/kinds.ts';
import type { Controller } from '../../controller.ts';
import { observe } from './observe.ts';
import type { ModelDeploymentFacts } from './observe.ts';
import { plan } from './plan.ts';
import { questions } from './rollout/questions.ts';
import { headline } from './status/headline.ts';
import { refused } from './status/refused.ts';
import { trafficBackends } from './traffic/index.ts';
import type { Traffic } from './traffic/traffic.ts';
import type { StorageInstallation } from '../../storage/installation.ts';
import type { HardwareProfile } from '../../workload/hardware.ts';
import type { Provenance } from '../../workload/origin.ts';
import type { ObserverAmounts } from './revision/amounts.ts';
import { withMade } from './revision/made.ts';
import { watchesOf } from './watches.ts';

export { parseObserverAmounts } from './revision/amounts.ts';
export type { ObserverAmounts } from './revision/amounts.ts';

export interface ModelDeploymentOptions {
  /** The image of the sidecar; that of the operator. */
  readonly observerImage: string;
  /** What each observer gets of its node, unless its deployment says so itself; as the chart has it if absent. */
  readonly observerAmounts?: ObserverAmounts | undefined;
  /** How the installation reaches stores; as the chart has it if absent. */
  readonly installation?: StorageInstallation | undefined;
  /** The hardware that people may name by accelerator.profile. */
  readonly profiles?: readonly HardwareProfile[];
  /** Whether objects with our labels come from us alone. */
  readonly provenance: Provenance;
  /** What may divide the requests between revisions. */
  readonly backends?: readonly Traffic[];
}

/** The controller that serves models: one Deployment and Service per revision, rolled out step by step. */
export function createModelDeploymentController({
  observerImage,
  observerAmounts,
  installation,
  profiles = [],
  provenance,
  backends = trafficBackends,
}: ModelDeploymentOptions): Controller<IModelDeployment, ModelDeploymentFacts> {
  return {
    kind: modelDeployments,
    watches: watchesOf(backends),
    observe: (parent, read) =>
      observe(parent, read, { observerImage, observerAmounts, installation, profiles, provenance, backends }),
    questions,
    plan,
    refused,
    made: withMade,
    headline,
  };
}
