import type { Artifact } from './ends.ts';
import type { Limits } from './limits.ts';
import type { Rclone } from './rclone.ts';
import type { Credentials, TransferSettings } from './settings.ts';

/** What a command works with. */
export interface Transfer {
  readonly settings: TransferSettings;
  readonly credentials: Credentials;
  readonly limits: Limits;
  readonly rclone: Rclone;
  /** Writes one line of the log. */
  readonly say: (line: string) => void;
  /** Aborted by SIGTERM. */
  readonly stop: AbortSignal;
}

/** One of fetch, verify, save and checkpoint. Ends with what it has done, or throws a Failure. */
export type Command = (words: readonly string[], transfer: Transfer) => Promise<readonly Artifact[]>;
