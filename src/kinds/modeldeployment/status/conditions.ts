import { findCondition } from '../../../api/condition.ts';
import type { NewCondition } from '../../../api/condition.ts';
import type { RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { label } from '../../../api/labels.ts';
import type { Decision } from '../rollout/rollout.ts';
import { titleOf } from '../rollout/rollout.ts';
import { readyOf } from '../rollout/situation.ts';
import type { Roles, Situation } from '../rollout/situation.ts';
import { isWayBack } from '../rollout/steps.ts';
import { versionNumber } from '../../../domain/versions.ts';
import { weightReached } from '../traffic/pods.ts';

type Verdict = Omit<NewCondition, 'type' | 'observedGeneration'>;

/** Ready sums up; Reconciling, Stalled and Blocked exist only while True, as kstatus expects. */
export function conditionsFor(situation: Situation, decision: Decision): readonly NewCondition[] {
  const ready = readiness(situation, decision);
  const { progress } = decision;
  const all: { readonly [type: string]: Omit<Verdict, 'status'> | undefined } = {
    Stalled: progress.type === 'Stuck' ? progress : stalledStable(situation, ready),
    Reconciling: reconciling(decision, ready, situation),
    Blocked: progress.type === 'Blocked' ? progress : blockedStable(situation, ready),
  };
  const present = Object.entries(all).flatMap(([type, why]) =>
    why === undefined ? [] : [{ type, status: 'True' as const, reason: why.reason, message: why.message }],
  );
  const observedGeneration = situation.observed.parent.metadata?.generation;
  return [{ type: 'Ready', ...ready }, ...present].map((condition) =>
    observedGeneration === undefined ? condition : { ...condition, observedGeneration },
  );
}

function readiness(situation: Situation, { roles, progress }: Decision): Verdict {
  const { observed, replicas, stableHealth: health } = situation;
  const { stable } = roles;
  if (stable === undefined) {
    const why = progress.type === 'Settled' ? { reason: 'Deploying', message: 'Nothing serves yet.' } : progress;
    return { status: 'False', reason: why.reason, message: why.message };
  }
  if (progress.type === 'Stuck' && progress.reason === 'RevisionRejected') {
    return {
      status: 'False',
      reason: progress.reason,
      message: `${progress.message} ${titleOf(stable)} goes on serving.`,
    };
  }
  const { name } = situation;
  if (!observed.services.some(({ metadata }) => metadata?.name === name)) {
    const message = `Service "${name}" does not exist yet; the operator creates it.`;
    return { status: 'False', reason: 'ServiceMissing', message };
  }
  if (replicas === 0) {
    return {
      status: 'True',
      reason: 'ScaledToZero',
      message: `${titleOf(stable)} has no pods, as spec.replicas says.`,
    };
  }
  if (hasCapacity(situation)) return { status: 'True', ...serving(situation, roles, stable) };
  const why = health.type === 'Healthy' || health.type === 'Starting' ? undefined : health;
  const message = `${titleOf(stable)} has fewer than ${replicas} ready pods. ${why?.message ?? 'They are starting.'}`;
  return { status: 'False', reason: why?.reason ?? 'PodsNotReady', message };
}

/** The reason tells the phase, since events are made from its changes. */
function serving(situation: Situation, roles: Roles, stable: RevisionStatus): Omit<Verdict, 'status'> {
  const { candidate, rejected } = roles;
  const here = `${titleOf(stable)} serves at http://${situation.name}.${situation.namespace}.svc.`;
  const fate = rejected.find(({ revision }) => revision === stable.revision);
  if (candidate !== undefined && isWayBack(roles, candidate)) {
    return {
      reason: 'RollingBack',
      message: `${here} ${titleOf(candidate)} takes over again. ${fate?.message ?? ''}`.trim(),
    };
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
function isOvercome({ spec }: Situation, { version, time }: RejectedRevision, stable: RevisionStatus): boolean {
  const run = spec.model.trainingRunRef?.name ?? '';
  return (
    Date.parse(time) < Date.parse(stable.since) && versionNumber(version, run) <= versionNumber(stable.version, run)
  );
}

/**
 * Once at full capacity, a quarter of the pods may be unready, as in a Deployment: readiness flaps, and each change of a
 * condition is a write and an event.
 */
function hasCapacity({ observed, replicas }: Situation): boolean {
  const ready = observed.deployments.reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0);
  const before = findCondition(observed.parent.status?.conditions, 'Ready');
  const tolerated = before?.status === 'True' ? Math.floor(replicas / 4) : 0;
  return ready >= Math.max(1, replicas - tolerated);
}

function stalledStable(
  { stableHealth: health, roles }: Situation,
  ready: Verdict,
): Omit<Verdict, 'status'> | undefined {
  if (roles.stable === undefined || ready.status === 'True') return undefined;
  return health.type === 'Held' || health.type === 'Guilty' ? health : undefined;
}

function blockedStable(
  { stableHealth: health, roles }: Situation,
  ready: Verdict,
): Omit<Verdict, 'status'> | undefined {
  return roles.stable !== undefined && ready.status === 'False' && health.type === 'Blocked' ? health : undefined;
}

function reconciling(decision: Decision, ready: Verdict, situation: Situation): Omit<Verdict, 'status'> | undefined {
  const { progress, roles } = decision;
  if (progress.type === 'Moving' || progress.type === 'Blocked') return progress;
  if (progress.type === 'Stuck') return undefined;
  if (ready.status === 'False') return stalledStable(situation, ready) === undefined ? ready : undefined;
  return finishing(situation, roles);
}

/** A promotion is over when the pods of the others are gone. */
function finishing({ observed }: Situation, { stable }: Roles): Omit<Verdict, 'status'> | undefined {
  const others = observed.deployments.some(
    ({ metadata, spec }) => metadata?.labels?.[label.revision] !== stable?.revision && (spec?.replicas ?? 0) > 0,
  );
  if (stable === undefined || !others) return undefined;
  return { reason: 'Finishing', message: `${titleOf(stable)} takes over all requests.` };
}

/** The share of requests in percent that reaches the candidate. */
export function weightOf({ observed }: Situation, { roles }: Decision): number | undefined {
  if (roles.candidate === undefined) return undefined;
  const candidate = readyOf(observed, roles.candidate.revision);
  return weightReached({ candidate, stable: readyOf(observed, roles.stable?.revision) });
}
