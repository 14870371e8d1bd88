import type { AnalysisCheck, CandidateStatus, ModelDeploymentSpec } from '../../../api/types.ts';
import type { Milliseconds } from '../../../controller.ts';
import type { Roles } from './situation.ts';
import { effectiveSteps } from '../traffic/pods.ts';
import type { Counts, EffectiveStep } from '../traffic/pods.ts';

/** The step that a candidate is in, at the present capacity. */
export interface CurrentStep {
  readonly counts: Counts;
  readonly hold: Milliseconds;
  /** For messages. */
  readonly title: string;
  /** The index of the next declared step; absent at the last. */
  readonly next?: number;
}

export interface StepFacts {
  readonly spec: ModelDeploymentSpec;
  readonly replicas: number;
  readonly roles: Roles;
}

/**
 * The declared steps apply to a revision that is new beside one that serves. The first revision has nothing to be compared with,
 * and a way back must be short: both get the full capacity at once, next to the stable one until they are ready.
 */
export function currentStep({ spec, replicas, roles }: StepFacts, candidate: CandidateStatus): CurrentStep {
  const steps = isCanary(roles, candidate) ? effectiveSteps(spec.rollout?.steps ?? [], replicas) : [];
  const step = steps.find(({ last }) => last >= candidate.step) ?? steps.at(-1);
  if (step === undefined) return atOnce(replicas, roles);
  return { counts: step.counts, hold: step.hold, title: `weight ${step.weight}`, ...nextOf(steps, step) };
}

/** The checks that the candidate has to pass: none for the first revision and for a way back. */
export function checksFor({ spec, roles }: StepFacts, candidate: CandidateStatus): readonly AnalysisCheck[] {
  return isCanary(roles, candidate) ? (spec.rollout?.analysis ?? []) : [];
}

/** Whether the candidate returns to the revision that served before. */
export function isWayBack({ previous }: Roles, candidate: CandidateStatus): boolean {
  return previous?.revision === candidate.revision;
}

function isCanary(roles: Roles, candidate: CandidateStatus): boolean {
  return roles.stable !== undefined && !isWayBack(roles, candidate);
}

function atOnce(replicas: number, { stable }: Roles): CurrentStep {
  const counts = { candidate: replicas, stable: stable === undefined ? 0 : replicas };
  return { counts, hold: 0, title: 'full capacity' };
}

function nextOf(steps: readonly EffectiveStep[], step: EffectiveStep): { readonly next?: number } {
  return step.last < (steps.at(-1)?.last ?? 0) ? { next: step.last + 1 } : {};
}
