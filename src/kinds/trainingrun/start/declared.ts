import type { ServerVersion } from '../../../api/serverversion.ts';
import type { ITrainingRun, ScheduleStatus } from '../../../api/types.ts';
import { filled, surroundings } from '../../../domain/podoptions.ts';
import { recipeOf } from '../../../domain/recipe.ts';
import type { StorageInstallation } from '../../../storage/installation.ts';
import { type HardwareProfile, profileOf } from '../../../workload/hardware.ts';
import type { Problem } from '../attempt/waiting.ts';
import { recipeDigest } from './digest.ts';
import { missingHardware, missingImageVolumes } from './hardware.ts';
import { recipeProblem } from './problems.ts';
import type { Making } from './snapshot.ts';
import { parseSchedule, type Schedule, scheduleStatus } from './schedule.ts';

/** What the spec of a run asks for, read once for all decisions of a pass. */
export interface Declared extends Making {
  /** Why the recipe cannot become a pod as it is meant. */
  readonly problem: Problem | undefined;
  /** Why it cannot be trained again, though the newest attempt is of it: what its profile said has changed since, or the cluster. */
  readonly lacking: Problem | undefined;
  readonly schedule: Schedule | undefined;
  /** What status remembers of the schedule from now on. */
  readonly scheduleStatus: ScheduleStatus | undefined;
}

/** Where the run is to be trained. */
interface Surroundings {
  /** Those that the installation has. */
  readonly profiles: readonly HardwareProfile[];
  /** How it reaches stores. */
  readonly installation: StorageInstallation;
  readonly serverVersion?: ServerVersion | undefined;
}

export function declaredBy(
  run: ITrainingRun,
  { profiles, installation, serverVersion }: Surroundings,
  now: Date,
): Declared {
  const { spec, status } = run;
  const recipe = recipeOf(spec);
  const making = {
    recipe,
    pod: surroundings(spec.pod),
    hardware: profileOf(recipe.accelerator, profiles),
    storage: filled(spec.storage),
    installation,
  };
  const digest = recipeDigest(recipe);
  const missing = missingHardware(run, profiles) ?? missingImageVolumes(run, serverVersion);
  const wasThere = status?.attempts?.at(-1)?.recipeDigest === digest;
  return {
    ...making,
    recipeDigest: digest,
    problem: recipeProblem(run, making) ?? (wasThere ? undefined : missing && { ...missing, isOfSpec: true }),
    lacking: wasThere ? missing : undefined,
    schedule: spec.schedule === undefined ? undefined : parseSchedule(spec.schedule, spec.timeZone),
    scheduleStatus: scheduleStatus(spec, status?.schedule, now),
  };
}
