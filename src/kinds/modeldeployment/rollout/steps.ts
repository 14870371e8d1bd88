import { defined } from '../../../api/defined.ts';
import { milliseconds } from '../../../api/duration.ts';
import type { AnalysisCheck, CandidateStatus, ModelDeploymentSpec } from '../../../api/types.ts';
import type { Milliseconds } from '../../../controller.ts';
import type { Counts, Traffic } from '../traffic/traffic.ts';
import { isApproved } from './steering.ts';
import { within } from './surge.ts';
import { isWayBack } from './roles.ts';
import type { Roles } from './roles.ts';

/** The step that a candidate is in, at the present capacity. */
export interface CurrentStep {
  /** In percent of the requests, as declared; absent where no step applies. */
  readonly weight?: number;
  readonly counts: Counts;
  readonly hold: Milliseconds;
  /** For messages. */
  readonly title: string;
  /** The declared step that comes after it, by its index; absent at the last. */
  readonly next?: { readonly step: number; readonly title: string };
}

export interface StepFacts {
  readonly spec: ModelDeploymentSpec;
  readonly replicas: number;
  /** Whether pods are ended before others come. */
  readonly isWithoutSurge: boolean;
  readonly roles: Roles;
  readonly traffic: Traffic;
}

/** One step as it takes effect: neighbours whose weights come to the same are one. */
interface EffectiveStep {
  /** The index of the last declared step in it. */
  readonly last: number;
  /** As declared by the last of them. */
  readonly weight: number;
  /** The longest hold of those merged, so that merging never shortens a watch. */
  readonly hold: Milliseconds;
}

/**
 * The declared steps apply to a revision that is new beside one that serves. The first revision has nothing to be compared with,
 * a way back must be short, and people may promote one as it is: these get the full capacity at once, next to the stable one until they are ready.
 */
export function currentStep(facts: StepFacts, candidate: CandidateStatus): CurrentStep {
  const { replicas, traffic } = facts;
  const steps = isCanary(facts, candidate) ? effectiveSteps(facts) : [];
  const step = steps.find(({ last }) => last >= candidate.step) ?? steps.at(-1);
  if (step === undefined) return atOnce(facts, candidate);
  const counts = traffic.counts(step.weight, replicas);
  const following = steps[steps.indexOf(step) + 1];
  return defined<CurrentStep>({
    weight: step.weight,
    counts: facts.isWithoutSurge ? within(counts, replicas, candidate) : counts,
    hold: step.hold,
    title: titleOf(step),
    next: following && { step: step.last + 1, title: titleOf(following) },
  });
}

/** The checks that the candidate has to pass: none for the first revision, for a way back and for what people promote. */
export function checksFor(
  facts: Pick<StepFacts, 'spec' | 'roles'>,
  candidate: CandidateStatus,
): readonly AnalysisCheck[] {
  return isCanary(facts, candidate) ? (facts.spec.rollout?.analysis ?? []) : [];
}

function isCanary({ spec, roles }: Pick<StepFacts, 'spec' | 'roles'>, candidate: CandidateStatus): boolean {
  if (roles.stable === undefined || isWayBack(roles, candidate)) return false;
  return !isPromoted(spec, candidate);
}

/** Whether people have taken the rest of its steps from it. What else they hold it back by counts for more: until then it keeps its step and its checks. */
function isPromoted(spec: ModelDeploymentSpec, candidate: CandidateStatus): boolean {
  const { promotedRevision, paused } = spec.rollout ?? {};
  return promotedRevision === candidate.revision && paused !== true && isApproved(spec, candidate);
}

function atOnce({ replicas, roles: { stable }, isWithoutSurge }: StepFacts, candidate: CandidateStatus): CurrentStep {
  const counts = { candidate: replicas, stable: stable === undefined ? 0 : replicas };
  if (!isWithoutSurge || stable === undefined) return { counts, hold: 0, title: 'full capacity' };
  const half = within({ ...counts, candidate: Math.floor(replicas / 2) }, replicas, candidate);
  return { counts: half, hold: 0, title: replicas > 1 ? `${half.candidate} of ${replicas} pods` : 'full capacity' };
}

/** The declared steps at this capacity, in order. */
function effectiveSteps({ spec, replicas, traffic }: StepFacts): readonly EffectiveStep[] {
  const merged: EffectiveStep[] = [];
  for (const [last, { weight, hold }] of (spec.rollout?.steps ?? []).entries()) {
    const before = merged.at(-1);
    const isSame = before !== undefined && traffic.isSame(before.weight, weight, replicas);
    const longest = Math.max(milliseconds(hold) ?? 0, isSame ? before.hold : 0);
    merged.splice(isSame ? -1 : merged.length, 1, { last, weight, hold: longest });
  }
  return merged;
}

function titleOf({ weight }: EffectiveStep): string {
  return `weight ${weight}`;
}
