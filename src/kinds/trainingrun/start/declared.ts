import type { ITrainingRun, ScheduleStatus } from '../../../api/types.ts';
import { type Recipe, recipeOf } from '../../../domain/recipe.ts';
import type { Problem } from '../attempt/waiting.ts';
import { recipeDigest } from './digest.ts';
import { recipeProblem } from './problems.ts';
import { parseSchedule, type Schedule, scheduleStatus } from './schedule.ts';

/** What the spec of a run asks for, read once for all decisions of a pass. */
export interface Declared {
  readonly recipe: Recipe;
  readonly recipeDigest: string;
  /** Why the recipe cannot become a pod as it is meant. */
  readonly problem: Problem | undefined;
  readonly schedule: Schedule | undefined;
  /** What status remembers of the schedule from now on. */
  readonly scheduleStatus: ScheduleStatus | undefined;
}

export function declaredBy(run: ITrainingRun, now: Date): Declared {
  const { spec, status } = run;
  const recipe = recipeOf(spec);
  return {
    recipe,
    recipeDigest: recipeDigest(recipe),
    problem: recipeProblem(run, recipe),
    schedule: spec.schedule === undefined ? undefined : parseSchedule(spec.schedule, spec.timeZone),
    scheduleStatus: scheduleStatus(spec, status?.schedule, now),
  };
}
