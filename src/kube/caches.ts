import type { Reader } from '../controller.ts';
import { Cache } from './cache.ts';

/**
 * One cache for all namespaces, or one for each of those that are watched. Objects refer to those of their own namespace alone, so that
 * none is read together with another's; and what cannot be seen in one namespace is hidden there.
 */
export class Caches {
  readonly all: readonly Cache[];
  readonly #byNamespace: ReadonlyMap<string | undefined, Cache>;

  /** @param namespaces those to watch; all if undefined. */
  constructor(live: Reader['live'], namespaces?: readonly string[]) {
    this.all = namespaces === undefined ? [new Cache(live)] : namespaces.map((namespace) => new Cache(live, namespace));
    this.#byNamespace = new Map(this.all.map((cache) => [cache.namespace, cache]));
  }

  /** The cache that holds the objects of a namespace. @throws if it is not watched. */
  of(namespace: string): Cache {
    const cache = this.#byNamespace.get(undefined) ?? this.#byNamespace.get(namespace);
    if (cache === undefined) throw new Error(`the namespace ${namespace} is not watched`);
    return cache;
  }
}
