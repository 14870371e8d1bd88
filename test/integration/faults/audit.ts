import { type AuditedRequest, auditedRequests } from '../../../hack/cluster/audit.ts';
import type { Environment } from '../environment.ts';

/** The requests of the operator, in the order of their ends. A watch is told of when it begins. */
export function operatorRequests({ auditLog }: Environment): readonly AuditedRequest[] {
  return auditedRequests(auditLog, 'system:serviceaccount:flyball-system:flyball');
}

/** "create jobs 201", as often as it occurred. */
export function counted(requests: readonly AuditedRequest[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verb, resource, subresource, code } of requests) {
    const title = `${verb} ${resource}${subresource === '' ? '' : `/${subresource}`} ${code}`;
    counts[title] = (counts[title] ?? 0) + 1;
  }
  return counts;
}
