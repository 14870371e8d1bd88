import type { ITrainingRun } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import type { Snapshot } from '../start/snapshot.ts';
import type { JobSpec } from './stage.ts';

/**
 * How often one pod works. The Job makes a failed pod again, as often as the Jobs before it have left; pods that the cluster took away are
 * not counted.
 */
export function onePod(run: ITrainingRun, { failures = 0 }: Pick<Snapshot, 'failures'>): Omit<JobSpec, 'template'> {
  return {
    parallelism: 1,
    completions: 1,
    backoffLimit: Math.max(0, (run.spec.retry?.limit ?? 0) - failures),
    podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [disruption] }] },
  };
}

/**
 * One pod made again would wait for partners that have given up, so the Job ends with its first failure and the whole gang is
 * made again. A disruption fails it with a reason of its own, which outlives the pods and tells that it is not to be counted.
 */
export function gang(recipe: Recipe): Omit<JobSpec, 'template'> {
  return defined<Omit<JobSpec, 'template'>>({
    parallelism: recipe.nodes,
    completions: recipe.nodes,
    completionMode: 'Indexed',
    backoffLimit: 0,
    podFailurePolicy: { rules: [{ action: 'FailJob', onPodConditions: [disruption] }] },
  });
}

const disruption = { type: 'DisruptionTarget', status: 'True' };
