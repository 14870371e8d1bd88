import { timestamp } from '../../../api/condition.ts';
import type { Attempt, ITrainingRun } from '../../../api/types.ts';
import { jobs as jobKind, services as serviceKind } from '../../../api/kinds.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { defined } from '../../../api/defined.ts';
import { isGang } from '../../../domain/recipe.ts';
import { attemptName } from '../../../domain/versions.ts';
import { gangService, trainingJob } from '../stages/job.ts';
import type { ChampionReference, Snapshot } from './snapshot.ts';
import type { DueTrigger } from './trigger.ts';

/**
 * A new attempt. The POST of its Job is what makes it so, and of two operators one wins; the Service of a gang goes before, so that
 * its pods find each other from the start.
 */
export function startAttempt(
  run: ITrainingRun,
  number: number,
  { recipe, recipeDigest }: Pick<Snapshot, 'recipe' | 'recipeDigest'>,
  due: DueTrigger,
  champion: ChampionReference | undefined,
  now: Date,
): { readonly attempt: Attempt; readonly actions: readonly Action[] } {
  const { trigger, coversUntil } = due;
  const snapshot = defined<Snapshot>({ number, recipe, recipeDigest, trigger, coversUntil, champion });
  const service: Action = { type: 'Create', kind: serviceKind, object: gangService(run, snapshot, 0) };
  const job: Action = { type: 'Create', kind: jobKind, object: trainingJob(run, snapshot, 0) };
  return {
    attempt: defined<Attempt>({
      name: attemptName(keyOf(run).name, number),
      number,
      recipeDigest,
      trigger,
      coversUntil,
      startTime: timestamp(now),
      champion: champion?.name,
    }),
    actions: isGang(recipe) ? [service, job] : [job],
  };
}
