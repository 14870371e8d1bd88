/** How a transfer ended otherwise than well: in one plain sentence, and with the exit code that says whose move it is. */
export class Failure extends Error {
  readonly exit: Exit;
  constructor(message: string, exit: Exit) {
    super(message);
    this.exit = exit;
  }
}

/**
 * 3: people have to mend it, and trying again changes nothing. 1: the store failed for longer than was waited. 143: it was told to end.
 * 4 and 5 are like 3 and 1, of the place where the output shall go, before anything was trained.
 */
export type Exit = 1 | 3 | 4 | 5 | 143;

/** What people have to mend. */
export function mend(message: string): Failure {
  return new Failure(message, 3);
}

/** What people asked for and is not there. While something is fetched it may also have been there a moment ago. */
export class Missing extends Failure {
  constructor(message: string) {
    super(message, 3);
  }
}

/** What was fetched whole is another thing than was asked for. */
export class OtherDigest extends Failure {
  constructor(of: string, digest: string, wanted: string) {
    super(`The digest of ${of} is ${digest}, and ${wanted} was asked for: correct the one or the other`, 3);
  }
}

/** What a store, or the way to it, did wrong. */
export function fault(message: string): Failure {
  return new Failure(message, 1);
}

/** What a command has brought or measured: one for each folder. */
export interface Artifact {
  readonly path: string;
  readonly digest: string;
  readonly bytes: number;
  readonly files: number;
}

/** Bytes that the kubelet keeps of what each of 16 containers says, of 12 KiB for all: the schema takes 13, and webhooks may add some. */
const room = 768;

/**
 * The termination message of a command that ended well; there is none of one that had nothing to do. Of many artifacts it is their digests
 * alone, in base64url and the order of the arguments, behind one another: of 17, which is all that a training reads, there is room for each.
 */
export function report(artifacts: readonly Artifact[]): string {
  if (artifacts.length === 0) return '';
  const all = JSON.stringify({ artifacts });
  return Buffer.byteLength(all) <= room ? all : `sha256 ${artifacts.map(({ digest }) => shortOf(digest)).join('')}`;
}

/** 43 characters. */
function shortOf(digest: string): string {
  return Buffer.from(digest.replace(/^sha256:/, ''), 'hex').toString('base64url');
}
