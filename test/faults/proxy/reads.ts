import type { Request, ServedResource } from '../contract.ts';
import { isWatch, refusal, targetOf } from './kubernetes.ts';

/**
 * Makes a namespace the whole world of an operator: what would be read in all namespaces is read in this one. So many operators
 * that each believe to be alone can share an API server.
 */
export function confined(
  method: string,
  path: string,
  namespace: string,
  resources: ReadonlyMap<string, ServedResource>,
): string {
  const target = targetOf(path);
  if (method !== 'GET' || target === undefined) return path;
  const { groupVersion, plural } = target;
  if (target.namespace !== undefined || target.name !== undefined) return path;
  if (resources.get(`${groupVersion}/${plural}`)?.namespaced !== true) return path;
  return `${path.slice(0, -plural.length)}namespaces/${namespace}/${plural}`;
}

/**
 * What to ask for so that a read that may be answered from a cache (resourceVersion=0) shows the world as of an older version:
 * true, but outdated, as from an API server that is behind. Undefined for a streamed list, which cannot be had of an exact
 * version. Consistent reads are left as they are: no API server answers them from the past.
 */
export function staleQuery({ method, query }: Request, version: string): URLSearchParams | undefined {
  if (method !== 'GET') return query;
  if (query.get('sendInitialEvents') === 'true') return undefined;
  if (query.get('resourceVersion') !== '0' || isWatch(method, query)) return query;
  const stale = new URLSearchParams(query);
  stale.set('resourceVersion', version);
  stale.set('resourceVersionMatch', 'Exact');
  return stale;
}

/** As an API server answers that knows no streamed lists; clients then list. */
export const noStreamedLists = refusal(
  422,
  'Invalid',
  'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for watch',
);
