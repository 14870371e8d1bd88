import { type Key, keyOf, type Kind, type Resource } from '../../src/api/resource.ts';

/** Those of the objects that are of a kind and refer to an object, as the cache finds them by its index. */
export function referring<R extends Resource>(objects: readonly Resource[], kind: Kind<R>, to: Kind, key: Key): R[] {
  const refers = (object: R) =>
    kind.references?.(object).some((reference) => reference.kind === to && reference.name === key.name);
  return (objects as readonly R[]).filter(
    (object) => object.kind === kind.kind && keyOf(object).namespace === key.namespace && refers(object),
  );
}
