import { timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import { firstMatch } from '../../../api/rules.ts';
import type { Rule } from '../../../api/rules.ts';
import type { CandidateStatus, RevisionStatus } from '../../../api/types.ts';
import { isRejected } from '../../../domain/rejections.ts';
import { compareVersions, versionNumber } from '../../../domain/versions.ts';
import type { Answers } from '../../../measure/measure.ts';
import type { WantedRevision } from '../revision/target.ts';
import { sentence } from '../revision/words.ts';
import { analyse } from './analysis.ts';
import type { AtStep } from './atstep.ts';
import { begun } from './begin.ts';
import { hold, noteWeight, samplingInterval, unmeasured, waitForCapacity, waitForData, waitForPods } from './hold.ts';
import { type Decision, soonest, type Suspension } from './progress.ts';
import { noted, passed } from './record.ts';
import { type Cause, failureOf, retryIn, withRejection } from './rejections.ts';
import { countedAlone, outages, patienceLeft } from './outage.ts';
import { isDeclared } from '../revision/revision.ts';
import { mustEndStable } from './surge.ts';
import { isWayBack, renamed, roleOf, titleOf } from './roles.ts';
import type { Roles } from './roles.ts';
import { targetAt } from './situation.ts';
import type { Situation } from './situation.ts';
import { readyNow } from './slowness.ts';
import { heldAt, heldBehind } from './steering.ts';
import { checksFor } from './steps.ts';

/** Each assumes that those before it were silent. If all are, the candidate is promoted. */
const candidateRules: readonly Rule<[AtStep, Date], Decision>[] = [
  giveUp,
  standStill,
  rejectCrashing,
  rejectFailing,
  waitForCapacity,
  waitForPods,
  noteWeight,
  hold,
  waitForData,
  waitForPeople,
  nextStep,
  waitForApproval,
];

/** Decides what the revisions' roles are from now on. */
export function decide(situation: Situation, answers: Answers, now: Date): Decision {
  const at = staying(situation, answers, now);
  const decision =
    at === undefined ? begun(situation, now) : (firstMatch(candidateRules, at, now) ?? promoted(at, now));
  return {
    ...decision,
    ...outages(situation, decision.roles, now),
    ...soonest(decision.after, deadlineOf(situation), retryIn(situation.facts, now), situation.held?.after),
  };
}

/** The candidate and its step; undefined if there is none, or if it is not to go on. */
function staying(situation: Situation, answers: Answers, now: Date): AtStep | undefined {
  const { facts, roles, target, step, split, traffic } = situation;
  const { stable, candidate: before } = roles;
  if (target.type !== 'Revision' || before === undefined || step === undefined) return undefined;
  const { wanted } = target;
  if (stable?.revision === wanted.revision || isReplaced(situation, before, wanted)) return undefined;
  // Whose pods were to come beside what serves begins anew.
  if (mustEndStable(situation) && before.endsStable !== true) return undefined;
  const same = countedAlone(situation, before.revision === wanted.revision ? renamed(before, wanted) : before, now);
  const checks = checksFor(situation, same);
  const reached = traffic.reached(split, facts);
  const known = reached && situation.replicas > 0 ? readyNow(same, now) : same;
  const candidate = noted({ candidate: known, step, checks, answers });
  return {
    situation,
    roles: { ...roles, candidate },
    candidate,
    step,
    checks,
    answers,
    analysis: analyse(checks, answers, {
      key: situation.key,
      revision: candidate.revision,
      takesGRPC: facts.takesGRPC,
    }),
    reached,
  };
}

/** An edit of the spec, a way back and a rejection replace the candidate; a newer followed version lets it finish. */
function isReplaced(situation: Situation, candidate: CandidateStatus, wanted: WantedRevision): boolean {
  if (candidate.revision === wanted.revision) return false;
  const { roles, spec } = situation;
  if (isRejected(candidate.revision, roles.rejected) || isWayBack(roles, wanted)) return true;
  return spec.rollout?.paused !== true && !isAwaited(situation, candidate, wanted);
}

function isAwaited({ spec, candidateHealth }: Situation, candidate: CandidateStatus, newer: WantedRevision): boolean {
  const run = spec.model.trainingRunRef?.name;
  if (run === undefined || !isDeclared(candidate, spec)) return false;
  const isOlder = versionNumber(candidate.version, run) > 0 && compareVersions(run, candidate, newer) < 0;
  return isOlder && (candidateHealth.type === 'Healthy' || candidateHealth.type === 'Starting');
}

/** What is measured meanwhile may be about others: the step begins anew, and with it what is measured of it. */
function standStill(at: AtStep, now: Date): Decision | undefined {
  const { situation, roles, candidate } = at;
  const { forged } = situation;
  if (forged === undefined) return undefined;
  const progress = { type: 'Stuck', ...forged } as const;
  return { roles: { ...roles, candidate: unmeasured(candidate) }, progress, ...soonest(patienceLeft(at, now)) };
}

/**
 * The first revision has nothing behind it: there it is shown that it crashes, and kept, since nothing better is known. Once its pods
 * stayed ready all the same, what they needed had been late.
 */
function rejectCrashing(at: AtStep, now: Date): Decision | undefined {
  const { candidateHealth: health } = at.situation;
  if (health.type !== 'Guilty') return undefined;
  if (at.roles.stable === undefined && at.reached) return undefined;
  if (at.roles.stable === undefined) return { roles: at.roles, progress: { ...health, type: 'Stuck' } };
  return rejectedCandidate(at, failureOf(health), now);
}

function rejectFailing(at: AtStep, now: Date): Decision | undefined {
  if (at.analysis.type !== 'Failed') return undefined;
  const message = sentence({ ...at.analysis, what: `${at.analysis.what}; it had ${at.step.title}`, remedies: [] });
  return rejectedCandidate(at, { reason: 'AnalysisFailed', message }, now);
}

/** What people or the cluster would have to do first is not waited for while nothing serves, be it that others' pods are there. */
function giveUp(at: AtStep, now: Date): Decision | undefined {
  const { candidateHealth: health } = at.situation;
  if ((patienceLeft(at, now) ?? Infinity) > 0) return undefined;
  return rejectedCandidate(at, 'told' in health ? failureOf(health) : neverStarted, now);
}

const neverStarted: Cause = {
  reason: 'NeverReady',
  message: 'No server of it was started in time, and nothing served.',
};

function waitForPeople(at: AtStep): Decision | undefined {
  return waiting(at, heldAt(at.situation, at.candidate));
}

function nextStep(at: AtStep, now: Date): Decision | undefined {
  const { roles, candidate, step } = at;
  const { next } = step;
  if (next === undefined) return undefined;
  const { weightSince: _, steps: __, ...rest } = candidate;
  const message = `Pods of ${titleOf(candidate)} get ready for ${next.title}.`;
  const steps = passed(at, now);
  const going = defined<CandidateStatus>({ ...rest, step: next.step, measuredSince: timestamp(now), steps });
  return { roles: { ...roles, candidate: going }, progress: { type: 'Moving', reason: 'Deploying', message } };
}

function waitForApproval(at: AtStep): Decision | undefined {
  return waiting(at, heldBehind(at.situation, at.candidate));
}

/** Meanwhile it is looked at as before, so that a bad one goes. */
function waiting({ roles, checks }: AtStep, progress: Suspension | undefined): Decision | undefined {
  return progress && { roles, progress, ...soonest(checks.length > 0 ? samplingInterval : undefined) };
}

/** A revision that was rejected is no way back, so that there is at most one step back. */
function promoted(at: AtStep, now: Date): Decision {
  const { roles, candidate } = at;
  const { stable: old, previous, rejected } = roles;
  const stable = defined<RevisionStatus>({
    ...roleOf(candidate, now),
    readyAfter: candidate.readyAfter,
    steps: passed(at, now),
  });
  const replaced = old !== undefined && !isRejected(old.revision, rejected) ? withoutRecord(old) : undefined;
  const kept = old === undefined ? previous : replaced;
  return { roles: defined<Roles>({ stable, previous: kept, rejected }), progress: { type: 'Settled' } };
}

/** How a revision came to serve is of interest while it does. */
function withoutRecord(stable: RevisionStatus): RevisionStatus {
  const { steps: _, ...role } = stable;
  return role;
}

/** What follows from the rejection is decided at once, so that it is one step for whoever watches the status. */
function rejectedCandidate({ situation, roles, candidate }: AtStep, why: Cause, now: Date): Decision {
  const rejected = withRejection(roles.rejected, candidate, why, now);
  const previous = roles.previous?.revision === candidate.revision ? undefined : roles.previous;
  const rest = defined<Roles>({ stable: roles.stable, previous, rejected });
  return begun({ ...situation, roles: rest, target: targetAt(situation.facts, rest) }, now);
}

/** When a server will have taken too long. */
function deadlineOf({ stableHealth }: Situation) {
  return stableHealth.type === 'Starting' ? stableHealth.within : undefined;
}
