import type { ITrainingRun } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import { outputRefused, peopleMend } from '../../../workload/transfers.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import type { Snapshot } from '../start/snapshot.ts';
import type { JobSpec } from './stage.ts';

/**
 * How often one pod works. The Job makes a failed pod again, as often as the Jobs before it have left; pods that the cluster took away are
 * not counted.
 * @param transfers the containers that fetch and save.
 */
export function onePod(
  run: ITrainingRun,
  { failures = 0 }: Pick<Snapshot, 'failures'>,
  transfers: readonly string[] = [],
): Omit<JobSpec, 'template'> {
  return {
    parallelism: 1,
    completions: 1,
    backoffLimit: Math.max(0, (run.spec.retry?.limit ?? 0) - failures),
    podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [disruption] }, ...inVain(transfers)] },
  };
}

/**
 * One pod made again would wait for partners that have given up, so the Job ends with its first failure and the whole gang is
 * made again. A disruption fails it with a reason of its own, which outlives the pods and tells that it is not to be counted.
 */
export function gang(recipe: Recipe, transfers: readonly string[] = []): Omit<JobSpec, 'template'> {
  return defined<Omit<JobSpec, 'template'>>({
    parallelism: recipe.nodes,
    completions: recipe.nodes,
    completionMode: 'Indexed',
    backoffLimit: 0,
    podFailurePolicy: { rules: [{ action: 'FailJob', onPodConditions: [disruption] }, ...inVain(transfers)] },
  });
}

/** What people have to mend before anything can be fetched, trained or saved is the same for the next pod, which would train for nothing. */
function inVain(transfers: readonly string[]): PodFailureRule[] {
  return transfers.map((containerName) => ({
    action: 'FailJob',
    onExitCodes: { containerName, operator: 'In', values: [peopleMend, outputRefused] },
  }));
}

type PodFailureRule = NonNullable<JobSpec['podFailurePolicy']>['rules'][number];

const disruption = { type: 'DisruptionTarget', status: 'True' };
