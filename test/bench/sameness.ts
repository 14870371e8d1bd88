/** Whether all contenders do the same work: the objects that they made of the same runs, without what differs by nature. */
import { isDeepStrictEqual } from 'node:util';
import { namespaces } from './cluster.ts';
import type { Turn } from './turn.ts';

const times = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const uids = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Of snapshots, which have times and UIDs. */
const digests = /("snapshotDigest":|"FLYBALL_SNAPSHOT_DIGEST","value":)"sha256:[0-9a-f]{64}"/g;
/** What differs from turn to turn, and the words for people, which cost the same whatever they say. */
const byNature = new Set([
  'managedFields',
  'resourceVersion',
  'creationTimestamp',
  'eventTime',
  'reportingInstance',
  'message',
  'note',
]);

/** All that was made of the runs `warm-0`, which completed with results, and `warm-5` of another namespace, which had none. */
export async function madeOf(turn: Turn): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const [index, namespace] of namespaces.entries()) {
    if (index !== 0 && index !== 5) continue;
    const paths = {
      jobs: `/apis/batch/v1/namespaces/${namespace}/jobs`,
      trainingruns: `/apis/flyball.dev/v1alpha1/namespaces/${namespace}/trainingruns`,
      modelversions: `/apis/flyball.dev/v1alpha1/namespaces/${namespace}/modelversions`,
      events: `/apis/events.k8s.io/v1/namespaces/${namespace}/events`,
    };
    for (const [plural, path] of Object.entries(paths)) {
      for (const object of await turn.cluster.driver.all<unknown>(path)) {
        const text = JSON.stringify(object, withoutNature).replace(times, 'TIME').replace(uids, 'UID');
        const plain = JSON.parse(text.replace(digests, '$1"DIGEST"')) as {
          readonly metadata: { readonly name: string };
          readonly reason?: string;
        };
        if (!new RegExp(`^warm-${index}([-.]|$)`).test(plain.metadata.name)) continue;
        const name = plural === 'events' ? (plain.reason ?? '') : plain.metadata.name;
        found.set(`${plural}/${namespace}/${name}`, plural === 'events' ? { ...plain, metadata: {} } : plain);
      }
    }
  }
  return found;
}

/** @throws an Error that names the first object that one contender made otherwise than another. */
export function requireSame(
  one: { readonly name: string; readonly made: ReadonlyMap<string, unknown> },
  other: { readonly name: string; readonly made: ReadonlyMap<string, unknown> },
): void {
  for (const key of new Set([...one.made.keys(), ...other.made.keys()])) {
    const [mine, theirs] = [one.made.get(key), other.made.get(key)];
    if (isDeepStrictEqual(mine, theirs)) continue;
    const shown = (made: unknown): string => JSON.stringify(made, null, 1) ?? 'nothing';
    throw new Error(`${key} differs.\n${one.name}: ${shown(mine)}\n${other.name}: ${shown(theirs)}`);
  }
}

function withoutNature(key: string, value: unknown): unknown {
  return byNature.has(key) ? undefined : value;
}
