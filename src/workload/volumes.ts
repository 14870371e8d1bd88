/** The volumes that people declare beside those of artifacts. */
import type { IVolume, IVolumeMount } from 'kubernetes-models/v1';
import { defined } from '../api/defined.ts';
import type { PodOptions, PodVolume, VolumeMount } from '../api/generated/shared.ts';

/** The schema keeps this name from people's volumes, as it does those of artifacts. */
export const sharedMemoryVolume = 'shared-memory';

/** What shared memory is in every Linux program. */
const sharedMemoryPath = '/dev/shm';

export function volumesOf({ volumes = [], sharedMemory }: PodOptions = {}): IVolume[] {
  return [...volumes.map(volume), ...(sharedMemory === undefined ? [] : [memory(sharedMemory)])];
}

/** Where the user's container sees them. */
export function mountsOfMain({ volumes = [], sharedMemory }: PodOptions = {}): IVolumeMount[] {
  const mounts = volumes.flatMap(({ name, mountPath, subPath, readOnly }) =>
    mountPath === undefined ? [] : [defined<IVolumeMount>({ name, mountPath, subPath, readOnly })],
  );
  return sharedMemory === undefined ? mounts : [...mounts, { name: sharedMemoryVolume, mountPath: sharedMemoryPath }];
}

/** Where a container beside it sees them. */
export function mountsIn(mounts: readonly VolumeMount[]): IVolumeMount[] {
  return mounts.map(({ name, mountPath, subPath, readOnly }) => defined({ name, mountPath, subPath, readOnly }));
}

function volume(declared: PodVolume): IVolume {
  const { name, configMap, secret, claimName, image } = declared;
  return defined<IVolume>({
    name,
    configMap,
    secret,
    emptyDir: emptyDir(declared),
    persistentVolumeClaim: claimName === undefined ? undefined : { claimName },
    ephemeral: ephemeral(declared),
    image,
    csi: csi(declared),
  });
}

function emptyDir({ emptyDir: declared }: PodVolume): IVolume['emptyDir'] {
  if (declared === undefined) return undefined;
  const { medium, sizeLimit } = declared;
  return defined<NonNullable<IVolume['emptyDir']>>({
    medium,
    sizeLimit: sizeLimit === undefined ? undefined : String(sizeLimit),
  });
}

/** One pod writes to it. */
function ephemeral({ ephemeral: declared }: PodVolume): IVolume['ephemeral'] {
  if (declared === undefined) return undefined;
  const { size, storageClassName } = declared;
  const resources = { requests: { storage: String(size) } };
  return { volumeClaimTemplate: { spec: defined({ accessModes: ['ReadWriteOnce'], resources, storageClassName }) } };
}

/** Some drivers, such as that of secrets, make nothing that can be written to, and say so only if they are asked for that. */
function csi({ csi: declared, readOnly }: PodVolume): IVolume['csi'] {
  return declared && defined<NonNullable<IVolume['csi']>>({ ...declared, readOnly });
}

/** What is written there counts as memory of the container that writes it. */
function memory(size: string | number): IVolume {
  return { name: sharedMemoryVolume, emptyDir: { medium: 'Memory', sizeLimit: String(size) } };
}
