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
  readonly pod: TransferPod;
  /** A folder that outlives the container, though not the pod. */
  readonly scratch: string;
  /** Writes one line of the log. */
  readonly say: (line: string) => void;
  /** Aborted by SIGTERM. */
  readonly stop: AbortSignal;
}

/** What is known of the pod that the program runs in. */
export interface TransferPod {
  /** Which pod of a gang it is. */
  readonly index: string | undefined;
  readonly uid: string | undefined;
}

/** One of fetch, verify, save, checkpoint, restore and check-output. Ends with what it has done, or throws a Failure. */
export type Command = (words: readonly string[], transfer: Transfer) => Promise<readonly Artifact[]>;
