/** The containers of ours that bring artifacts into a pod and out of it. What they run is src/transfer. */
import type { IContainer, IEnvVar, IPodSpec, IVolume, IVolumeMount } from 'kubernetes-models/v1';
import { defined } from '../api/defined.ts';
import type { PodOptions, StorageOptions, StorageVolume } from '../api/generated/shared.ts';
import { bytesOf } from '../domain/quantity.ts';
import type { StorageInstallation } from '../storage/installation.ts';
import { under } from '../storage/index.ts';
import { cacheFolder, inStorage, remotePaths, remoteVolumes } from '../storage/remote.ts';
import type { Fetch } from '../storage/storage.ts';
import { restrictedContainer } from './container.ts';
import { literals } from './environment.ts';

/** What the containers of one pod have in common. */
export interface Transfers {
  readonly installation: StorageInstallation;
  /** `spec.storage`. */
  readonly storage: StorageOptions | undefined;
  /** As whom the user's container runs: what it writes, and reads, may be for its user alone. */
  readonly pod: Pick<PodOptions, 'runAsUser' | 'runAsGroup'>;
}

/** What a container of ours is told, as JSON in FLYBALL_TRANSFER. */
export interface TransferSettings extends Pick<
  StorageInstallation,
  's3' | 'gs' | 'abfss' | 'hf' | 'caCertificates' | 'proxy'
> {
  /** What the contents of folders have to be. */
  readonly digests?: Readonly<Record<string, string>>;
  /** How many bytes may be fetched in all. */
  readonly room?: number;
  /** Where pods save their output, each in a folder of its own below: whether that can be written is found out before anything else. */
  readonly output?: string;
}

export const transferContainers = ['check-output', 'fetch', 'verify', 'restore', 'save', 'checkpoint'] as const;

export type TransferContainer = (typeof transferContainers)[number];

/** The exit code of what people have to mend, such as credentials or the name of a bucket. */
export const peopleMend = 3;

/** The same of the place where the output shall go, before anything was trained; and where its store failed for too long. */
export const outputRefused = 4;
export const outputAway = 5;

/** The containers of ours that bring something into a pod, or out of it; another image has exit codes of its own. */
export function transfersIn({ containers, initContainers = [] }: IPodSpec): TransferContainer[] {
  const isOurs = (container: IContainer) =>
    isTransfer(container) && container.command !== undefined && container.restartPolicy === undefined;
  const names = [...initContainers, ...containers].filter(isOurs).map(({ name }) => name);
  return transferContainers.filter((name) => names.includes(name));
}

export const transferVariable = 'FLYBALL_TRANSFER';

/** Before the keys of the Secret, so that none of them, such as NODE_OPTIONS, is a variable by which the program does something else. */
export const secretPrefix = 'FLYBALL_STORE_';

/** How the image starts its program. */
const program = ['/usr/local/bin/node', '/app/transfer.mjs'];

const temporary = 'flyball-tmp';

/** What they need of a pod beside the volumes of artifacts. */
export const transferVolumes: readonly IVolume[] = [{ name: temporary, emptyDir: {} }];

/** All volumes that these containers have. */
export const transferVolumeNames: readonly string[] = [...Object.values(remoteVolumes), temporary];

/** Whether a container is one of these, whatever others are called. */
export function isTransfer({ name, env }: IContainer): boolean {
  const isNamed = transferContainers.some((one) => one === name);
  return isNamed && env?.some((variable) => variable.name === transferVariable) === true;
}

/**
 * What artifacts are fetched into. Another image writes straight to where it is told, also over what others read: it gets no folder that pods
 * share.
 */
export function volumeFor(
  { fetchImage }: StorageInstallation,
  storage: StorageOptions | undefined,
): StorageVolume | undefined {
  const { volume } = storage ?? {};
  return fetchImage !== undefined && volume?.claimName !== undefined ? undefined : volume;
}

/** What comes before anything of the user's starts. */
export interface Before {
  readonly fetches: readonly Fetch[];
  /** Where the checkpoints of the run are, and the folder into which the last one is brought. */
  readonly checkpoint?: { readonly uri: string; readonly folder: string } | undefined;
  /** Where pods save their output, each in a folder of its own below. */
  readonly output?: string | undefined;
}

/**
 * What fetches artifacts and a checkpoint. The first of ours that asks a store at all finds out beforehand whether the output can be written,
 * since all containers share the room for what they report; where there is none, a container of its own does.
 */
export function containersBefore({ fetches, checkpoint, output }: Before, transfers: Transfers): IContainer[] {
  const isFetchOurs = transfers.installation.fetchImage === undefined;
  const checks = fetches.length > 0 ? isFetchOurs && 'fetch' : checkpoint !== undefined && 'restore';
  const alone = output !== undefined && checks === false ? [checkContainer(output, transfers)] : [];
  return [
    ...alone,
    ...fetchContainers(fetches, transfers, checks === 'fetch' ? output : undefined),
    ...(checkpoint === undefined
      ? []
      : [restoreContainer(checkpoint.uri, checkpoint.folder, transfers, checks === 'restore' ? output : undefined)]),
  ];
}

/** Finds out whether the output can be written, while nothing is lost yet. */
export function checkContainer(output: string, transfers: Transfers): IContainer {
  return ours('check-output', [under(output, podUID)], [], transfers);
}

/**
 * What fetches, before anything else starts; nothing if there is nothing to fetch. What another image has fetched, ours verifies.
 * @param output what it finds out before, if it is ours.
 */
export function fetchContainers(all: readonly Fetch[], transfers: Transfers, output?: string): IContainer[] {
  const fetches = [...new Map(all.map((one) => [one.folder, one])).values()];
  if (fetches.length === 0) return [];
  const digests = Object.fromEntries(
    fetches.flatMap(({ folder, digest }) => (digest === undefined ? [] : [[folder, digest]])),
  );
  const mounts = mountsOf(fetches);
  const sources = fetches.flatMap(({ uri, folder }) => [uri, folder]);
  const room = bytesOf(transfers.storage?.volume?.emptyDir?.sizeLimit ?? '');
  const own = ours('fetch', sources, mounts, transfers, defined({ digests, room, output }));
  const { fetchImage } = transfers.installation;
  if (fetchImage === undefined) return [own];
  const folders = fetches.map(({ folder }) => folder);
  const { command: _, ...others } = { ...own, image: fetchImage };
  const { secretRef } = transfers.storage ?? {};
  const asItExpects = secretRef === undefined ? others : { ...others, envFrom: [{ secretRef }] };
  return [asItExpects, ours('verify', folders, mounts, { ...transfers, storage: undefined }, { digests })];
}

/** Brings the newest checkpoint of a run into a folder, if there is one. */
export function restoreContainer(uri: string, folder: string, transfers: Transfers, output?: string): IContainer {
  return ours('restore', [uri, inStorage(folder)], [storageMount], transfers, defined({ output }));
}

/**
 * Saves a folder when all before it has ended.
 * @param output where each pod has a folder of its own below.
 */
export function saveContainer(folder: string, output: string, transfers: Transfers): IContainer {
  return ours('save', [inStorage(folder), under(output, podUID)], [storageMount], transfers);
}

/** Saves a folder again and again, as long as the user's container runs. */
export function checkpointContainer(folder: string, uri: string, transfers: Transfers): IContainer {
  const container = ours('checkpoint', [inStorage(folder), uri], [storageMount], transfers);
  return { ...container, restartPolicy: 'Always' };
}

/** The UID of the pod, in arguments of these containers. */
const podUID = '$(FLYBALL_POD_UID)';

const storageMount: IVolumeMount = { name: remoteVolumes.storage, mountPath: remotePaths.storage };
const cacheMount: IVolumeMount = { name: remoteVolumes.cache, mountPath: remotePaths.cache, subPath: cacheFolder };

function mountsOf(fetches: readonly Fetch[]): IVolumeMount[] {
  const isBelow = (path: string) => fetches.some(({ folder }) => folder.startsWith(`${path}/`));
  return [...(isBelow(remotePaths.storage) ? [storageMount] : []), ...(isBelow(remotePaths.cache) ? [cacheMount] : [])];
}

function ours(
  name: TransferContainer,
  args: readonly string[],
  mounts: readonly IVolumeMount[],
  { installation, storage, pod }: Transfers,
  more: Pick<TransferSettings, 'digests' | 'room' | 'output'> = {},
): IContainer {
  const { image, imagePullPolicy, s3, gs, abfss, hf, caCertificates, proxy, resources } = installation;
  const settings = defined<TransferSettings>({ ...more, s3, gs, abfss, hf, caCertificates, proxy });
  const uid: IEnvVar = { name: 'FLYBALL_POD_UID', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } };
  return defined<IContainer>({
    name,
    image,
    imagePullPolicy,
    command: [...program, name],
    args: [...args],
    env: [uid, ...literals({ [transferVariable]: JSON.stringify(settings) })],
    envFrom: storage?.secretRef && [{ prefix: secretPrefix, secretRef: storage.secretRef }],
    resources: resources && defined({ requests: resources.requests, limits: resources.limits }),
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: defined<NonNullable<IContainer['securityContext']>>({
      ...restrictedContainer,
      readOnlyRootFilesystem: true,
      runAsUser: pod.runAsUser,
      runAsGroup: pod.runAsGroup,
    }),
    volumeMounts: [...mounts, { name: temporary, mountPath: '/tmp' }],
  });
}
