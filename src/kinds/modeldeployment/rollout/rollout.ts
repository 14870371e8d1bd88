import { timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import { written } from '../../../api/message.ts';
import { firstMatch } from '../../../api/rules.ts';
import type { Rule } from '../../../api/rules.ts';
import type { AnalysisCheck, CandidateStatus, RevisionStatus } from '../../../api/types.ts';
import type { Milliseconds } from '../../../controller.ts';
import type { Answers } from '../../../measure/measure.ts';
import { analyse, requestsSeen } from './analysis.ts';
import type { AnalysisVerdict } from './analysis.ts';
import type { Health } from '../revision/health.ts';
import { isDeclared, titleOf, withoutCandidate, withRejection } from './roles.ts';
import type { Roles } from './roles.ts';
import { targetAt } from './situation.ts';
import type { Situation } from './situation.ts';
import { checksFor } from './steps.ts';
import type { CurrentStep } from './steps.ts';
import { isRejected } from '../../../domain/rejections.ts';
import { compareVersions, isSameVersion, versionNumber } from '../../../domain/versions.ts';
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

/** A candidate that stays in place, at its step. */
interface AtStep {
  readonly situation: Situation;
  /** With the candidate as it is now. */
  readonly roles: Roles;
  readonly candidate: CandidateStatus;
  readonly step: CurrentStep;
  readonly checks: readonly AnalysisCheck[];
  readonly analysis: AnalysisVerdict;
  /** Whether the step's share of the requests reaches the candidate now. */
  readonly reached: boolean;
}

/** Each assumes that those before it were silent. If all are, the candidate is promoted. */
const candidateRules: readonly Rule<[AtStep, Date], Decision>[] = [
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
export function decide(situation: Situation, answers: Answers, now: Date): Decision {
  const at = staying(situation, answers);
  return at === undefined ? begun(situation, now) : (firstMatch(candidateRules, at, now) ?? promoted(at, now));
}

/** The candidate and its step; undefined if there is none, or if it is not to go on. */
function staying(situation: Situation, answers: Answers): AtStep | undefined {
  const { facts, roles, target, step, split, traffic } = situation;
  const { stable, candidate: before } = roles;
  if (target.type !== 'Revision' || before === undefined || step === undefined) return undefined;
  const { wanted } = target;
  if (stable?.revision === wanted.revision || isReplaced(situation, before, wanted)) return undefined;
  const same = before.revision === wanted.revision;
  const candidate = sampled(same ? renamed(before, wanted) : before, answers);
  const checks = checksFor(situation, candidate);
  return {
    situation,
    roles: { ...roles, candidate },
    candidate,
    step,
    checks,
    analysis: analyse(checks, answers, { key: situation, revision: candidate.revision }),
    reached: traffic.reached(split, facts),
  };
}

/** Decides without regard to a candidate that is there: it is replaced or goes. */
function begun({ roles, target, spec }: Pick<Situation, 'roles' | 'target' | 'spec'>, now: Date): Decision {
  if (target.type !== 'Revision') return nothingToDeploy(spec, roles, target);
  const { wanted } = target;
  return roles.stable?.revision === wanted.revision
    ? settled(roles, roles.stable, wanted)
    : started(roles, wanted, now);
}

/** Without a target, what serves goes on serving, and what is being deployed first stays. */
function nothingToDeploy(
  spec: Situation['spec'],
  roles: Roles,
  target: Exclude<Target, { type: 'Revision' }>,
): Decision {
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
  const older = versionNumber(candidate.version, run) > 0 && compareVersions(run, candidate, newer) < 0;
  return older && (candidateHealth.type === 'Healthy' || candidateHealth.type === 'Starting');
}

/** The first revision has nothing behind it: there it is shown that it crashes, and kept, since nothing better is known. */
function rejectCrashing(at: AtStep, now: Date): Decision | undefined {
  const { candidateHealth: health } = at.situation;
  if (health.type !== 'Guilty') return undefined;
  if (at.roles.stable === undefined) return { roles: at.roles, progress: { ...health, type: 'Stuck' } };
  return rejectedCandidate(at, health, now);
}

function rejectFailing(at: AtStep, now: Date): Decision | undefined {
  if (at.analysis.type !== 'Failed') return undefined;
  const message = written({ ...at.analysis, what: `${at.analysis.what}; it had ${at.step.title}` });
  return rejectedCandidate(at, { reason: 'AnalysisFailed', message }, now);
}

function waitForCapacity({ situation, roles, candidate }: AtStep): Decision | undefined {
  if (situation.replicas > 0) return undefined;
  const { weightSince: _, ...rest } = candidate;
  const message = 'spec.replicas is 0: the rollout goes on when it is raised.';
  return { roles: { ...roles, candidate: rest }, progress: { type: 'Moving', reason: 'ScaledToZero', message } };
}

function waitForPods({ situation, roles, candidate, step, reached }: AtStep): Decision | undefined {
  if (reached) return undefined;
  const { candidateHealth: health } = situation;
  const message = `Pods of ${titleOf(candidate)} get ready for ${step.title}.`;
  if (health.type === 'Blocked') return { roles, progress: health };
  if (health.type === 'Held') return { roles, progress: { ...health, type: 'Stuck' } };
  return { roles, progress: { type: 'Moving', reason: 'Deploying', message }, ...deadlineOf(health) };
}

/** The hold counts from here, so that neither a slow start nor a restart of the operator shortens it. */
function noteWeight({ roles, candidate, step, checks }: AtStep, now: Date): Decision | undefined {
  const immediate = step.hold === 0 && checks.length === 0;
  if (candidate.weightSince !== undefined || immediate) return undefined;
  const roundedUp = new Date(Math.ceil(now.getTime() / 1000) * 1000);
  const since = { ...candidate, weightSince: timestamp(roundedUp) };
  return holding({ ...roles, candidate: since }, since, step, step.hold);
}

function hold({ roles, candidate, step }: AtStep, now: Date): Decision | undefined {
  const remaining = holdRemaining(candidate, step, now);
  return remaining > 0 ? holding(roles, candidate, step, remaining) : undefined;
}

function waitForData({ roles, analysis }: AtStep): Decision | undefined {
  if (analysis.type !== 'NoData') return undefined;
  const message = written({ ...analysis, what: `nothing is promoted without data: ${analysis.what}` });
  return { roles, progress: { type: 'Moving', reason: analysis.reason, message }, after: samplingInterval };
}

function nextStep({ roles, candidate, step: { next } }: AtStep): Decision | undefined {
  if (next === undefined) return undefined;
  const { weightSince: _, samples: __, ...rest } = candidate;
  const message = `Pods of ${titleOf(candidate)} get ready for ${next.title}.`;
  return {
    roles: { ...roles, candidate: { ...rest, step: next.step } },
    progress: { type: 'Moving', reason: 'Deploying', message },
  };
}

/** A revision that was rejected is no way back, so that there is at most one step back. */
function promoted({ roles, candidate }: AtStep, now: Date): Decision {
  const { stable: old, previous, rejected } = roles;
  const replaced = old !== undefined && !isRejected(old.revision, rejected) ? old : undefined;
  const stable = roleOf(candidate, now);
  const kept = old === undefined ? previous : replaced;
  return { roles: defined<Roles>({ stable, previous: kept, rejected }), progress: { type: 'Settled' } };
}

function started(roles: Roles, wanted: WantedRevision, now: Date): Decision {
  const candidate = { ...roleOf(wanted, now), step: 0 };
  const message = `${titleOf(candidate)} is deployed.`;
  return { roles: { ...roles, candidate }, progress: { type: 'Moving', reason: 'Deploying', message } };
}

/** What follows from the rejection is decided at once, so that it is one step for whoever watches the status. */
function rejectedCandidate(
  { situation, roles, candidate }: AtStep,
  why: { readonly reason: string; readonly message: string },
  now: Date,
): Decision {
  const rejected = withRejection(roles.rejected, candidate, why, now);
  const previous = roles.previous?.revision === candidate.revision ? undefined : roles.previous;
  const rest = defined<Roles>({ stable: roles.stable, previous, rejected });
  return begun({ spec: situation.spec, roles: rest, target: targetAt(situation.facts, rest) }, now);
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

function sampled(candidate: CandidateStatus, answers: Answers): CandidateStatus {
  const samples = requestsSeen(answers);
  return samples === undefined ? candidate : { ...candidate, samples };
}

function deadlineOf(health: Health): { readonly after?: Milliseconds } {
  return health.type === 'Starting' && health.within !== undefined ? { after: health.within } : {};
}

/** The same revision under the name that its model has now. */
function renamed<R extends RevisionStatus>(role: R, wanted: WantedRevision): R {
  const { version, trainingRunUID, versionTime } = wanted;
  const isKnown = version === undefined || (isSameVersion(role, wanted) && role.versionTime === versionTime);
  return isKnown ? role : defined<R>({ ...role, version, trainingRunUID, versionTime });
}

function roleOf(wanted: WantedRevision, now: Date): RevisionStatus {
  const { revision, version, trainingRunUID, versionTime, uri, digest, profileDigest } = wanted;
  return defined<RevisionStatus>({
    revision,
    version,
    trainingRunUID,
    versionTime,
    uri,
    digest,
    profileDigest,
    since: timestamp(now),
  });
}
