import { readFileSync } from 'node:fs';
import type { Environment } from '../environment.ts';

/** A request as the API server's audit log tells it. */
export interface Audited {
  readonly verb: string;
  readonly code: number;
  readonly resource: string;
  readonly namespace: string;
  /** Of the object; a request that creates has its name in the answer only. */
  readonly name: string;
}

interface Line {
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: {
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
  readonly stage: string;
}

/** The requests of the operator, in the order of their ends. A watch is told of when it begins. */
export function operatorRequests({ auditLog }: Environment): readonly Audited[] {
  const lines = readFileSync(auditLog, 'utf8').split('\n').slice(0, -1);
  return lines
    .map((line) => JSON.parse(line) as Line)
    .filter(({ user }) => user.username === 'system:serviceaccount:flyball-system:flyball')
    .filter(({ verb, stage }) => stage === (verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete'))
    .map(({ verb, objectRef = {}, responseStatus }) => ({
      verb,
      code: responseStatus?.code ?? 0,
      resource: [objectRef.resource, objectRef.subresource].filter((part) => part !== undefined).join('/'),
      namespace: objectRef.namespace ?? '',
      name: objectRef.name ?? '',
    }));
}

/** "create jobs 201", as often as it occurred. */
export function counted(requests: readonly Audited[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { verb, resource, code } of requests) {
    const title = `${verb} ${resource} ${code}`;
    counts[title] = (counts[title] ?? 0) + 1;
  }
  return counts;
}
