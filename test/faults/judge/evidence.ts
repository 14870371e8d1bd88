import { keyOf, type Resource } from '../../../src/api/resource.ts';
import type { Forged, Injection, Measurement, Request } from '../contract.ts';
import type { Judged } from '../descriptions/judged.ts';
import type { Change } from '../history.ts';
import type { Deeds } from '../world.ts';

/** All that a plan left behind to be judged by. */
export interface Evidence {
  readonly description: Judged;
  readonly namespace: string;
  readonly injections: readonly Injection[];
  /** All that happened in the namespace. */
  readonly changes: readonly Change[];
  readonly requests: readonly Request[];
  readonly measurements: readonly Measurement[];
  /** When the operator tried to connect while it could reach nothing. */
  readonly refusedConnections: readonly number[];
  readonly deeds: Deeds;
  readonly forged: Forged;
  /** In MiB. */
  readonly peakMemory: number;
}

/** An invariant: returns a sentence for each time that it was broken, with the object and the proof. */
export type Rule = (evidence: Evidence) => readonly string[];

/** What a path of the Kubernetes API names. */
export interface Target {
  readonly plural: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** Undefined for what is no object or collection, such as the version of the API server. */
export function targetOf({ path }: Pick<Request, 'path'>): Target | undefined {
  const parts = /^\/(?:api\/[^/]+|apis\/[^/]+\/[^/]+)(?:\/namespaces\/[^/]+)?\/([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(
    path,
  );
  return parts?.[1] === undefined ? undefined : { plural: parts[1], name: parts[2], subresource: parts[3] };
}

export function isWrite({ method }: Pick<Request, 'method'>): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

/** Whether the API server carried a request out, whatever the operator was told. */
export function isDone({ status, wasForwarded }: Request): boolean {
  return wasForwarded && status !== undefined && status >= 200 && status < 300;
}

/** Writes to objects: neither the Lease nor events, on which nothing builds. */
export function objectWrites(requests: readonly Request[]): readonly Request[] {
  return requests.filter((request) => {
    const plural = targetOf(request)?.plural;
    return isWrite(request) && plural !== undefined && plural !== 'leases' && plural !== 'events';
  });
}

/** "PATCH trainingruns/fraud/status of process 2". */
export function titleOf(request: Request): string {
  const { plural, name, subresource } = targetOf(request) ?? { plural: request.path };
  const created = (request.body as Resource | undefined)?.metadata?.name;
  const path = [plural, name ?? created, subresource].filter((part) => part !== undefined).join('/');
  return `${request.method} ${path} of process ${request.process}`;
}

/** The states of each object of a kind, by UID, in their order. */
export function lives(changes: readonly Change[], plural: string): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.plural !== plural) continue;
    const uid = change.object.metadata?.uid ?? '';
    found.set(uid, [...(found.get(uid) ?? []), change]);
  }
  return found;
}

export function nameOf(object: Resource): string {
  return `${object.kind} ${keyOf(object).name}`;
}

/** The version of an object's state. All kinds of a cluster share one sequence of versions, so that it orders them. */
export function versionOf(object: Resource): number {
  return Number(object.metadata?.resourceVersion ?? 0);
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}

/**
 * The newest state of an object that the operator can have known when it sent a request: one that was told by then, or that it was
 * given in the answer to a write of its own.
 */
export function stateBefore(
  { changes, requests }: Pick<Evidence, 'changes' | 'requests'>,
  request: Request,
  isMeant: (plural: string, name: string) => boolean,
): Resource | undefined {
  const told = changes.filter(({ at, type }) => at <= request.at && type !== 'Deleted');
  const answered = requests.filter((other) => other.at < request.at && isWrite(other) && isDone(other));
  const known = [
    ...told.filter(({ plural, object }) => isMeant(plural, keyOf(object).name)).map(({ object }) => object),
    ...answered
      .filter((other) => isMeant(targetOf(other)?.plural ?? '', targetOf(other)?.name ?? ''))
      .map(({ answer }) => answer as Resource),
  ];
  return known.reduce<Resource | undefined>(
    (newest, object) => (newest === undefined || versionOf(object) > versionOf(newest) ? object : newest),
    undefined,
  );
}
