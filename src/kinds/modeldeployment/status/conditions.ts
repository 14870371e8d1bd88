import type { NewCondition } from '../../../api/condition.ts';
import { firstMatch } from '../../../api/rules.ts';
import type { Rule } from '../../../api/rules.ts';
import type { RevisionStatus } from '../../../api/types.ts';
import type { Health } from '../revision/health.ts';
import type { Decision } from '../rollout/progress.ts';
import { isWayBack, type Named, titleOf } from '../rollout/roles.ts';
import type { Situation } from '../rollout/situation.ts';
import { slownessOf, tookOf } from '../rollout/slowness.ts';
import { foretold } from '../rollout/surge.ts';
import { pauseOf } from '../rollout/steering.ts';
import { sentence } from '../rollout/words.ts';
import { type Capacity, capacityOf } from './capacity.ts';
import { serving } from './serving.ts';
import type { DeploymentReason } from './reasons.ts';

interface Why {
  readonly reason: DeploymentReason;
  readonly message: string;
}

/** What Ready says. */
interface Readiness extends Why {
  readonly status: 'True' | 'False';
}

/** What the other conditions go by. */
interface Summed {
  readonly situation: Situation;
  readonly decision: Decision;
  readonly ready: Readiness;
  /** Whether more pods were declared than there are yet. */
  readonly isGrowing: boolean;
}

/** Ready sums up; the others exist only while True, as kstatus expects. */
export function conditionsFor(situation: Situation, decision: Decision): readonly NewCondition[] {
  const capacity = capacityOf(situation.facts);
  const ready = readiness(situation, decision, capacity);
  const { reached = 0 } = capacity;
  const isGrowing = decision.roles.stable !== undefined && ready.status === 'True' && reached < situation.replicas;
  const summed = { situation, decision, ready, isGrowing };
  const all: { readonly [type: string]: Why | undefined } = {
    Stalled: stalled(summed),
    Reconciling: reconciling(summed),
    Suspended: suspended(situation, decision),
    Blocked: blocked(summed),
  };
  const present = Object.entries(all).flatMap(([type, why]) =>
    why === undefined ? [] : [{ type, status: 'True' as const, reason: why.reason, message: why.message }],
  );
  const observedGeneration = situation.facts.parent.metadata?.generation;
  return [{ type: 'Ready', ...ready }, ...present].map((condition) =>
    observedGeneration === undefined ? condition : { ...condition, observedGeneration },
  );
}

/** A revision that is stable, after the decision. */
interface Serving {
  readonly situation: Situation;
  readonly decision: Decision;
  readonly stable: RevisionStatus;
  readonly capacity: Capacity;
}

/** Why clients are not served as the spec says, or need not be. If all are silent, they are. */
const readinessRules: readonly Rule<[Serving], Readiness>[] = [
  outage,
  revisionRejected,
  entranceMissing,
  scaledToZero,
  podsNotReady,
];

function readiness(situation: Situation, decision: Decision, capacity: Capacity): Readiness {
  const { roles, progress } = decision;
  const { stable } = roles;
  if (stable === undefined) {
    const none = { reason: 'Deploying', message: 'Nothing serves yet.' } as const;
    const why = progress.type === 'Settled' ? none : progress;
    return { status: 'False', reason: why.reason, message: why.message };
  }
  const at = { situation, decision, stable, capacity };
  return firstMatch(readinessRules, at) ?? { status: 'True', ...serving(at) };
}

/** Whoever set spec.rollout.surge to Never was told before that it comes. */
function outage({ decision, stable }: Serving): Readiness | undefined {
  if (decision.outage === undefined) return undefined;
  const { roles, progress } = decision;
  const { candidate } = roles;
  const what =
    candidate === undefined
      ? `Nothing serves: ${titleOf(stable)} comes back (spec.rollout.surge is Never)`
      : `Nothing serves: ${titleOf(stable)} was ended to try ${titleOf(candidate)} (spec.rollout.surge is Never)`;
  const more = progress.type === 'Settled' ? [] : [progress.message];
  return { status: 'False', reason: 'Outage', message: [sentence({ what }), ...more].join(' ') };
}

function revisionRejected({ decision: { progress }, stable }: Serving): Readiness | undefined {
  if (progress.type !== 'Stuck' || progress.reason !== 'RevisionRejected') return undefined;
  const message = `${titleOf(stable)} goes on serving. ${progress.message}`;
  return { status: 'False', reason: progress.reason, message };
}

function entranceMissing({ situation: { entrance } }: Serving): Readiness | undefined {
  return entrance.missing && { status: 'False', ...entrance.missing };
}

function scaledToZero({ situation: { replicas }, stable }: Serving): Readiness | undefined {
  if (replicas > 0) return undefined;
  const message = sentence({ what: `${titleOf(stable)} has no pods, as spec.replicas says` });
  return { status: 'True', reason: 'ScaledToZero', message };
}

function podsNotReady({ situation, decision, stable, capacity }: Serving): Readiness | undefined {
  if (capacity.isEnough) return undefined;
  const { replicas } = situation;
  const { candidate } = decision.roles;
  if (candidate?.aloneSince !== undefined) return { status: 'False', ...notReadyAlone(stable, candidate) };
  const health = healthOf(situation, stable);
  const why = health.type === 'Healthy' || health.type === 'Starting' ? undefined : health;
  const slow = slownessOf(health).message;
  const told = why?.message ?? (slow === undefined ? '' : [slow, tookOf(stable) ?? []].flat().join(' '));
  const few = `${titleOf(stable)} has fewer than ${replicas} pods that have been ready for spec.rollout.minReady.`;
  const ends = candidate?.endsStable === true ? sentence({ what: foretold(decision.roles, candidate) }) : '';
  const message = [few, told, ends].filter((part) => part !== '').join(' ');
  return { status: 'False', reason: why?.reason ?? 'PodsNotReady', message };
}

function notReadyAlone(stable: RevisionStatus, candidate: Named): Why {
  const what = `${titleOf(candidate)} answers in the place of ${titleOf(stable)}, but not for spec.rollout.minReady yet`;
  return { reason: 'PodsNotReady', message: sentence({ what }) };
}

/** What was found is about what was stable before the decision. */
function healthOf({ roles, stableHealth }: Situation, stable: RevisionStatus): Health {
  return roles.stable?.revision === stable.revision ? stableHealth : { type: 'Healthy' };
}

/** A server that fails is told also while enough others of it serve, unless the one before it takes over by itself. */
function stalled({ situation, decision: { progress, roles } }: Summed): Why | undefined {
  const forged = situation.forged ?? situation.stableForged;
  if (forged !== undefined) return forged;
  if (progress.type === 'Stuck') return progress;
  const { stable, candidate } = roles;
  if (stable === undefined || (candidate !== undefined && isWayBack(roles, candidate))) return undefined;
  const health = healthOf(situation, stable);
  return health.type === 'Held' || health.type === 'Guilty' ? health : undefined;
}

/** Whoever has enough pods does without one more for a while. */
function blocked({ situation, decision, ready, isGrowing }: Summed): Why | undefined {
  const { progress, roles } = decision;
  if (progress.type === 'Blocked') return progress;
  if (roles.stable === undefined || (ready.status === 'True' && !isGrowing)) return undefined;
  const health = healthOf(situation, roles.stable);
  return health.type === 'Blocked' ? health : undefined;
}

/** What people hold back: it says so also of a rollout that goes on up to there. */
function suspended(situation: Situation, { progress, roles }: Decision): Why | undefined {
  if (progress.type === 'Suspended') return progress;
  return pauseOf({ ...situation, roles });
}

function reconciling(summed: Summed): Why | undefined {
  const { situation, decision, ready, isGrowing } = summed;
  const { progress, roles } = decision;
  if (progress.type === 'Moving' || progress.type === 'Blocked') return progress;
  if (progress.type === 'Stuck' || progress.type === 'Suspended') return undefined;
  if (ready.status === 'False') return stalled(summed) === undefined ? ready : undefined;
  if (roles.stable === undefined) return undefined;
  return finishing(situation, roles.stable) ?? (isGrowing ? (blocked(summed) ?? scaling(situation)) : undefined);
}

/** A promotion is over when the pods of the others are gone. */
function finishing({ facts }: Situation, stable: RevisionStatus): Why | undefined {
  const others = facts.workloads.some(({ revision, pods }) => revision !== stable.revision && pods.wanted > 0);
  if (!others) return undefined;
  return { reason: 'Finishing', message: sentence({ what: `${titleOf(stable)} takes over all requests` }) };
}

function scaling({ replicas }: Situation): Why {
  return {
    reason: 'Scaling',
    message: sentence({ what: `Pods get ready until ${replicas} serve, as spec.replicas says` }),
  };
}
