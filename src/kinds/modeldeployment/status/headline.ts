import { findCondition } from '../../../api/condition.ts';
import { conditionHeadline, type Headline } from '../../../api/headline.ts';
import type { ModelDeploymentStatus } from '../../../api/types.ts';

/** Ready sums up. In a rollout each step whose weight was reached is a chapter, told as what the step is. */
export function headline(status: ModelDeploymentStatus): Headline | undefined {
  const summary = conditionHeadline(status.conditions, 'Ready', episode(status));
  const { candidate, conditions } = status;
  if (summary === undefined || candidate?.weight === undefined || candidate.weightSince === undefined) return summary;
  const going = findCondition(conditions, 'Reconciling');
  const message = going?.reason === 'Holding' ? going.message : summary.message;
  return { ...summary, chapter: String(candidate.step), message };
}

/** What was declared, and the revision that came of it; a rejection is an episode too, though the same revision goes on serving. */
function episode({ observedGeneration, candidate, stable, rejected }: ModelDeploymentStatus): string {
  const role = candidate ?? stable;
  return [observedGeneration, role?.revision, role?.since, candidate?.step, rejected?.at(-1)?.time].join('/');
}
