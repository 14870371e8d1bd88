/** I2: who leads goes by what is, and not by what an API server's cache may still tell. */
import type { Request } from '../contract.ts';
import { type Evidence, isDone, isWrite, type Rule, targetOf, titleOf } from './evidence.ts';

export const readRules: readonly Rule[] = [leadersListConsistently];

/** A list of version 0 is answered from a cache that may be any time behind, whatever the answer was this time. */
function leadersListConsistently({ requests, description }: Evidence): readonly string[] {
  const known = new Set([...description.parents, ...description.children].map(({ plural }) => plural));
  const leading = new Set<number>();
  return requests.flatMap((request) => {
    const { plural = '', name } = targetOf(request) ?? {};
    if (plural === 'leases' && isWrite(request) && isDone(request)) leading.add(request.process);
    const isList = request.method === 'GET' && name === undefined && !request.query.has('watch') && known.has(plural);
    return isList && isFromCache(request) && leading.has(request.process)
      ? [`I2: ${titleOf(request)} leads and lists what a cache may still tell`]
      : [];
  });
}

function isFromCache({ query }: Request): boolean {
  return query.get('resourceVersion') === '0';
}
