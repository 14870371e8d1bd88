import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { findCondition } from '../../src/api/condition.ts';
import { label } from '../../src/api/labels.ts';
import { commandsIn } from '../../src/api/message.ts';
import { isOwnedBy, keyOf } from '../../src/api/resource.ts';
import type { Attempt, IMonitor } from '../../src/api/types.ts';
import { recipeOf } from '../../src/domain/recipe.ts';
import { recipeDigest } from '../../src/kinds/trainingrun/start/digest.ts';
import { snapshotOf } from '../../src/kinds/trainingrun/start/snapshot.ts';
import { isFinished } from '../../src/workload/job.ts';
import { mainRan } from '../../src/workload/podend.ts';
import type { Step } from './explore.ts';
import { halfPlaced, holdsForEver } from './gangs.ts';
import { withoutForger } from './forger.ts';
import { lives } from './training.ts';
import type { Begun, TrainingCluster, TrainingWorld } from './trainingworld.ts';

export const foreignID = 'Job/fraud-2-train';

/** The user clears what is in the way and obeys what is told, the cluster ends what runs, and nothing fails: then the run has to be as declared. */
export async function settles(cluster: TrainingCluster, world: TrainingWorld): Promise<string | undefined> {
  let at: TrainingWorld | undefined = withoutForger(
    cluster,
    world.extra.foreign === 'Exists' ? cluster.remove(world, foreignID) : world,
  );
  const holds = halfPlaced(cluster, at).length > 0 ? await holdsForEver(cluster, at) : undefined;
  if (holds !== undefined) return holds;
  for (let round = 0; round < 16; round += 1) {
    at = await cluster.rest(at, 12);
    if (at === undefined) return 'the operator does not come to rest';
    const forged = forgedIn(cluster, at);
    if (forged !== undefined) {
      at = cancel(cluster, at, forged).next;
      continue;
    }
    const live: IJob | undefined = ownJobs(cluster, at).find((job) => !isFinished(job));
    if (live === undefined && at.now >= world.now + 3) return undeclared(cluster, at);
    const step: Step<TrainingWorld> | undefined = live && lives(cluster, at, live)[0];
    at = step === undefined ? { ...at, now: at.now + 1 } : step.next;
  }
  return 'the run does not end';
}

function undeclared(cluster: TrainingCluster, world: TrainingWorld): string | undefined {
  const { metadata, spec, status } = cluster.parent(world);
  const newest = status?.attempts?.at(-1);
  if (newest === undefined) return 'no attempt is told of';
  const begun = world.extra.newest;
  const isForgotten = begun?.isUntold === true && newest.number === begun.number - 1;
  if (newest.number !== begun?.number && !isForgotten) return 'status does not tell of the newest attempt';
  if (newest.recipeDigest !== recipeDigest(recipeOf(spec))) return 'the declared recipe is not trained';
  if (newest.verdict === undefined) return `attempt ${newest.number} has no verdict`;
  if (status?.observedGeneration !== metadata?.generation) return 'observedGeneration is behind';
  const monitor = cluster.all<IMonitor>(world.server, 'Monitor')[0];
  const requestedAt = monitor?.status?.retrain?.requestedAt;
  if (requestedAt !== undefined && requestedAt > newest.coversUntil) return `the request of ${requestedAt} is lost`;
  const version = world.server[`ModelVersion/${newest.name}`] !== undefined;
  if (version !== (newest.verdict === 'Registered'))
    return `${newest.verdict} is told, but a version exists: ${version}`;
  const summary = findCondition(status?.conditions, 'Succeeded')?.status;
  return summary === undefined || summary === 'Unknown' ? `Succeeded is ${summary}` : undefined;
}

/** The Job that the run tells to remove. */
function forgedIn(cluster: TrainingCluster, world: TrainingWorld): IJob | undefined {
  const { reason, message = '' } = findCondition(cluster.parent(world).status?.conditions, 'Stalled') ?? {};
  if (reason !== 'Forged') return undefined;
  return ownJobs(cluster, world).find((job) =>
    commandsIn(message).some((one) => one.endsWith(` delete job ${keyOf(job).name}`)),
  );
}

export function cancel(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld> {
  const { extra } = world;
  const isForgotten = extra.newest?.number === snapshotOf(job)?.number && !isTold(cluster, world, extra.newest?.number);
  const newest = isForgotten && extra.newest ? { newest: { ...extra.newest, isUntold: true } as const } : {};
  const next = { ...world, extra: { ...extra, deletes: extra.deletes + 1, ...newest } };
  return { label: `user      deletes Job ${keyOf(job).name}`, next: cluster.remove(next, `Job/${keyOf(job).name}`) };
}

/** Whether status tells of the attempt, as the API server has it. */
export function isTold(cluster: TrainingCluster, world: TrainingWorld, number: number | undefined): boolean {
  return cluster.parent(world).status?.attempts?.some((attempt) => attempt.number === number) ?? false;
}

export function ownJobs(cluster: TrainingCluster, world: TrainingWorld): IJob[] {
  return cluster.all<IJob>(world.server, 'Job').filter((job) => isOwnedBy(job, 'run-uid'));
}

/** Whether an attempt with other options takes the place of one that ended before it ran, in the pass that says so. */
export function takesPlace(cluster: TrainingCluster, world: TrainingWorld, told: Attempt | undefined, next: Begun) {
  const { newest } = world.extra;
  const hasRun = cluster
    .all<IPod>(world.cache, 'Pod')
    .some((pod) => mainRan(pod) && pod.metadata?.labels?.[label.attempt] === `fraud-${newest?.number}`);
  const isRemembered = told?.stages?.some(({ ran }) => ran === true) === true;
  return told?.verdict === undefined && !hasRun && !isRemembered && newest?.options !== next.options;
}
