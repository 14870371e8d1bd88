import { join } from 'node:path';
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { run } from '../../../hack/cluster/command.ts';

export const reference = 'localhost/flyball-tests/model:1';

/** Makes an image of nothing but a folder, and brings it to the nodes without a registry. */
export async function bringImage(cluster: Cluster, folder: string, work: string): Promise<void> {
  const layout = join(work, 'layout');
  const archive = join(work, 'image.tar');
  await run('umoci', ['init', '--layout', layout]);
  await run('umoci', ['new', '--image', `${layout}:model`]);
  await run('umoci', ['insert', '--rootless', '--image', `${layout}:model`, folder, '/']);
  await run('skopeo', ['copy', '--quiet', `oci:${layout}:model`, `oci-archive:${archive}:${reference}`]);
  await cluster.loadImage(archive);
}
