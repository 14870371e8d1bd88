import { type AuditedRequest, auditedRequests, isSuccess, isWrite } from '../cluster/audit.ts';

/** Of these, `create` is how one connects: nothing is written. */
const connections = ['proxy', 'portforward', 'exec', 'attach'];

/** The requests of a log that were carried out, changed something, and are not dry runs or questions about rights. */
export function writes(log: string): readonly AuditedRequest[] {
  return auditedRequests(log).filter(
    (request) =>
      isWrite(request) &&
      isSuccess(request) &&
      !request.uri.includes('dryRun=All') &&
      !request.resource.endsWith('reviews') &&
      !connections.includes(request.subresource),
  );
}
