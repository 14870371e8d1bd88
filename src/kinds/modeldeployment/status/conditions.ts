import { findCondition } from '../../../api/condition.ts';
import type { NewCondition } from '../../../api/condition.ts';
import { firstMatch } from '../../../api/rules.ts';
import type { Rule } from '../../../api/rules.ts';
import type { RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { compareVersions } from '../../../domain/versions.ts';
import { isWayBack, titleOf } from '../rollout/roles.ts';
import type { Decision } from '../rollout/rollout.ts';
import type { Situation } from '../rollout/situation.ts';

interface Why {
  readonly reason: string;
  readonly message: string;
}

/** What Ready says. */
interface Readiness extends Why {
  readonly status: 'True' | 'False';
}

/** Ready sums up; Reconciling, Stalled and Blocked exist only while True, as kstatus expects. */
export function conditionsFor(situation: Situation, decision: Decision): readonly NewCondition[] {
  const { progress } = decision;
  const ready = readiness(situation, decision);
  const all: { readonly [type: string]: Why | undefined } = {
    Stalled: progress.type === 'Stuck' ? progress : stalledStable(situation, ready),
    Reconciling: reconciling(situation, decision, ready),
    Blocked: progress.type === 'Blocked' ? progress : blockedStable(situation, ready),
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
}

/** Why clients are not served as the spec says, or need not be. If all are silent, they are. */
const readinessRules: readonly Rule<[Serving], Readiness>[] = [
  revisionRejected,
  entranceMissing,
  scaledToZero,
  podsNotReady,
];

function readiness(situation: Situation, decision: Decision): Readiness {
  const { roles, progress } = decision;
  const { stable } = roles;
  if (stable === undefined) {
    const why = progress.type === 'Settled' ? { reason: 'Deploying', message: 'Nothing serves yet.' } : progress;
    return { status: 'False', reason: why.reason, message: why.message };
  }
  const at = { situation, decision, stable };
  return firstMatch(readinessRules, at) ?? { status: 'True', ...serving(at) };
}

function revisionRejected({ decision: { progress }, stable }: Serving): Readiness | undefined {
  if (progress.type !== 'Stuck' || progress.reason !== 'RevisionRejected') return undefined;
  const message = `${progress.message} ${titleOf(stable)} goes on serving.`;
  return { status: 'False', reason: progress.reason, message };
}

function entranceMissing({ situation: { entrance } }: Serving): Readiness | undefined {
  return entrance.missing && { status: 'False', ...entrance.missing };
}

function scaledToZero({ situation: { replicas }, stable }: Serving): Readiness | undefined {
  if (replicas > 0) return undefined;
  const message = `${titleOf(stable)} has no pods, as spec.replicas says.`;
  return { status: 'True', reason: 'ScaledToZero', message };
}

/**
 * It becomes True by pods that have been ready for a while, and False by those that are not ready at all, so that one that merely
 * blinks changes nothing. Once at full capacity, a quarter of the pods may be unready, as in a Deployment: each change of a
 * condition is a write and an event.
 */
function podsNotReady({ situation, stable }: Serving): Readiness | undefined {
  const { facts, replicas, stableHealth: health } = situation;
  const isReady = findCondition(facts.parent.status?.conditions, 'Ready')?.status === 'True';
  const serving = facts.workloads.reduce((sum, { pods }) => sum + (isReady ? pods.ready : pods.available), 0);
  const tolerated = isReady ? Math.floor(replicas / 4) : 0;
  if (serving >= Math.max(1, replicas - tolerated)) return undefined;
  const why = health.type === 'Healthy' || health.type === 'Starting' ? undefined : health;
  const message = `${titleOf(stable)} has fewer than ${replicas} ready pods. ${why?.message ?? 'They are starting.'}`;
  return { status: 'False', reason: why?.reason ?? 'PodsNotReady', message };
}

/** The reason tells the phase, since events are made from its changes. */
function serving({ situation, decision: { roles }, stable }: Serving): Why {
  const { candidate, rejected } = roles;
  const here = `${titleOf(stable)} serves at ${situation.entrance.url}.`;
  const fate = rejected.find(({ revision }) => revision === stable.revision);
  if (candidate !== undefined && isWayBack(roles, candidate)) {
    const message = `${here} ${titleOf(candidate)} takes over again. ${fate?.message ?? ''}`.trim();
    return { reason: 'RollingBack', message };
  }
  if (candidate !== undefined) {
    return { reason: 'RollingOut', message: `${here} ${titleOf(candidate)} is rolled out beside it.` };
  }
  if (fate !== undefined) {
    const message = `${here} ${fate.message} There is none to go back to, so it stays until a newer version comes.`;
    return { reason: 'ServingRejected', message };
  }
  const last = rejected.at(-1);
  if (last === undefined || isOvercome(situation, last, stable)) return { reason: 'Serving', message: here };
  const reason = last.reason === 'RejectedByMonitor' ? 'RolledBack' : 'CandidateRejected';
  return { reason, message: `${here} ${titleOf(last)} was rejected. ${last.message}` };
}

/** A rejection is told until something else was made stable; to go back to the version before is not that. */
function isOvercome({ spec }: Situation, rejection: RejectedRevision, stable: RevisionStatus): boolean {
  const run = spec.model.trainingRunRef?.name ?? '';
  return Date.parse(rejection.time) < Date.parse(stable.since) && compareVersions(run, rejection, stable) <= 0;
}

function stalledStable({ stableHealth: health, roles }: Situation, ready: Readiness): Why | undefined {
  if (roles.stable === undefined || ready.status === 'True') return undefined;
  return health.type === 'Held' || health.type === 'Guilty' ? health : undefined;
}

function blockedStable({ stableHealth: health, roles }: Situation, ready: Readiness): Why | undefined {
  return roles.stable !== undefined && ready.status === 'False' && health.type === 'Blocked' ? health : undefined;
}

function reconciling(situation: Situation, { progress, roles }: Decision, ready: Readiness): Why | undefined {
  if (progress.type === 'Moving' || progress.type === 'Blocked') return progress;
  if (progress.type === 'Stuck') return undefined;
  if (ready.status === 'False') return stalledStable(situation, ready) === undefined ? ready : undefined;
  return roles.stable && finishing(situation, roles.stable);
}

/** A promotion is over when the pods of the others are gone. */
function finishing({ facts }: Situation, stable: RevisionStatus): Why | undefined {
  const others = facts.workloads.some(({ revision, pods }) => revision !== stable.revision && pods.wanted > 0);
  return others ? { reason: 'Finishing', message: `${titleOf(stable)} takes over all requests.` } : undefined;
}
