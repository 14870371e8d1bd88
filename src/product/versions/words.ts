import type { TrainedHardware } from '../../api/types.ts';
import { shortDigest } from '../../domain/digest.ts';

/** An image by its digest where the node told it, else by its name without the registry. */
export function imageText(image: string, digest: string | undefined): string {
  return shortDigest(digest) ?? image.slice(image.lastIndexOf('/') + 1);
}

/** Such as `4 × 8 nvidia.com/gpu H100`. */
export function hardwareText(hardware: TrainedHardware | undefined, nodes = 1): string | undefined {
  if (hardware === undefined) return nodes > 1 ? `${nodes} pods` : undefined;
  const { resource, count, product, profile } = hardware;
  const devices = [`${count} ${resource}`, product, profile === undefined ? undefined : `(${profile})`];
  return [...(nodes > 1 ? [`${nodes} ×`] : []), ...devices].filter((word) => word !== undefined).join(' ');
}
