import { defined } from '../../api/defined.ts';
import { deployments, pods } from '../../api/kinds.ts';
import { keyOf, uidOf } from '../../api/resource.ts';
import type { IEvent } from 'kubernetes-models/v1';
import type { Asked, Evidence, Named, Reference, Seen } from '../../product/why/evidence.ts';
import type { AtWork, Progress } from '../../product/why/progress.ts';
import { isObserved } from '../../product/why/rules/operator.ts';
import { isOfCluster } from '../../product/why/rules/references.ts';
import { type Wanted, wantedFor } from '../../product/why/wanted.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { readObjects } from '../cluster/objects.ts';
import * as kinds from './kinds.ts';
import { Reading } from './reading.ts';

/** Reads what it takes to explain an object: first what products are made of, then what that leaves open, all at the same time. */
export async function gather(cluster: Cluster, asked: Asked, now: Date): Promise<Evidence> {
  const { namespace } = keyOf(asked);
  const { objects, unread } = await readObjects(cluster, namespace);
  const known = { asked, objects };
  const reading = new Reading(cluster);
  const seen = await read(reading, asked, wantedFor(known, now));
  const isOperatorNeeded = !isObserved(asked);
  const missed = reading.unread.filter(({ what }) => isOperatorNeeded || !what.startsWith(operator));
  return { ...known, seen, unread: [...unread.map(({ what, why }) => ({ what, why })), ...missed] };
}

const operator = "Flyball's operator";

async function read(reading: Reading, asked: Asked, wanted: Wanted): Promise<Seen> {
  const { namespace } = keyOf(asked);
  const [events, claims, references, nodes, placed, storageClasses, operators, quotas, gone, edited, progress, taken] =
    await Promise.all([
      Promise.all(wanted.events.map((object) => reading.eventsOf(object))),
      Promise.all(
        wanted.claims.map((name) => reading.get(`PersistentVolumeClaim ${name}`, kinds.claims, { namespace, name })),
      ),
      Promise.all(wanted.references.map((one) => exists(reading, one, namespace))),
      wanted.nodes ? reading.list('the nodes', kinds.nodes) : undefined,
      wanted.placed ? reading.list('the pods of all namespaces', pods, { fieldSelector: onNodes }) : undefined,
      wanted.storageClasses ? reading.list('the StorageClasses', kinds.storageClasses) : undefined,
      wanted.operator ? operatorsOf(reading) : undefined,
      wanted.quotas ? reading.list('the ResourceQuotas', kinds.quotas, { namespace }) : undefined,
      wanted.gone ? goneOf(reading, namespace) : [],
      isObserved(asked) ? undefined : reading.editedAt(asked),
      progressOf(reading, wanted.progress),
      wanted.taken &&
        reading.get(`${wanted.taken.kind} ${wanted.taken.name}`, kinds.made[wanted.taken.kind], {
          namespace,
          name: wanted.taken.name,
        }),
    ]);
  return defined<Seen>({
    events: unique([...events.flat(), ...gone]),
    quotas,
    editedAt: edited,
    nodes,
    placed,
    claims: claims.filter((claim) => claim !== undefined),
    storageClasses,
    references: references.filter((reference) => reference !== undefined),
    operators: operators?.deployments,
    leases: operators?.leases,
    progress,
    taken,
  });
}

async function progressOf(reading: Reading, all: readonly AtWork[]): Promise<readonly Progress[] | undefined> {
  if (all.length === 0) return undefined;
  const lines = await Promise.all(
    all.map(async (one) => ({ ...one, line: await reading.lastLine(one.pod, one.container) })),
  );
  return lines.flatMap(({ line, ...one }) => (line === undefined ? [] : [{ ...one, line }]));
}

/** By what pods are taken away, whose names alone tell afterwards whose they were. */
const takings = ['Preempted', 'TaintManagerEviction', 'Evicted'];

async function goneOf(reading: Reading, namespace: string): Promise<readonly IEvent[]> {
  const lists = takings.map((reason) =>
    reading.list(`the events of namespace ${namespace}`, kinds.events, {
      namespace,
      fieldSelector: `involvedObject.kind=Pod,reason=${reason}`,
    }),
  );
  return (await Promise.all(lists)).flatMap((list) => list ?? []);
}

/** Pods that have what they asked for. */
const onNodes = 'spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed';

async function exists(reading: Reading, named: Named, namespace: string): Promise<Reference | undefined> {
  const { kind, name } = named;
  const isThere = await reading.exists(kinds.referenced[kind], isOfCluster(named) ? { name } : { namespace, name });
  return isThere === undefined ? undefined : { ...named, isThere };
}

async function operatorsOf(reading: Reading) {
  const labelSelector = 'app.kubernetes.io/name=flyball,app.kubernetes.io/component=operator';
  const found = await reading.list(`${operator}, in the Deployments of all namespaces`, deployments, { labelSelector });
  if (found === undefined) return undefined;
  const leases = await Promise.all(
    found.map((one) => {
      const { namespace } = keyOf(one);
      return reading.get(`${operator}'s Lease`, kinds.leases, { namespace, name: 'flyball-operator' });
    }),
  );
  return { deployments: found, leases: leases.filter((lease) => lease !== undefined) };
}

function unique(events: readonly IEvent[]): IEvent[] {
  return [...new Map(events.map((event) => [uidOf(event) || keyOf(event).name, event])).values()];
}
