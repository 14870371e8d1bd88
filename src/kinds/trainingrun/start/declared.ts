import type { ITrainingRun, ScheduleStatus } from '../../../api/types.ts';
import { surroundings } from '../../../domain/podoptions.ts';
import { recipeOf } from '../../../domain/recipe.ts';
import { type HardwareProfile, profileOf } from '../../../workload/hardware.ts';
import type { Problem } from '../attempt/waiting.ts';
import { recipeDigest } from './digest.ts';
import { recipeProblem } from './problems.ts';
import type { Making } from './snapshot.ts';
import { parseSchedule, type Schedule, scheduleStatus } from './schedule.ts';

/** What the spec of a run asks for, read once for all decisions of a pass. */
export interface Declared extends Making {
  /** Why the recipe cannot become a pod as it is meant. */
  readonly problem: Problem | undefined;
  readonly schedule: Schedule | undefined;
  /** What status remembers of the schedule from now on. */
  readonly scheduleStatus: ScheduleStatus | undefined;
}

/** @param profiles those that the installation has. */
export function declaredBy(run: ITrainingRun, profiles: readonly HardwareProfile[], now: Date): Declared {
  const { spec, status } = run;
  const recipe = recipeOf(spec);
  const making = { recipe, pod: surroundings(spec.pod), hardware: profileOf(recipe.accelerator, profiles) };
  return {
    ...making,
    recipeDigest: recipeDigest(recipe),
    problem: recipeProblem(run, making),
    schedule: spec.schedule === undefined ? undefined : parseSchedule(spec.schedule, spec.timeZone),
    scheduleStatus: scheduleStatus(spec, status?.schedule, now),
  };
}
