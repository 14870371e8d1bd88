/** The API server's audit log: what it shall tell, and how to read it, also while it grows. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Who did what, without bodies: enough to count requests and to tell a person's writes from the programs'. */
export const auditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level: 'Metadata' }],
};

/** One answered request, or a watch that was opened. Times are in milliseconds with a fraction, on the API server's clock. */
export interface AuditedRequest {
  readonly user: string;
  /** Whom the user acted as, if not as itself. */
  readonly actsAs: string | undefined;
  readonly verb: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespace: string;
  /** Of the object; empty where the server makes it up. */
  readonly name: string;
  readonly code: number;
  readonly uri: string;
  readonly received: number;
  readonly answered: number;
}

interface AuditLine {
  readonly stage: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  readonly impersonatedUser?: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly requestReceivedTimestamp: string;
  readonly stageTimestamp: string;
}

const chunkSize = 1 << 20;

/** Follows one audit log. `read` takes in what was appended since the last call. */
export class AuditReader {
  readonly #file: number;
  readonly #wanted: (line: string) => boolean;
  readonly #chunk = Buffer.allocUnsafe(chunkSize);
  #rest = Buffer.alloc(0);

  /** Lines for which `wanted` is false are not parsed, since parsing takes time from what is measured. */
  constructor(path: string, wanted: (line: string) => boolean = () => true) {
    this.#file = openSync(path, 'r');
    this.#wanted = wanted;
  }

  read(): AuditedRequest[] {
    const found: AuditedRequest[] = [];
    for (;;) {
      const size = readSync(this.#file, this.#chunk, 0, chunkSize, null);
      if (size === 0) return found;
      const bytes = Buffer.concat([this.#rest, this.#chunk.subarray(0, size)]);
      const end = bytes.lastIndexOf(10) + 1;
      this.#rest = Buffer.from(bytes.subarray(end));
      for (const line of bytes.toString('utf8', 0, end).split('\n')) {
        const request = line !== '' && this.#wanted(line) ? parse(line) : undefined;
        if (request !== undefined) found.push(request);
      }
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** What a log tells so far of the requests of one user, or of all. */
export function auditedRequests(path: string, user?: string): readonly AuditedRequest[] {
  const mark = user === undefined ? '' : JSON.stringify(user);
  const reader = new AuditReader(path, (line) => line.includes(mark));
  try {
    return reader.read().filter((request) => user === undefined || request.user === user);
  } finally {
    reader.close();
  }
}

/** Whether a request asks for a change, be it granted or not. */
export function isWrite({ verb }: AuditedRequest): boolean {
  return verb === 'create' || verb === 'patch' || verb === 'update' || verb === 'delete' || verb === 'deletecollection';
}

/** Whether a request was carried out. */
export function isSuccess({ code }: AuditedRequest): boolean {
  return code >= 200 && code < 300;
}

/** A watch counts when it is opened, everything else when it is answered. */
function parse(line: string): AuditedRequest | undefined {
  const { stage, verb, requestURI, user, impersonatedUser, objectRef = {}, ...rest } = JSON.parse(line) as AuditLine;
  if (stage !== (verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete')) return undefined;
  return {
    user: user.username,
    actsAs: impersonatedUser?.username,
    verb,
    resource: objectRef.resource ?? '',
    subresource: objectRef.subresource ?? '',
    namespace: objectRef.namespace ?? '',
    name: objectRef.name ?? '',
    code: rest.responseStatus?.code ?? 0,
    uri: requestURI,
    received: timeOf(rest.requestReceivedTimestamp),
    answered: timeOf(rest.stageTimestamp),
  };
}

/** metav1.MicroTime such as 2026-11-24T10:00:00.123456Z; Date.parse alone would drop the microseconds. */
function timeOf(microTime: string): number {
  return Date.parse(`${microTime.slice(0, 23)}Z`) + Number(microTime.slice(23, 26)) / 1000;
}
