/** How a candidate comes to its step's weight, and stays there. */
import { timestamp } from '../../../api/condition.ts';
import { duration } from '../../../api/duration.ts';
import type { CandidateStatus } from '../../../api/types.ts';
import type { Milliseconds } from '../../../controller.ts';
import type { AtStep } from './atstep.ts';
import { patienceLeft } from './outage.ts';
import { type Decision, soonest } from './progress.ts';
import { titleOf } from './roles.ts';
import { scaleOf } from './scale.ts';
import type { Situation } from './situation.ts';
import { isFetching, slownessOf, tookOf } from './slowness.ts';
import type { CurrentStep } from './steps.ts';
import { sentence } from './words.ts';

/** How often the candidate's metrics are looked at while its step holds, so that a bad one goes early. */
export const samplingInterval: Milliseconds = 15_000;

export function waitForCapacity({ situation, roles, candidate }: AtStep): Decision | undefined {
  if (situation.replicas > 0) return undefined;
  const message = sentence({ what: 'spec.replicas is 0: the rollout goes on when it is raised' });
  return {
    roles: { ...roles, candidate: unmeasured(candidate) },
    progress: { type: 'Moving', reason: 'ScaledToZero', message },
  };
}

/** What takes its time is told once it has lasted for long. */
export function waitForPods(at: AtStep, now: Date): Decision | undefined {
  const { situation, roles, candidate, reached } = at;
  if (reached) return undefined;
  const { candidateHealth: health } = situation;
  const { message: slow, after, within } = slownessOf(health);
  const left = patienceLeft(at, now);
  if (health.type === 'Blocked') return { roles, progress: health, ...soonest(after, left) };
  if (health.type === 'Held') return { roles, progress: { ...health, type: 'Stuck' }, ...soonest(after, left) };
  const what = hasToWait(situation, candidate)
    ? `Pods of ${titleOf(candidate)} come when others are gone (spec.rollout.surge is Never).`
    : `Pods of ${titleOf(candidate)} get ready for ${at.step.title}.`;
  const message = [what, slow === undefined ? [] : [slow, tookOf(roles.stable) ?? []]].flat(2).join(' ');
  const reason = isFetching(health) ? 'Fetching' : 'Deploying';
  return { roles, progress: { type: 'Moving', reason, message }, ...soonest(within, after, left) };
}

/** Whether there is no room for its pods yet. */
function hasToWait(situation: Situation, { revision }: CandidateStatus): boolean {
  return (scaleOf(situation).live.get(revision) ?? 0) < situation.split.counts.candidate;
}

/** The hold counts from here, so that neither a slow start nor a restart of the operator shortens it. */
export function noteWeight(at: AtStep, now: Date): Decision | undefined {
  const { roles, candidate, step, checks } = at;
  const isImmediate = step.hold === 0 && checks.length === 0;
  if (candidate.weightSince !== undefined || isImmediate) return undefined;
  const roundedUp = new Date(Math.ceil(now.getTime() / 1000) * 1000);
  const weightSince = timestamp(roundedUp);
  const since = { ...candidate, weightSince, measuredSince: candidate.measuredSince ?? weightSince };
  return holding({ ...at, roles: { ...roles, candidate: since } }, step.hold);
}

export function hold(at: AtStep, now: Date): Decision | undefined {
  const remaining = holdRemaining(at.candidate, at.step, now);
  return remaining > 0 ? holding(at, remaining) : undefined;
}

export function waitForData({ roles, analysis }: AtStep): Decision | undefined {
  if (analysis.type !== 'NoData') return undefined;
  const message = sentence({ ...analysis, what: `Nothing is promoted without data: ${analysis.what}` });
  return { roles, progress: { type: 'Moving', reason: analysis.reason, message }, after: samplingInterval };
}

/** The candidate whose step begins anew, and with it what is measured of it. */
export function unmeasured(candidate: CandidateStatus): CandidateStatus {
  const { weightSince: _, measuredSince: __, ...rest } = candidate;
  return rest;
}

/** How much longer the step has to hold, in milliseconds; not above 0 when it is over. */
export function holdRemaining(candidate: CandidateStatus, step: CurrentStep, now: Date): Milliseconds {
  return candidate.weightSince === undefined ? 0 : holdEnd(candidate.weightSince, step) - now.getTime();
}

/** When the hold of a step ends whose weight was reached at a time. */
export function holdEnd(weightSince: string, { hold: length }: CurrentStep): Milliseconds {
  return Date.parse(weightSince) + length;
}

function holding({ situation, roles, candidate, step }: AtStep, remaining: Milliseconds): Decision {
  const { facts, traffic, split } = situation;
  const reached = traffic.weight(split, facts);
  const near = step.weight === undefined || step.weight === reached ? '' : ` (${reached} with the pods that there are)`;
  const what = `${titleOf(candidate)} holds ${step.title}${near} for ${duration(step.hold)}, until status.candidate.holdUntil`;
  const message = sentence({ what });
  const progress = { type: 'Moving', reason: 'Holding', message } as const;
  return { roles, progress, ...(remaining > 0 && soonest(remaining, samplingInterval)) };
}
