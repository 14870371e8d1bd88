import type { IVolume } from 'kubernetes-models/v1';
import { pvc } from './pvc.ts';
import type { Access, Location, PodParts, Unlocated, Storage } from './storage.ts';

/** All that artifacts can be kept in. */
export const storages: readonly Storage[] = [pvc];

/** Where an artifact is, by the storage that knows the scheme of its URI. */
export function locate(uri: string): Location | Unlocated {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(uri)?.[1];
  const storage = scheme === undefined ? undefined : storageOf(scheme);
  if (storage !== undefined) return storage.parse(uri);
  const lacking = scheme === undefined ? 'has no scheme' : `has the scheme "${scheme}"`;
  const known = storages.flatMap(({ schemes }) => schemes).join(', ');
  const forms = storages.map(({ form }) => form).join(' or ');
  return { type: 'Unlocated', message: `${JSON.stringify(uri)} ${lacking}, known are ${known}: write ${forms}` };
}

/** What a pod needs in order to have an artifact at a path. */
export function partsOf(at: Location, mountPath: string, access: Access): PodParts {
  return storageOf(at.scheme)?.parts(at, mountPath, access) ?? { volumes: [], mounts: [] };
}

/**
 * The parts of one pod: volumes of one name are one, and get the name that `nameOf` gives the how manieth volume, since the name of
 * a claim may be longer than that of a volume.
 */
export function joined(parts: readonly PodParts[], nameOf: (index: number) => string): PodParts {
  const volumes = new Map<string, IVolume>();
  for (const volume of parts.flatMap((part) => part.volumes)) {
    const name = volumes.get(volume.name)?.name ?? nameOf(volumes.size);
    volumes.set(volume.name, { ...volume, name });
  }
  const renamed = (name: string) => volumes.get(name)?.name ?? name;
  const mounts = parts.flatMap((part) => part.mounts);
  return {
    volumes: [...volumes.values()],
    mounts: mounts.map((mount) => ({ ...mount, name: renamed(mount.name) })),
  };
}

/** The URI of a folder below another one, as each attempt has one below its run's output. */
export function under(uri: string, name: string): string {
  return `${uri}/${name}`;
}

function storageOf(scheme: string): Storage | undefined {
  return storages.find(({ schemes }) => schemes.includes(scheme));
}
