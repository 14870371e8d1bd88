import { conditions } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import type { IModelDeployment, ModelDeploymentStatus } from '../../api/types.ts';
import { label } from '../../api/labels.ts';
import type { Plan } from '../../controller.ts';
import type { Answers } from '../../measure/measure.ts';
import { actionsFor } from './actions.ts';
import type { ModelDeploymentFacts } from './observe.ts';
import { decide } from './rollout/rollout.ts';
import type { Decision } from './rollout/rollout.ts';
import { sharersOf, situationOf } from './rollout/situation.ts';
import type { Situation } from './rollout/situation.ts';
import { conditionsFor } from './status/conditions.ts';

/**
 * Commit, then act: the actions follow the roles that the status already holds; what is decided now goes into the status, and
 * the next pass acts on it. A crash in between loses nothing and repeats nothing.
 */
export function plan(facts: ModelDeploymentFacts, answers: Answers, now: Date): Plan<IModelDeployment> {
  const situation = situationOf(facts, now);
  const decision = decide(situation, answers, now);
  return {
    actions: actionsFor(situation),
    status: statusOf(situation, decision, now),
    ...(decision.after !== undefined && { requeueAfter: decision.after }),
  };
}

function statusOf(situation: Situation, decision: Decision, now: Date): ModelDeploymentStatus {
  const { facts, name, traffic, entrance } = situation;
  const { metadata, status: before } = facts.parent;
  const { rejected, ...roles } = decision.roles;
  return defined<ModelDeploymentStatus>({
    observedGeneration: metadata?.generation,
    conditions: conditions(before?.conditions, conditionsFor(situation, decision), now),
    replicas: facts.workloads.reduce((sum, { pods }) => sum + pods.present, 0),
    readyReplicas: facts.workloads.reduce((sum, { pods }) => sum + pods.ready, 0),
    selector: `${label.modelDeployment}=${name}`,
    ...roles,
    weight: roles.candidate && traffic.weight(sharersOf(decision.roles, facts), facts),
    rejected: rejected.length > 0 ? [...rejected] : undefined,
    url: entrance.url,
  });
}
