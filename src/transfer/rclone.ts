import type { Location } from '../storage/storage.ts';
import { mend } from './ends.ts';
import type { Limits } from './limits.ts';
import type { Credentials, TransferSettings } from './settings.ts';

/** A file in a store. */
export interface Entry {
  /** Relative to what was listed. */
  readonly path: string;
  readonly size: number;
  readonly modified: string;
  /** Of its contents, where the store has one. */
  readonly hash?: string;
}

/** A folder of this machine, by its absolute path, or a place in a store. */
export type Place = string | Location;

/** What is told while files are copied. */
export interface Watch {
  /** How much has come, of how much as far as known. */
  readonly moved?: (bytes: number, files: number) => void;
  /** A file has come whole. */
  readonly copied?: (path: string) => void;
}

/**
 * Drives the program rclone. Each call tries again for as long as the limits say while the store is at fault, and throws a Failure in
 * plain words at the end of them, or at once if people have to mend it.
 */
export interface Rclone {
  /** All files below a prefix, or the one object there, by path. Nothing there: an empty list. */
  list(at: Location): Promise<readonly Entry[]>;
  /** Copies what is below one place and not yet the same below the other. Deletes nothing. */
  copy(from: Place, to: Place, watch: Watch): Promise<void>;
  /** Writes a small object, whole or not at all. */
  write(text: string, at: Location): Promise<void>;
}

export interface RcloneOptions {
  readonly settings: TransferSettings;
  readonly credentials: Credentials;
  readonly limits: Limits;
  readonly say: (line: string) => void;
  readonly stop: AbortSignal;
  /** Where rclone is looked for: PATH. */
  readonly path: string;
}

export function rcloneBy({ path }: RcloneOptions): Rclone {
  const unmade = () => Promise.reject(mend(`rclone is not driven yet, from ${path}`));
  return { list: unmade, copy: unmade, write: unmade };
}
