/** What has to be brought into a pod before anybody can read it there, whatever store it is in. */
import type { IVolume, IVolumeMount } from 'kubernetes-models/v1';
import { defined } from '../api/defined.ts';
import type { StorageVolume } from '../api/generated/shared.ts';
import type { Fetch, Location, Mounting, PodParts, Storage } from './storage.ts';

/** The volumes of what is fetched and saved. The schema keeps names like these from people's own. */
export const remoteVolumes = { storage: 'flyball-storage', cache: 'flyball-cache' } as const;

/** Where the containers that fetch and save see these volumes. */
export const remotePaths = { storage: '/flyball/storage', cache: '/flyball/cache' } as const;

/** The folder of a cache claim that is ours. */
export const cacheFolder = 'flyball-cache';

/** Of a path in a store: no part begins with a dot or looks like an option. */
export const remotePath = '[A-Za-z0-9_=][A-Za-z0-9._=@+-]*(?:/[A-Za-z0-9_=][A-Za-z0-9._=@+-]*)*';

export const remoteRule =
  'each part of the path has only letters, digits and _ . = @ + -, and begins with a letter, a digit, "_" or "="';

interface RemoteStore {
  readonly scheme: string;
  readonly form: string;
  /** What is between the scheme and the path. */
  readonly authority: string;
  readonly isWritable: boolean;
  /** Whether the authority alone names something whole. */
  readonly isPathOptional?: boolean;
  /** What else has to be so, for people. */
  readonly rule?: string;
}

/** A store whose URIs are `<scheme>://<authority>/<path>`. */
export function remoteStorage(store: RemoteStore): Storage {
  const { scheme, form, authority, isWritable, isPathOptional = false, rule = remoteRule } = store;
  const pattern = new RegExp(
    `^${scheme}://(${authority})${isPathOptional ? `(?:/(${remotePath}))?` : `/(${remotePath})`}$`,
  );
  return {
    schemes: [scheme],
    form,
    isRemote: true,
    isWritable,
    parse(uri) {
      const [, holder, path = ''] = pattern.exec(uri) ?? [];
      if (holder !== undefined) return { type: 'Location', scheme, authority: holder, path };
      const message = `${JSON.stringify(uri)} is not of the form ${form}, where ${rule}`;
      return { type: 'Unlocated', message };
    },
    parts: (at, mounting) => (isCached(mounting) ? cached(at, mounting) : fetched(at, mounting)),
  };
}

type Cached = Mounting & { readonly digest: string; readonly volume: { readonly claimName: string } };

/** What has no digest may be another thing tomorrow, so that it is nobody else's. */
function isCached(mounting: Mounting): mounting is Cached {
  const { access, digest, volume } = mounting;
  return access === 'Read' && hexOf(digest) !== undefined && volume?.claimName !== undefined;
}

/** Others fetch it too, or have fetched it already. */
function cached(at: Location, { mountPath, digest, volume }: Cached): PodParts {
  const entry = hexOf(digest) ?? '';
  return {
    volumes: [{ name: remoteVolumes.cache, persistentVolumeClaim: { claimName: volume.claimName } }],
    mounts: [{ name: remoteVolumes.cache, mountPath, subPath: `${cacheFolder}/${entry}`, readOnly: true }],
    fetches: [{ uri: uriOf(at), folder: `${remotePaths.cache}/${entry}`, digest }],
  };
}

function fetched(at: Location, { mountPath, access, digest, volume }: Mounting): PodParts {
  const subPath = folderOf(mountPath);
  const readOnly = access === 'Read' ? true : undefined;
  const wanted = defined<Fetch>({ uri: uriOf(at), folder: inStorage(subPath), digest });
  return {
    volumes: [volumeOf(volume)],
    mounts: [defined<IVolumeMount>({ name: remoteVolumes.storage, mountPath, subPath, readOnly })],
    fetches: access === 'Read' ? [wanted] : [],
  };
}

/** Of one pod alone. */
function volumeOf({ emptyDir, ephemeral }: StorageVolume = {}): IVolume {
  const name = remoteVolumes.storage;
  if (ephemeral !== undefined) {
    const { size, storageClassName } = ephemeral;
    const resources = { requests: { storage: String(size) } };
    return {
      name,
      ephemeral: {
        volumeClaimTemplate: { spec: defined({ accessModes: ['ReadWriteOnce'], resources, storageClassName }) },
      },
    };
  }
  const sizeLimit = emptyDir?.sizeLimit;
  return { name, emptyDir: sizeLimit === undefined ? {} : { sizeLimit: String(sizeLimit) } };
}

/** Where the containers that fetch and save see a folder of their volume. */
export function inStorage(folder: string): string {
  return `${remotePaths.storage}/${folder}`;
}

/** The folder of the volume that is seen at a path of ours. */
export function folderOf(mountPath: string): string {
  return mountPath.replace(/^\/flyball\//, '');
}

function hexOf(digest: string | undefined): string | undefined {
  return /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1];
}

function uriOf({ scheme, authority, path }: Location): string {
  return path === '' ? `${scheme}://${authority}` : `${scheme}://${authority}/${path}`;
}
