import type { UnservedKind } from '../api/refusal.ts';
import type { Controller, Parent } from '../controller.ts';
import type { Cache } from '../kube/cache.ts';

/** The first of the kinds without which a controller cannot plan that is not served. */
export function unservedOf<P extends Parent>(
  { watches }: Pick<Controller<P, unknown>, 'watches'>,
  cache: Cache,
): UnservedKind | undefined {
  if (!cache.hidesAny) return undefined;
  return watches
    .filter(({ optional }) => optional !== true)
    .map(({ kind }) => cache.unserved(kind))
    .find((unserved) => unserved !== undefined);
}
