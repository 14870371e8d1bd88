import type { Beginning } from './explore.ts';
import { availableIn, deploymentsOf, registers, rejecting } from './serving.ts';
import { type Metrics, replicasOf, type ServingCluster, type ServingWorld } from './servingworld.ts';
import { lives } from './servers.ts';

/** How many steps of the clock a search sees. */
const clockSteps = 4;

/**
 * Where the search of a rollout begins: at its first state, and at the turns of a second revision, which lie too many steps behind
 * it. Up to there all goes well.
 */
export async function beginnings(cluster: ServingCluster, first: ServingWorld): Promise<Beginning<ServingWorld>[]> {
  const serves = await settled(cluster, await calm(cluster, first, (world) => allServes(cluster, world)));
  const registered = registers(cluster, serves);
  const starting = await calm(cluster, registered, (world) => statusOf(cluster, world).candidate !== undefined);
  const deployed = await calm(cluster, starting, (world) => deploymentsOf(cluster, world).length === 2);
  const holds = await calm(cluster, starting, (world) => statusOf(cluster, world).candidate?.weightSince !== undefined);
  const promoted = await calm(cluster, measured(holds, 'Good'), (world) => stableOf(cluster, world) === 'fraud-2');
  const rejected = await calm(cluster, measured(holds, 'Bad'), (world) => isRejected(cluster, world));
  const replaced = await settled(cluster, await calm(cluster, promoted, (world) => allServes(cluster, world)));
  const verdict = rejecting(cluster, replaced);
  const goingBack = await calm(cluster, verdict, (world) => statusOf(cluster, world).candidate !== undefined);
  const all: readonly (readonly [string, ServingWorld])[] = [
    ['the deployment is made', first],
    ['fraud-1 serves', serves],
    ['fraud-1 serves, fraud-2 becomes the candidate', starting],
    ['fraud-1 serves, fraud-2 is deployed', deployed],
    ['fraud-1 serves, fraud-2 holds its step', holds],
    ['fraud-2 is promoted', promoted],
    ['fraud-2 is rejected', rejected],
    ['fraud-2 serves instead of fraud-1', replaced],
    ['fraud-2 was rejected by a Monitor, fraud-1 takes over again', goingBack],
  ];
  return all.map(([label, world]) => ({ label, world: fresh(world) }));
}

/** One pass after the other, and one pod after the other, until a state is reached. */
async function calm(
  cluster: ServingCluster,
  from: ServingWorld,
  isThere: (world: ServingWorld) => boolean,
): Promise<ServingWorld> {
  let at = from;
  for (let step = 0; step < 500; step += 1) {
    if (at.pass === undefined && isThere(at)) return at;
    at = remembering(cluster, await onward(cluster, at));
  }
  throw new Error(`it is not reached: ${String(isThere)}`);
}

async function onward(cluster: ServingCluster, world: ServingWorld): Promise<ServingWorld> {
  if (world.pass !== undefined) return cluster.write(world, world.pass).next;
  const begun = (await cluster.begin(cluster.restarted(world))).next;
  if (begun.pass !== undefined) return begun;
  const [pod] = deploymentsOf(cluster, begun).flatMap((deployment) => lives(cluster, begun, deployment));
  return pod?.next ?? { ...begun, now: begun.now + 1 };
}

async function settled(cluster: ServingCluster, world: ServingWorld): Promise<ServingWorld> {
  const rested = await cluster.rest(world, 20);
  if (rested === undefined) throw new Error('the operator does not come to rest');
  return rested;
}

/** Remembers that the declared capacity was available, and of which revisions pods were. */
export function remembering(cluster: ServingCluster, world: ServingWorld): ServingWorld {
  const { extra } = world;
  const reached = extra.reached || availableIn(cluster, world) >= replicasOf(cluster);
  const available = deploymentsOf(cluster, world).filter(({ status }) => (status?.availableReplicas ?? 0) > 0);
  const names = available.map(({ metadata }) => metadata?.name?.slice('fraud-'.length) ?? '');
  const proven = [...new Set([...extra.proven, ...names])].toSorted();
  return reached === extra.reached && proven.length === extra.proven.length
    ? world
    : { ...world, extra: { ...extra, reached, proven } };
}

function fresh(world: ServingWorld): ServingWorld {
  return { ...world, extra: { ...world.extra, until: world.now + clockSteps } };
}

function measured(world: ServingWorld, metrics: Metrics): ServingWorld {
  return { ...world, extra: { ...world.extra, metrics } };
}

/** A revision serves with all its pods, and no other has any. */
function allServes(cluster: ServingCluster, world: ServingWorld): boolean {
  const { stable, candidate } = statusOf(cluster, world);
  const isAsWanted = deploymentsOf(cluster, world).every(
    ({ spec, status }) => (status?.availableReplicas ?? 0) === (spec?.replicas ?? 0),
  );
  return (
    stable !== undefined && candidate === undefined && isAsWanted && availableIn(cluster, world) === replicasOf(cluster)
  );
}

function isRejected(cluster: ServingCluster, world: ServingWorld): boolean {
  return (statusOf(cluster, world).rejected ?? []).length > 0;
}

function stableOf(cluster: ServingCluster, world: ServingWorld): string | undefined {
  return statusOf(cluster, world).stable?.version;
}

function statusOf(cluster: ServingCluster, world: ServingWorld) {
  return cluster.parent(world).status ?? {};
}
