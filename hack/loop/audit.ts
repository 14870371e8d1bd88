import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** A finished request, as the API server's audit log tells it (audit.k8s.io/v1, level Metadata). */
export interface AuditEvent {
  readonly verb: string;
  readonly requestURI: string;
  readonly user: { readonly username: string };
  /** Whom the user acted as, if not as itself. */
  readonly impersonatedUser?: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code: number };
  /** RFC 3339 with microseconds, UTC. */
  readonly requestReceivedTimestamp: string;
}

const writing = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** The requests of a log that were carried out, changed something, and are not dry runs or questions about rights. */
export async function writes(log: string): Promise<readonly AuditEvent[]> {
  const found: AuditEvent[] = [];
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const event = JSON.parse(line) as AuditEvent;
    if (isWrite(event)) found.push(event);
  }
  return found;
}

function isWrite({ verb, requestURI, objectRef, responseStatus }: AuditEvent): boolean {
  return (
    writing.includes(verb) &&
    (responseStatus?.code ?? 500) < 300 &&
    !requestURI.includes('dryRun=All') &&
    !(objectRef?.resource ?? '').endsWith('reviews')
  );
}
