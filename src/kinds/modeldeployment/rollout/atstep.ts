import type { AnalysisCheck, CandidateStatus } from '../../../api/types.ts';
import type { Answers } from '../../../measure/measure.ts';
import type { AnalysisVerdict } from './analysis.ts';
import type { Roles } from './roles.ts';
import type { Situation } from './situation.ts';
import type { CurrentStep } from './steps.ts';

/** A candidate that stays in place, at its step. */
export interface AtStep {
  readonly situation: Situation;
  /** With the candidate as it is now. */
  readonly roles: Roles;
  readonly candidate: CandidateStatus;
  readonly step: CurrentStep;
  readonly checks: readonly AnalysisCheck[];
  readonly answers: Answers;
  readonly analysis: AnalysisVerdict;
  /** Whether the step's share of the requests reaches the candidate now. */
  readonly reached: boolean;
}
