import type { IVolume } from 'kubernetes-models/v1';
import { abfss } from './abfss.ts';
import { gs } from './gs.ts';
import { hf } from './hf.ts';
import { https } from './https.ts';
import { oci } from './oci.ts';
import { pvc } from './pvc.ts';
import { remoteVolumes } from './remote.ts';
import { s3 } from './s3.ts';
import type { Access, Location, Mounting, PodParts, Unlocated, Storage } from './storage.ts';

/** All that artifacts can be kept in. */
export const storages: readonly Storage[] = [pvc, s3, gs, abfss, https, hf, oci];

/** Where an artifact is, by the storage that knows the scheme of its URI; of what is written, by those that can be written to. */
export function locate(uri: string, access: Access = 'Read'): Location | Unlocated {
  const usable = storages.filter(({ isWritable }) => isWritable || access === 'Read');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(uri)?.[1];
  const storage = usable.find(({ schemes }) => schemes.includes(scheme ?? ''));
  if (storage !== undefined) return storage.parse(uri);
  const lacking = scheme === undefined ? 'has no scheme' : `has the scheme "${scheme}"`;
  const known = usable.flatMap(({ schemes }) => schemes).join(', ');
  const forms = usable.map(({ form }) => form).join(' or ');
  return { type: 'Unlocated', message: `${JSON.stringify(uri)} ${lacking}, known are ${known}: write ${forms}` };
}

/** What a pod needs in order to have an artifact at a path. */
export function partsOf(at: Location, mounting: Mounting): PodParts {
  return storageOf(at.scheme)?.parts(at, mounting) ?? { volumes: [], mounts: [], fetches: [] };
}

/**
 * The parts of one pod: volumes of one name are one, and get the name that `nameOf` gives the how manieth volume, since the name of
 * a claim may be longer than that of a volume.
 */
export function joined(parts: readonly PodParts[], nameOf: (index: number) => string): PodParts {
  const volumes = new Map<string, IVolume>();
  let unnamed = 0;
  for (const volume of parts.flatMap((part) => part.volumes)) {
    if (volumes.has(volume.name)) continue;
    volumes.set(volume.name, isNamed(volume) ? volume : { ...volume, name: nameOf(unnamed++) });
  }
  const renamed = (name: string) => volumes.get(name)?.name ?? name;
  const mounts = parts.flatMap((part) => part.mounts);
  return {
    volumes: [...volumes.values()],
    mounts: mounts.map((mount) => ({ ...mount, name: renamed(mount.name) })),
    fetches: parts.flatMap(({ fetches }) => fetches),
  };
}

/** The volumes of what is fetched have names that the containers which fetch know. */
function isNamed({ name }: IVolume): boolean {
  return Object.values<string>(remoteVolumes).includes(name);
}

/** Whether what is there has to be brought into a pod first, and out of it at last. */
export function isRemote(uri: string): boolean {
  const at = locate(uri);
  return at.type === 'Location' && storageOf(at.scheme)?.isRemote === true;
}

/** The image whose files an artifact is; undefined of any other. */
export function imageOf(uri: string): string | undefined {
  const at = locate(uri);
  return at.type === 'Location' && oci.schemes.includes(at.scheme) ? at.authority : undefined;
}

/** The URI of a folder below another one, as each attempt has one below its run's output. */
export function under(uri: string, name: string): string {
  return `${uri}/${name}`;
}

function storageOf(scheme: string): Storage | undefined {
  return storages.find(({ schemes }) => schemes.includes(scheme));
}
