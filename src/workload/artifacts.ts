/** What the containers that fetch and save have measured, as they tell at their end. */
import type { IPod } from 'kubernetes-models/v1';
import { isFields } from '../domain/canonical.ts';
import type { TransferContainer } from './transfers.ts';

/** A folder whose contents were read byte by byte. */
export interface Artifact {
  /** The folder in the container. */
  readonly path: string;
  readonly digest: string;
  readonly bytes: number;
  readonly files: number;
}

const digestForm = /^sha256:[0-9a-f]{64}$/;

/** What a container of ours that ended well has measured; undefined if it has not, or says what it never would. */
export function artifactsIn(pod: IPod, container: TransferContainer): readonly Artifact[] | undefined {
  const value = parsed(messageOf(pod, container) ?? '');
  const all: unknown = isFields(value) && hasOnly(value, ['artifacts']) ? value['artifacts'] : undefined;
  return Array.isArray(all) && all.every(isArtifact) ? all : undefined;
}

/**
 * The digests of what a container of ours that ended well has fetched, by the folders in the container. Of many it tells nothing else, in the
 * order of its arguments; what the kubelet has cut away is missing.
 */
export function digestsIn(pod: IPod, container: 'fetch' | 'verify'): ReadonlyMap<string, string> {
  const artifacts = artifactsIn(pod, container);
  if (artifacts !== undefined) return new Map(artifacts.map(({ path, digest }) => [path, digest]));
  const [, short = ''] = /^sha256 ([\w-]*)$/.exec(messageOf(pod, container) ?? '') ?? [];
  const args = pod.spec?.initContainers?.find(({ name }) => name === container)?.args ?? [];
  const folders = container === 'verify' ? args : args.filter((_, index) => index % 2 === 1);
  const digests = short.match(/.{43}/g) ?? [];
  return new Map(folders.flatMap((folder, index) => wholeDigest(folder, digests[index])));
}

function wholeDigest(folder: string, short: string | undefined): (readonly [string, string])[] {
  if (short === undefined) return [];
  const bytes = atob(`${short.replaceAll('-', '+').replaceAll('_', '/')}=`);
  const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  return [[folder, `sha256:${hex}`]];
}

/** What a container said at its end, if that was good. */
function messageOf({ status }: IPod, container: TransferContainer): string | undefined {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const end = statuses.find(({ name }) => name === container)?.state?.terminated;
  return end?.exitCode === 0 ? end.message : undefined;
}

function isArtifact(value: unknown): value is Artifact {
  if (!isFields(value) || !hasOnly(value, ['path', 'digest', 'bytes', 'files'])) return false;
  const { path, digest, bytes, files } = value;
  return (
    typeof path === 'string' &&
    typeof digest === 'string' &&
    digestForm.test(digest) &&
    isCount(bytes) &&
    isCount(files)
  );
}

function hasOnly(value: object, names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
