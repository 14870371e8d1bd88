import type { Entry } from './entry.ts';
import type { Watch } from './moved.ts';

/** Where an artifact comes from. */
export interface Source {
  readonly uri: string;
  /** What is there now: none if there is nothing. */
  list(): Promise<readonly Entry[]>;
  /** Brings all of it into a folder, but for files that are there whole. */
  copy(folder: string, watch: Watch): Promise<void>;
}
