/** Gangs of which only some pods get a place, and what an operator must not do about it. */
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { isOwnedBy, keyOf, type Resource, uidOf } from '../../src/api/resource.ts';
import { snapshotOf } from '../../src/kinds/trainingrun/start/snapshot.ts';
import { isFinished } from '../../src/workload/job.ts';
import { mainRuns } from '../../src/workload/podend.ts';
import { timestamp } from '../../src/api/condition.ts';
import { failed } from '../builders/job.ts';
import { exited, podOf, running, unschedulable } from '../builders/pod.ts';
import type { Step } from './explore.ts';
import type { TrainingCluster, TrainingWorld } from './trainingworld.ts';
import type { Objects } from './world.ts';

const mostHalves = 2;
/** In steps of the clock: longer than gangWait and the share of it that differs from run to run. */
const patience = 3;
/** When `main` began that gives up. */
const longAgo = '2026-11-24T09:00:00Z';

/** The scheduler has a place for the first pod of a gang alone. */
export function halves(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld>[] {
  const members = job.spec?.completions ?? 1;
  if (members === 1 || world.extra.halves >= mostHalves || podsOf(cluster, world.server, job).length > 0) return [];
  const pods = Array.from({ length: members }, (_, index) =>
    podOf(
      job,
      index === 0 ? running() : unschedulable('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'),
      index,
    ),
  );
  const extra = { ...world.extra, halves: world.extra.halves + 1 };
  const next = pods.reduce((at, pod) => cluster.put(at, pod), { ...world, extra });
  return [{ label: `cluster   only one pod of ${keyOf(job).name} has a place`, next }];
}

/** Its `main` waits for its partners for a while, and fails; the Job controller takes the other pods away. */
export function givesUp(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld>[] {
  const [first, ...others] = podsOf(cluster, world.server, job);
  const placed = placedOf(cluster, world.server, job);
  if (first === undefined || placed === 0 || placed > others.length) return [];
  const at = timestamp(cluster.date(world));
  const [container] = exited(1).containerStatuses ?? [];
  const terminated = { exitCode: 1, startedAt: longAgo, finishedAt: at };
  const containerStatuses = container === undefined ? [] : [{ ...container, state: { terminated } }];
  const ended: IPod = { ...first, status: { ...exited(1), containerStatuses } };
  const gone = others.reduce((left, pod) => cluster.remove(left, `Pod/${keyOf(pod).name}`), cluster.put(world, ended));
  const next = cluster.put(gone, failed(job, 'BackoffLimitExceeded', at));
  return [{ label: `cluster   main of ${keyOf(job).name} gives up waiting for its partners`, next }];
}

/** The Job controller ends the pods of a suspended Job. */
export function emptied(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld>[] {
  const pods = podsOf(cluster, world.server, job);
  if (pods.length === 0) return [];
  const next = pods.reduce((at, pod) => cluster.remove(at, `Pod/${keyOf(pod).name}`), world);
  return [{ label: `cluster   the pods of ${keyOf(job).name} are gone`, next }];
}

/** How many pods of a Job run. */
export function placedOf(cluster: TrainingCluster, objects: Objects, job: IJob): number {
  return podsOf(cluster, objects, job).filter((pod) => pod.status?.phase !== 'Pending' || mainRuns(pod)).length;
}

/** Whether a Job is suspended that nobody asked to: status has to say so before, and a part of the gang has to hold something. */
export function wronglyGivenBack(
  cluster: TrainingCluster,
  world: TrainingWorld,
  before: Resource | undefined,
  after: Resource | undefined,
): string | undefined {
  const [job, was] = [after as IJob | undefined, before as IJob | undefined];
  if (job?.kind !== 'Job' || job.spec?.suspend !== true || was?.spec?.suspend === true) return undefined;
  const { name } = keyOf(job);
  const stages = cluster.parent(world).status?.attempts?.flatMap((attempt) => attempt.stages ?? []);
  const until = stages?.find((stage) => stage.job === name)?.gang?.until;
  if (until === undefined || Date.parse(until) <= cluster.date(world).getTime())
    return `${name} is suspended, and status does not say that it gives back`;
  const placed = placedOf(cluster, world.cache, job);
  const isPart = placed > 0 && placed < (job.spec.completions ?? 1);
  return isPart ? undefined : `${name} gives back, and ${placed} of its pods have a place`;
}

/** Whether a gang counts as a failure of its code that its `main` gave up, though status told that it was never whole. */
export function wronglyCounted(cluster: TrainingCluster, world: TrainingWorld, made: IJob): string | undefined {
  const stage = cluster.parent(world).status?.attempts?.at(-1)?.stages?.at(-1);
  const before = stage && (cluster.get(world.cache, `Job/${stage.job}`) as IJob | undefined);
  const { placed = 0, nodes = 0 } = stage?.gang ?? {};
  if (before === undefined || placed >= nodes) return undefined;
  const ends = podsOf(cluster, world.cache, before).flatMap(({ status }) => status?.containerStatuses ?? []);
  const hasGivenUp = ends.some(({ state }) => state?.terminated?.startedAt === longAgo);
  const isCounted = (snapshotOf(made)?.failures ?? 0) > (snapshotOf(before)?.failures ?? 0);
  return hasGivenUp && isCounted ? `${keyOf(made).name} counts that main gave up` : undefined;
}

/** A gang whose other pods never get a place does not hold what it has for ever. */
export async function holdsForEver(cluster: TrainingCluster, world: TrainingWorld): Promise<string | undefined> {
  let at: TrainingWorld | undefined = world;
  for (let step = 0; step < patience; step += 1) {
    at = at && (await cluster.rest(at, 12));
    if (at === undefined) return 'the operator does not come to rest';
    at = { ...at, now: at.now + 1 };
  }
  const rested = await cluster.rest(at, 12);
  if (rested === undefined) return 'the operator does not come to rest';
  const holding = halfPlaced(cluster, rested).find((job) => job.spec?.suspend !== true);
  return holding && `${keyOf(holding).name} holds its places for ever`;
}

/** The living Jobs of which only some pods have a place. */
export function halfPlaced(cluster: TrainingCluster, world: TrainingWorld): IJob[] {
  return cluster
    .all<IJob>(world.server, 'Job')
    .filter((job) => !isFinished(job) && isOwnedBy(job, 'run-uid'))
    .filter((job) => {
      const placed = placedOf(cluster, world.server, job);
      return placed > 0 && placed < (job.spec?.completions ?? 1);
    });
}

function podsOf(cluster: TrainingCluster, objects: Objects, job: IJob): IPod[] {
  return cluster.all<IPod>(objects, 'Pod').filter((pod) => isOwnedBy(pod, uidOf(job)));
}
