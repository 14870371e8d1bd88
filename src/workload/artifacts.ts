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
export function artifactsIn({ status }: IPod, container: TransferContainer): readonly Artifact[] | undefined {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const end = statuses.find(({ name }) => name === container)?.state?.terminated;
  const value = end?.exitCode === 0 ? parsed(end.message ?? '') : undefined;
  const all: unknown = isFields(value) && hasOnly(value, ['artifacts']) ? value['artifacts'] : undefined;
  return Array.isArray(all) && all.every(isArtifact) ? all : undefined;
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
