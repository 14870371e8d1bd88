/** What the contender asked of the API server so far, as the audit log tells, and what that means for the runs. */
import { type AuditedRequest, AuditReader, isSuccess } from '../../hack/cluster/audit.ts';

/** The requests that cost something per run. Events are told apart; the lease and the watches are the price of being there. */
export function isWork(request: AuditedRequest): boolean {
  return request.resource !== 'leases' && request.resource !== 'events' && request.verb !== 'watch';
}

/** The name of the run that a request is about: its own, or that of its first Job, its first ModelVersion or an event. */
export function runOf({ resource, name }: AuditedRequest): string {
  if (resource === 'events') return name.replace(/\.[^.]+$/, '');
  return resource === 'trainingruns' ? name : name.replace(/-1(-train)?$/, '');
}

/** Key of a run: its namespace and name. */
const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

export class Ledger {
  /** All requests of the contender, except for repeated discovery. */
  readonly requests: AuditedRequest[] = [];
  /** When the creation of each run was answered. */
  readonly created = new Map<string, number>();
  /** When the creation of each run's Job was received. */
  readonly started = new Map<string, number>();
  /** When each write of each run's status was answered. */
  readonly statuses = new Map<string, number[]>();
  /** The runs of which an event tells. */
  readonly told = new Set<string>();
  readonly #reader: AuditReader;
  readonly #contender: string;

  constructor(auditLog: string, contender: string) {
    this.#contender = contender;
    const mark = JSON.stringify(contender);
    this.#reader = new AuditReader(auditLog, (line) => line.includes(mark) || isRunCreation(line));
  }

  /** Takes in what happened since the last call. */
  read(): void {
    for (const request of this.#reader.read()) {
      if (request.user === this.#contender) this.#ofContender(request);
      else if (isSuccess(request)) this.created.set(keyOf(request.namespace, request.name), request.answered);
    }
  }

  close(): void {
    this.#reader.close();
  }

  #ofContender(request: AuditedRequest): void {
    this.requests.push(request);
    const { resource, subresource, namespace, name, verb, received, answered } = request;
    if (!isSuccess(request)) return;
    if (resource === 'jobs' && verb === 'create') this.started.set(keyOf(namespace, runOf(request)), received);
    if (resource === 'events') this.told.add(keyOf(namespace, runOf(request)));
    if (resource !== 'trainingruns' || subresource !== 'status') return;
    const key = keyOf(namespace, name);
    this.statuses.set(key, [...(this.statuses.get(key) ?? []), answered]);
  }
}

function isRunCreation(line: string): boolean {
  return line.includes('"verb":"create"') && line.includes('"resource":"trainingruns"');
}
