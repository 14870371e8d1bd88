import { conditions, timestamp } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import type { CandidateStatus, IModelDeployment, ModelDeploymentStatus, RevisionStatus } from '../../api/types.ts';
import { label } from '../../api/labels.ts';
import type { Plan } from '../../controller.ts';
import type { Answers } from '../../measure/measure.ts';
import { uidOf } from '../../api/resource.ts';
import { workloadOf } from './revision/workload.ts';
import { actionsFor } from './actions.ts';
import type { ModelDeploymentFacts } from './observe.ts';
import { holdEnd } from './rollout/hold.ts';
import { type Decision, soonest } from './rollout/progress.ts';
import type { Roles } from './rollout/roles.ts';
import { decide } from './rollout/rollout.ts';
import { sharersOf, situationOf } from './rollout/situation.ts';
import { makingOfRole } from './rollout/tried.ts';
import type { Situation } from './rollout/situation.ts';
import { slownessOf } from './rollout/slowness.ts';
import { currentStep } from './rollout/steps.ts';
import { capacityOf } from './status/capacity.ts';
import { named, podsOf } from './status/columns.ts';
import { conditionsFor } from './status/conditions.ts';

/**
 * Commit, then act: the actions follow the roles that the status already holds; what is decided now goes into the status, and
 * the next pass acts on it. A crash in between loses nothing and repeats nothing.
 */
export function plan(facts: ModelDeploymentFacts, answers: Answers, now: Date): Plan<IModelDeployment> {
  const situation = situationOf(facts, now);
  const decision = decide(situation, answers, now);
  const { after } = soonest(decision.after, slownessOf(situation.stableHealth).after);
  return {
    actions: actionsFor(situation),
    status: statusOf(situation, decision, now),
    ...(after !== undefined && { requeueAfter: after }),
  };
}

function statusOf(situation: Situation, decision: Decision, now: Date): ModelDeploymentStatus {
  const { facts, key, traffic, entrance } = situation;
  const { metadata, status: before } = facts.parent;
  const { rejected, candidate, ...roles } = decision.roles;
  const wanted = conditionsFor(situation, decision);
  const isReady = wanted.some(({ type, status }) => type === 'Ready' && status === 'True');
  return defined<ModelDeploymentStatus>({
    observedGeneration: metadata?.generation,
    conditions: conditions(before?.conditions, wanted, now),
    replicas: facts.workloads.reduce((sum, { pods }) => sum + pods.present, 0),
    readyReplicas: facts.workloads.reduce((sum, { pods }) => sum + pods.ready, 0),
    pods: podsOf(facts),
    selector: `${label.modelDeployment}=${key.name}`,
    reachedReplicas: isReady ? capacityOf(facts).reached : undefined,
    stable: roles.stable && remembering(facts, roles.stable),
    previous: roles.previous && remembering(facts, roles.previous),
    outage: decision.outage,
    lastOutage: decision.lastOutage,
    candidate: candidate && remembering(facts, named(atItsStep(situation, decision.roles, candidate), roles.stable)),
    weight: candidate && traffic.weight(sharersOf(decision.roles, facts), facts),
    rejected: rejected.length > 0 ? [...rejected] : undefined,
    url: entrance.url,
  });
}

/** With what its workload was made from, where that was not known yet. */
function remembering<R extends RevisionStatus>(facts: ModelDeploymentFacts, role: R): R {
  const making = makingOfRole(facts, role);
  const found = workloadOf(facts.workloads, role.revision);
  if (making?.type !== 'Own' || making.digest === undefined || found === undefined) return role;
  return { ...role, workloadUID: uidOf(found.object), templateDigest: making.digest };
}

/** With the weight and the time that follow from its step. */
function atItsStep(situation: Situation, roles: Roles, candidate: CandidateStatus): CandidateStatus {
  const step = currentStep({ ...situation, roles }, candidate);
  const { weightSince } = candidate;
  const holdUntil = weightSince === undefined ? undefined : timestamp(new Date(holdEnd(weightSince, step)));
  return defined<CandidateStatus>({ ...candidate, weight: step.weight, holdUntil });
}
