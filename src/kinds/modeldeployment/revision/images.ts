import { kubectl } from '../../../api/command.ts';
import type { Key } from '../../../api/resource.ts';
import type { ServerVersion } from '../../../api/serverversion.ts';
import type { ModelDeploymentSpec } from '../../../api/types.ts';
import { imageVolumeProblem, type ImageVolumeProblem } from '../../../workload/imagevolumes.ts';

/** Why no revision with this model can be made in a cluster that mounts no images. One that was made keeps what it has. */
export function missingImageVolumes(
  { namespace, name }: Key,
  { server: { pod } }: ModelDeploymentSpec,
  uri: string,
  server: ServerVersion | undefined,
): ImageVolumeProblem | undefined {
  const declared = { artifacts: [{ field: 'The model', uri }], pod, podField: 'spec.server.pod' };
  return imageVolumeProblem(declared, server, kubectl(namespace, 'edit', 'mdep', name));
}
