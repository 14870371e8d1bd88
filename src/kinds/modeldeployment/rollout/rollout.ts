import { timestamp } from '../../../api/condition.ts';
import type { CandidateStatus, RevisionStatus } from '../../../api/types.ts';
import type { Milliseconds } from '../../../controller.ts';
import { analyse } from './analysis.ts';
import type { AnalysisVerdict } from './analysis.ts';
import type { Health } from '../revision/health.ts';
import { isDeclared, readyOf, rolesWith, withRejection, withRoles } from './situation.ts';
import type { Roles, Situation } from './situation.ts';
import { checksFor, currentStep } from './steps.ts';
import type { CurrentStep } from './steps.ts';
import { isRejected } from '../../../domain/rejections.ts';
import { versionNumber } from '../../../domain/versions.ts';
import type { Target, WantedRevision } from '../revision/target.ts';

/** What is going on, for conditions. */
export type Progress =
  /** What the spec asks for serves. */
  | { readonly type: 'Settled' }
  /** It goes on by itself. */
  | { readonly type: 'Moving'; readonly reason: string; readonly message: string }
  /** It goes on by itself once the cluster has room. */
  | { readonly type: 'Blocked'; readonly reason: string; readonly message: string }
  /** A user has to act. */
  | { readonly type: 'Stuck'; readonly reason: string; readonly message: string };

export interface Decision {
  readonly roles: Roles;
  readonly progress: Progress;
  /** When time alone may change the decision. */
  readonly after?: Milliseconds;
}

/** How often the candidate's metrics are looked at while its step holds, so that a bad one goes early. */
export const samplingInterval: Milliseconds = 15_000;

/** A rule about a candidate that stays in place, at its step. */
type CandidateRule = (at: AtStep, now: Date) => Decision | undefined;

interface AtStep {
  readonly situation: Situation;
  readonly candidate: CandidateStatus;
  readonly step: CurrentStep;
  readonly analysis: AnalysisVerdict;
  /** Whether the step's share of the requests reaches the candidate now. */
  readonly reached: boolean;
}

/** The first rule that speaks decides; each assumes that those before it were silent. If all are, it is promoted. */
const candidateRules: readonly CandidateRule[] = [
  rejectCrashing,
  rejectFailing,
  waitForCapacity,
  waitForPods,
  noteWeight,
  hold,
  waitForData,
  nextStep,
];

/** Decides what the revisions' roles are from now on. */
export function decide(situation: Situation, now: Date): Decision {
  const { roles, target } = situation;
  if (target.type !== 'Revision') return nothingToDeploy(situation, target);
  const { wanted } = target;
  if (roles.stable?.revision === wanted.revision) return settled(roles, roles.stable, wanted);
  if (roles.candidate === undefined || isReplaced(situation, roles.candidate, wanted)) {
    return started(roles, wanted, now);
  }
  return advanced(situation, roles.candidate, wanted, now);
}

/** Without a target, what serves goes on serving, and what is being deployed first stays. */
function nothingToDeploy({ roles, spec }: Situation, target: Exclude<Target, { type: 'Revision' }>): Decision {
  const stay = roles.stable === undefined ? roles : withoutCandidate(roles);
  if (target.type === 'Missing') {
    const { stalled, reason, message } = target;
    return { roles: stay, progress: { type: stalled ? 'Stuck' : 'Moving', reason, message } };
  }
  const { version, revision, message } = target.rejection;
  const followed =
    spec.model.trainingRunRef !== undefined && roles.stable !== undefined && isDeclared(roles.stable, spec);
  if (followed) return { roles: stay, progress: { type: 'Settled' } };
  const hint = 'It is not tried again: change spec.server, or serve another model.';
  const what = `What the spec asks for (${version ?? 'the model'}, revision ${revision}) was rejected. ${message} ${hint}`;
  return { roles: withoutCandidate(roles), progress: { type: 'Stuck', reason: 'RevisionRejected', message: what } };
}

/** A newer version with the same artifact and server is the same revision: it only gets the newer name. */
function settled(roles: Roles, stable: RevisionStatus, wanted: WantedRevision): Decision {
  return { roles: { ...withoutCandidate(roles), stable: renamed(stable, wanted) }, progress: { type: 'Settled' } };
}

/** An edit of the spec, a way back and a rejection replace the candidate; a newer followed version lets it finish. */
function isReplaced(situation: Situation, candidate: CandidateStatus, wanted: WantedRevision): boolean {
  return candidate.revision !== wanted.revision && !isAwaited(situation, candidate, wanted);
}

function isAwaited(
  { roles: { rejected }, spec, candidateHealth }: Situation,
  candidate: CandidateStatus,
  newer: WantedRevision,
): boolean {
  const run = spec.model.trainingRunRef?.name;
  if (run === undefined || !isDeclared(candidate, spec)) return false;
  if (isRejected(candidate.revision, rejected)) return false;
  const number = versionNumber(candidate.version, run);
  const older = number > 0 && number < versionNumber(newer.version, run);
  return older && (candidateHealth.type === 'Healthy' || candidateHealth.type === 'Starting');
}

function advanced(situation: Situation, before: CandidateStatus, wanted: WantedRevision, now: Date): Decision {
  const { roles, observed } = situation;
  const same = before.revision === wanted.revision;
  const candidate = sampled(same ? renamed(before, wanted) : before, situation);
  const step = currentStep(situation, candidate);
  const at: AtStep = {
    situation: { ...situation, roles: { ...roles, candidate } },
    candidate,
    step,
    analysis: analyse(checksFor(situation, candidate), observed.samples),
    reached: isReached(situation, step),
  };
  for (const rule of candidateRules) {
    const decision = rule(at, now);
    if (decision !== undefined) return decision;
  }
  return promoted(at, now);
}

/** The first revision has nothing behind it: there it is shown that it crashes, and kept, since nothing better is known. */
function rejectCrashing({ situation, candidate }: AtStep, now: Date): Decision | undefined {
  const { candidateHealth: health, roles } = situation;
  if (health.type !== 'Guilty') return undefined;
  if (roles.stable === undefined) return { roles, progress: { ...health, type: 'Stuck' } };
  return rejectedCandidate(situation, candidate, health, now);
}

function rejectFailing({ situation, candidate, step, analysis }: AtStep, now: Date): Decision | undefined {
  if (analysis.type !== 'Failed') return undefined;
  const message = `${analysis.message} It had ${step.title}.`;
  return rejectedCandidate(situation, candidate, { reason: 'AnalysisFailed', message }, now);
}

function waitForCapacity({ situation, candidate }: AtStep): Decision | undefined {
  if (situation.replicas > 0) return undefined;
  const { weightSince: _, ...rest } = candidate;
  const message = 'spec.replicas is 0: the rollout goes on when it is raised.';
  const roles = { ...situation.roles, candidate: rest };
  return { roles, progress: { type: 'Moving', reason: 'ScaledToZero', message } };
}

function waitForPods({ situation, candidate, step, reached }: AtStep): Decision | undefined {
  if (reached) return undefined;
  const { roles, candidateHealth: health } = situation;
  const message = `Pods of ${titleOf(candidate)} get ready for ${step.title}.`;
  if (health.type === 'Blocked') return { roles, progress: health };
  if (health.type === 'Held') return { roles, progress: { ...health, type: 'Stuck' } };
  return { roles, progress: { type: 'Moving', reason: 'Deploying', message }, ...deadlineOf(health) };
}

/** The hold counts from here, so that neither a slow start nor a restart of the operator shortens it. */
function noteWeight({ situation, candidate, step }: AtStep, now: Date): Decision | undefined {
  const immediate = step.hold === 0 && checksFor(situation, candidate).length === 0;
  if (candidate.weightSince !== undefined || immediate) return undefined;
  const roundedUp = new Date(Math.ceil(now.getTime() / 1000) * 1000);
  const since = { ...candidate, weightSince: timestamp(roundedUp) };
  return holding({ ...situation.roles, candidate: since }, since, step, step.hold);
}

function hold({ situation, candidate, step }: AtStep, now: Date): Decision | undefined {
  const remaining = holdRemaining(candidate, step, now);
  return remaining > 0 ? holding(situation.roles, candidate, step, remaining) : undefined;
}

function waitForData({ situation, analysis }: AtStep): Decision | undefined {
  if (analysis.type !== 'NoData') return undefined;
  const message = `Nothing is promoted without data. ${analysis.message}`;
  return {
    roles: situation.roles,
    progress: { type: 'Moving', reason: analysis.reason, message },
    after: samplingInterval,
  };
}

function nextStep({ situation, candidate, step }: AtStep): Decision | undefined {
  if (step.next === undefined) return undefined;
  const { weightSince: _, samples: __, ...rest } = candidate;
  const next = { ...rest, step: step.next };
  const { title } = currentStep(situation, next);
  const message = `Pods of ${titleOf(candidate)} get ready for ${title}.`;
  return {
    roles: { ...situation.roles, candidate: next },
    progress: { type: 'Moving', reason: 'Deploying', message },
  };
}

/** A revision that was rejected is no way back, so that there is at most one step back. */
function promoted({ situation, candidate }: AtStep, now: Date): Decision {
  const { stable: old, previous, rejected } = situation.roles;
  const replaced = old !== undefined && !isRejected(old.revision, rejected) ? old : undefined;
  const stable = roleOf(candidate, now);
  const kept = old === undefined ? previous : replaced;
  return {
    roles: rolesWith({ stable, candidate: undefined, previous: kept, rejected }),
    progress: { type: 'Settled' },
  };
}

function started(roles: Roles, wanted: WantedRevision, now: Date): Decision {
  const candidate = { ...roleOf(wanted, now), step: 0 };
  const message = `${titleOf(candidate)} is deployed.`;
  return { roles: { ...roles, candidate }, progress: { type: 'Moving', reason: 'Deploying', message } };
}

/** What follows from the rejection is decided at once, so that it is one step for whoever watches the status. */
function rejectedCandidate(
  situation: Situation,
  candidate: CandidateStatus,
  why: { readonly reason: string; readonly message: string },
  now: Date,
): Decision {
  const { stable, previous: before } = situation.roles;
  const rejected = withRejection(situation.roles.rejected, candidate, why, now);
  const previous = before?.revision === candidate.revision ? undefined : before;
  return decide(withRoles(situation, rolesWith({ stable, candidate: undefined, previous, rejected })), now);
}

function holding(roles: Roles, candidate: CandidateStatus, step: CurrentStep, remaining: Milliseconds): Decision {
  const message = `${titleOf(candidate)} holds ${step.title}.`;
  const progress = { type: 'Moving', reason: 'Holding', message } as const;
  return { roles, progress, ...(remaining > 0 && { after: Math.min(remaining, samplingInterval) }) };
}

/** How much longer the step has to hold, in milliseconds; not above 0 when it is over. */
export function holdRemaining(candidate: CandidateStatus, step: CurrentStep, now: Date): Milliseconds {
  if (candidate.weightSince === undefined) return 0;
  return Date.parse(candidate.weightSince) + step.hold - now.getTime();
}

function isReached({ observed, roles }: Situation, { counts }: CurrentStep): boolean {
  const ready = readyOf(observed, roles.candidate?.revision);
  return ready >= counts.candidate && readyOf(observed, roles.stable?.revision) <= counts.stable;
}

function sampled(candidate: CandidateStatus, { observed: { samples } }: Situation): CandidateStatus {
  if (samples.type !== 'Sampled' || samples.requests === undefined || Number.isNaN(samples.requests)) return candidate;
  return { ...candidate, samples: Math.floor(samples.requests) };
}

function deadlineOf(health: Health): { readonly after?: Milliseconds } {
  return health.type === 'Starting' && health.within !== undefined ? { after: health.within } : {};
}

function withoutCandidate({ stable, previous, rejected }: Roles): Roles {
  return rolesWith({ stable, candidate: undefined, previous, rejected });
}

function renamed<R extends RevisionStatus>(role: R, { version }: WantedRevision): R {
  return version === undefined || role.version === version ? role : { ...role, version };
}

function roleOf({ revision, version, uri, digest }: WantedRevision, now: Date): RevisionStatus {
  return {
    revision,
    ...(version !== undefined && { version }),
    uri,
    ...(digest !== undefined && { digest }),
    since: timestamp(now),
  };
}

/** How messages call a revision. */
export function titleOf({ version, revision }: Pick<RevisionStatus, 'version' | 'revision'>): string {
  return version === undefined ? `Revision ${revision}` : `${version} (revision ${revision})`;
}
