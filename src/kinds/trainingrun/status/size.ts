import type { Attempt, AttemptStage, TrainingRunStatus } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import { fits } from '../../../api/size.ts';

const largestStatus = 60 * 1024;

/**
 * A status that fits: each attempt is bounded, twenty of them at their largest are not. Of the oldest attempts the messages of their
 * stages go first, which they repeat, then the verdicts of their rules, then the stages, and last the attempts themselves; their
 * ModelVersions hold what was decided.
 */
export function bounded(status: TrainingRunStatus): TrainingRunStatus {
  const attempts = [...(status.attempts ?? [])];
  const isTooLarge = () => !fits({ ...status, attempts }, largestStatus);
  if (!isTooLarge()) return status;
  for (const shorter of [withoutStageMessages, without('gate'), without('stages')]) {
    for (const [index, attempt] of attempts.slice(0, -1).entries()) {
      if (isTooLarge()) attempts[index] = shorter(attempt);
    }
  }
  while (attempts.length > 1 && isTooLarge()) attempts.shift();
  return { ...status, attempts };
}

function withoutStageMessages(attempt: Attempt): Attempt {
  const stages = attempt.stages?.map((stage) => defined<AttemptStage>({ ...stage, message: undefined }));
  return defined<Attempt>({ ...attempt, stages });
}

function without(field: 'gate' | 'stages'): (attempt: Attempt) => Attempt {
  return (attempt) => defined<Attempt>({ ...attempt, [field]: undefined });
}
