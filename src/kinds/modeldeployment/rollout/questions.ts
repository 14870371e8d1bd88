import type { CandidateStatus } from '../../../api/types.ts';
import type { TimedQuestion } from '../../../measure/measure.ts';
import { patienceOf, requestQuestion } from '../../../measure/requests.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { holdRemaining, samplingInterval } from './hold.ts';
import { situationOf } from './situation.ts';
import { checksFor } from './steps.ts';

/**
 * What the analysis of a step asks once its weight is in effect: about the candidate from the beginning of the step on, as its first
 * pods have requests before its weight is reached, and about what it is compared with from then on. Once per sampling interval while
 * the step holds, and once more when its hold is over, since that decides.
 */
export function questions(facts: ModelDeploymentFacts, now: Date): readonly TimedQuestion[] {
  // What the persisted roles tell spares most passes the situation, which costs about as much as all else.
  if (facts.parent.status?.candidate?.weightSince === undefined) return [];
  const situation = situationOf(facts, now);
  const { key, roles, step } = situation;
  const { candidate } = roles;
  if (step === undefined || candidate?.weightSince === undefined) return [];
  const { weightSince, measuredSince = weightSince } = candidate;
  const since = (time: string) => now.getTime() - Date.parse(time);
  const holdEnd = now.getTime() + holdRemaining(candidate, step, now);
  // An answer that is just as old as the interval is due: the next pass comes exactly then.
  const interval = now.getTime() - samplingInterval + 1;
  const freshSince = new Date(holdEnd <= now.getTime() ? Math.max(interval, holdEnd) : interval);
  const seriesOf = (revision: string) => ({ namespace: key.namespace, modelDeployment: key.name, revision });
  const checks = checksFor(situation, candidate);
  return checks.map((check) => ({
    ...requestQuestion(check, {
      series: seriesOf(candidate.revision),
      window: since(measuredSince),
      patience: patienceOf(checks),
      against: check.against && roles.stable && { series: seriesOf(roles.stable.revision), window: since(weightSince) },
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
