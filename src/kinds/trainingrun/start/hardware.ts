import { written } from '../../../api/message.ts';
import type { ServerVersion } from '../../../api/serverversion.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import type { HardwareProfile } from '../../../workload/hardware.ts';
import { hardwareProblem } from '../../../workload/hardwareproblems.ts';
import { imageVolumeProblem } from '../../../workload/imagevolumes.ts';
import type { Problem } from '../attempt/waiting.ts';
import { editCommand } from '../status/advice.ts';
import { keyOf } from '../../../api/resource.ts';

/** Why no attempt can start on the hardware that the run names. One that goes on has it in its snapshot. */
export function missingHardware(run: ITrainingRun, profiles: readonly HardwareProfile[]): Problem | undefined {
  const found = hardwareProblem(run.spec, profiles, { container: 'spec', edit: editCommand(keyOf(run)) });
  return found && { reason: found.reason, message: written(found), isStalled: true };
}

/** Why no attempt can start in a cluster that mounts no images. One that goes on has them already. */
export function missingImageVolumes(run: ITrainingRun, server: ServerVersion | undefined): Problem | undefined {
  const { datasets = [], pod } = run.spec;
  const artifacts = datasets.map(({ name, uri }) => ({ field: `spec.datasets "${name}"`, uri }));
  const found = imageVolumeProblem({ artifacts, pod, podField: 'spec.pod' }, server, editCommand(keyOf(run)));
  return found && { reason: found.reason, message: written(found), isStalled: true };
}
