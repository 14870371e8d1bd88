import type { CandidateStatus } from '../../../api/types.ts';
import type { TimedQuestion } from '../../../measure/measure.ts';
import { patienceOf, requestQuestion } from '../../../measure/requests.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { holdRemaining, samplingInterval } from './hold.ts';
import { situationOf } from './situation.ts';
import { checksFor } from './steps.ts';

/**
 * What the analysis of a step asks once its weight is in effect: about the candidate, and what it is compared with, in the window
 * since then. Once per sampling interval while the step holds, and once more when its hold is over, since that decides.
 */
export function questions(facts: ModelDeploymentFacts, now: Date): readonly TimedQuestion[] {
  // What the persisted roles tell spares most passes the situation, which costs about as much as all else.
  if (facts.parent.status?.candidate?.weightSince === undefined) return [];
  const situation = situationOf(facts, now);
  const { key, roles, step } = situation;
  const { candidate } = roles;
  if (step === undefined || candidate?.weightSince === undefined) return [];
  const window = now.getTime() - Date.parse(candidate.weightSince);
  const holdEnd = now.getTime() + holdRemaining(candidate, step, now);
  // An answer that is just as old as the interval is due: the next pass comes exactly then.
  const interval = now.getTime() - samplingInterval + 1;
  const freshSince = new Date(holdEnd <= now.getTime() ? Math.max(interval, holdEnd) : interval);
  const seriesOf = (revision: string) => ({ namespace: key.namespace, modelDeployment: key.name, revision });
  const checks = checksFor(situation, candidate);
  return checks.map((check) => ({
    ...requestQuestion(check, {
      series: seriesOf(candidate.revision),
      window,
      patience: patienceOf(checks),
      against: check.against && roles.stable && seriesOf(roles.stable.revision),
    }),
    name: check.name,
    about: aboutOf(candidate),
    freshSince,
    patient: false,
  }));
}

/** The window grows from answer to answer; what it begins with stays. */
function aboutOf({ revision, step, weightSince }: CandidateStatus): string {
  return `${revision} ${step} ${weightSince}`;
}
