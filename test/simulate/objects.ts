import { isOwnedBy, type Key, keyOf, type Kind, type Resource } from '../../src/api/resource.ts';
import type { Reader } from '../../src/controller.ts';
import { referring } from '../builders/reader.ts';

/** Thrown where a test has the operator die: between two of its calls. */
export class Crash extends Error {}

/** The objects of a simulated cluster. */
export class Objects {
  /** The names of kinds that the API server does not serve. */
  readonly unserved = new Set<string>();
  #objects = new Map<string, Resource>();

  put(object: Resource): void {
    this.#objects.set(idOf(object.kind, keyOf(object)), object);
  }

  get<R extends Resource>(kind: string, key: Key): R | undefined {
    return this.#objects.get(idOf(kind, key)) as R | undefined;
  }

  all<R extends Resource>(kind: string): R[] {
    return [...this.#objects.values()].filter((object) => object.kind === kind) as R[];
  }

  remove(kind: string, key: Key): void {
    this.#objects.delete(idOf(kind, key));
  }

  /** A cache that is never behind. */
  reader(): Reader {
    return {
      get: <R extends Resource>(kind: Kind<R>, key: Key) => this.get<R>(kind.kind, key),
      referring: (kind, to, key) => referring(this.all(kind.kind), kind, to, key),
      ownedBy: <R extends Resource>(kind: Kind<R>, uid: string) =>
        this.all<R>(kind.kind).filter((object) => isOwnedBy(object, uid)),
      isServed: ({ kind }) => !this.unserved.has(kind),
      live: async <R extends Resource>(kind: Kind<R>, key: Key) => this.get<R>(kind.kind, key),
    };
  }
}

function idOf(kind: string, { namespace, name }: Key): string {
  return `${kind}/${namespace}/${name}`;
}
