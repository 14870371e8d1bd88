import { isOwnedBy, type Key, type Kind, type Resource } from '../../src/api/resource.ts';
import type { Reader } from '../../src/controller.ts';
import { referring } from '../builders/reader.ts';
import { idOf, type Objects, type World } from './world.ts';

/** Gives the objects that are meant by their numbers. */
interface Lookup {
  get(objects: Objects, id: string): Resource | undefined;
  all<R extends Resource>(objects: Objects, kind: string): R[];
}

/** What the operator reads; `live` remembers what it asked the API server itself, and what the answer was. */
export function readerOf<E>(lookup: Lookup, { cache, server }: World<E>, live: [string, number | undefined][]): Reader {
  return {
    get: <R extends Resource>(kind: Kind<R>, key: Key) => lookup.get(cache, idOf(kind.kind, key)) as R | undefined,
    referring: (kind, to, key) => referring(lookup.all(cache, kind.kind), kind, to, key),
    ownedBy: <R extends Resource>(kind: Kind<R>, uid: string) =>
      lookup.all<R>(cache, kind.kind).filter((object) => isOwnedBy(object, uid)),
    isServed: () => true,
    live: <R extends Resource>(kind: Kind<R>, key: Key) => {
      const id = idOf(kind.kind, key);
      live.push([id, server[id]]);
      return Promise.resolve(lookup.get(server, id) as R | undefined);
    },
  };
}
