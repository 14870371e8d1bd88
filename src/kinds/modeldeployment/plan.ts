import { conditions } from '../../api/condition.ts';
import type { IModelDeployment, ModelDeploymentStatus } from '../../api/types.ts';
import { label } from '../../api/labels.ts';
import type { Plan } from '../../controller.ts';
import { actionsFor } from './actions.ts';
import { conditionsFor, weightOf } from './status/conditions.ts';
import type { ModelDeploymentFacts } from './observe.ts';
import { decide } from './rollout/rollout.ts';
import type { Decision } from './rollout/rollout.ts';
import { situationOf } from './rollout/situation.ts';
import type { Situation } from './rollout/situation.ts';

/**
 * Commit, then act: the actions follow the roles that the status already holds; what is decided now goes into the status, and
 * the next pass acts on it. A crash in between loses nothing and repeats nothing.
 */
export function plan(observed: ModelDeploymentFacts, now: Date): Plan<IModelDeployment> {
  const situation = situationOf(observed, now);
  const decision = decide(situation, now);
  return {
    actions: actionsFor(situation),
    status: statusOf(situation, decision, now),
    ...(decision.after !== undefined && { requeueAfter: decision.after }),
  };
}

function statusOf(situation: Situation, decision: Decision, now: Date): ModelDeploymentStatus {
  const { observed, name, namespace } = situation;
  const { metadata, status: before } = observed.parent;
  const { rejected, ...roles } = decision.roles;
  const weight = weightOf(situation, decision);
  return {
    ...(metadata?.generation !== undefined && { observedGeneration: metadata.generation }),
    conditions: conditions(before?.conditions, conditionsFor(situation, decision), now),
    replicas: podsOf(situation, 'replicas'),
    readyReplicas: podsOf(situation, 'readyReplicas'),
    selector: `${label.modelDeployment}=${name}`,
    ...roles,
    ...(weight !== undefined && { weight }),
    ...(rejected.length > 0 && { rejected: [...rejected] }),
    url: `http://${name}.${namespace}.svc`,
  };
}

function podsOf({ observed }: Situation, which: 'replicas' | 'readyReplicas'): number {
  return observed.deployments.reduce((sum, { status }) => sum + (status?.[which] ?? 0), 0);
}
