import { written } from '../../../api/message.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import type { HardwareProfile } from '../../../workload/hardware.ts';
import { hardwareProblem } from '../../../workload/hardwareproblems.ts';
import type { Problem } from '../attempt/waiting.ts';
import { editCommand } from '../status/advice.ts';
import { keyOf } from '../../../api/resource.ts';

/** Why no attempt can start on the hardware that the run names. One that goes on has it in its snapshot. */
export function missingHardware(run: ITrainingRun, profiles: readonly HardwareProfile[]): Problem | undefined {
  const found = hardwareProblem(run.spec, profiles, { container: 'spec', edit: editCommand(keyOf(run)) });
  return found && { reason: found.reason, message: written(found), isStalled: true };
}
