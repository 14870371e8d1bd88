import { isOwnedBy, type Key, type Kind, type Resource } from '../../src/api/resource.ts';
import type { Parent, Reader } from '../../src/controller.ts';
import { referring } from '../builders/reader.ts';
import type { Cluster } from './cluster.ts';
import { idOf, type World } from './world.ts';

/** What the operator reads; `live` remembers what it asked the API server itself, and what the answer was. */
export function readerOf<P extends Parent, O, E>(
  cluster: Cluster<P, O, E>,
  { cache, server }: World<E>,
  live: [string, number | undefined][],
): Reader {
  return {
    get: <R extends Resource>(kind: Kind<R>, key: Key) => cluster.get(cache, idOf(kind.kind, key)) as R | undefined,
    referring: (kind, to, key) => referring(cluster.all(cache, kind.kind), kind, to, key),
    ownedBy: <R extends Resource>(kind: Kind<R>, uid: string) =>
      cluster.all<R>(cache, kind.kind).filter((object) => isOwnedBy(object, uid)),
    live: <R extends Resource>(kind: Kind<R>, key: Key) => {
      const id = idOf(kind.kind, key);
      live.push([id, server[id]]);
      return Promise.resolve(cluster.get(server, id) as R | undefined);
    },
  };
}
