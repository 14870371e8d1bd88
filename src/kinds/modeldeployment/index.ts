import type { IModelDeployment, ModelDeploymentStatus } from '../../api/types.ts';
import { conditionHeadline } from '../../api/headline.ts';
import { modelDeployments } from '../../api/kinds.ts';
import type { Controller } from '../../controller.ts';
import type { PrometheusClient } from '../../measure/prometheus.ts';
import { observe } from './observe.ts';
import type { ModelDeploymentFacts } from './observe.ts';
import { plan } from './plan.ts';
import { refused } from './status/refused.ts';
import { createSampler } from './rollout/sampler.ts';
import { trafficBackends } from './traffic/index.ts';
import type { Traffic } from './traffic/traffic.ts';
import { watchesOf } from './watches.ts';

export interface ModelDeploymentOptions {
  /** Absent where the installation has none; then a rollout with analysis holds. */
  readonly prometheus?: PrometheusClient;
  /** The image of the sidecar; that of the operator. */
  readonly observerImage: string;
  /** What may divide the requests between revisions. */
  readonly backends?: readonly Traffic[];
}

/** The controller that serves models: one Deployment and Service per revision, rolled out step by step. */
export function createModelDeploymentController({
  prometheus,
  observerImage,
  backends = trafficBackends,
}: ModelDeploymentOptions): Controller<IModelDeployment, ModelDeploymentFacts> {
  const sampler = createSampler(prometheus);
  return {
    kind: modelDeployments,
    watches: watchesOf(backends),
    observe: (parent, read, now) => observe(parent, read, now, { observerImage, sampler, backends }),
    plan,
    refused,
    headline: (status) => conditionHeadline(status.conditions, 'Ready', episode(status)),
  };
}

/** What was declared, and the revision that came of it; a rejection is an episode too, though the same revision goes on serving. */
function episode({ observedGeneration, candidate, stable, rejected }: ModelDeploymentStatus): string {
  const role = candidate ?? stable;
  return [observedGeneration, role?.revision, role?.since, rejected?.at(-1)?.time].join('/');
}
