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
import type { Provenance } from '../../workload/origin.ts';
import { withMade } from './revision/made.ts';
import { watchesOf } from './watches.ts';

export interface ModelDeploymentOptions {
  /** The image of the sidecar; that of the operator. */
  readonly observerImage: string;
  /** Whether objects with our labels come from us alone. */
  readonly provenance: Provenance;
  /** What may divide the requests between revisions. */
  readonly backends?: readonly Traffic[];
}

/** The controller that serves models: one Deployment and Service per revision, rolled out step by step. */
export function createModelDeploymentController({
  observerImage,
  provenance,
  backends = trafficBackends,
}: ModelDeploymentOptions): Controller<IModelDeployment, ModelDeploymentFacts> {
  return {
    kind: modelDeployments,
    watches: watchesOf(backends),
    observe: (parent, read) => observe(parent, read, { observerImage, provenance, backends }),
    questions,
    plan,
    refused,
    made: withMade,
    headline,
  };
}
