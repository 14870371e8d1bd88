/** What a request means to the Kubernetes API. */

/** What a path names. */
export interface Target {
  /** Such as "batch/v1", or "v1" of the core group. */
  readonly groupVersion: string;
  readonly namespace: string | undefined;
  readonly plural: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

const resourcePath = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/;

/** What a path names; undefined if that is no resource. The namespaces themselves are resources, too. */
export function targetOf(path: string): Target | undefined {
  const match = resourcePath.exec(path);
  if (match === null) return undefined;
  const [, group, version = '', namespace, plural = '', name, subresource] = match;
  return { groupVersion: group === undefined ? version : `${group}/${version}`, namespace, plural, name, subresource };
}

/** Leases are written on a clock of their own, and nothing builds on Events: neither is counted. */
export function isCounted(target: Pick<Target, 'plural'> | undefined): boolean {
  return target?.plural !== 'leases' && target?.plural !== 'events';
}

/** Such as "DELETE jobs", of a request that changes something that is counted. Questions about rights are sent as POST, but change nothing. */
export function sortOfWrite(method: string, target: Target | undefined): string | undefined {
  if (method === 'GET' || method === 'HEAD' || target === undefined) return undefined;
  if (!isCounted(target) || /^auth(orization|entication)\.k8s\.io\//.test(target.groupVersion)) return undefined;
  return [method, target.plural, target.subresource].filter((word) => word !== undefined).join(' ');
}

export function isWatch(method: string, query: URLSearchParams): boolean {
  const watch = query.get('watch');
  return method === 'GET' && (watch === 'true' || watch === '1');
}

/** An answer by which the API server refuses. */
export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A refusal in the API server's own form. */
export function refusal(status: number, reason: string, message: string, retryAfterSeconds?: number): Refusal {
  const details = retryAfterSeconds === undefined ? {} : { details: { retryAfterSeconds } };
  return {
    status,
    headers: {
      'content-type': 'application/json',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify(failure(status, reason, message, details)),
  };
}

/** The Status object that says why something failed. */
export function failure(code: number, reason: string, message: string, more: object = {}): object {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, ...more, code };
}
