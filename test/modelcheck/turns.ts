/** The turns of a run that lie too many steps behind its first state for a search to come to them. */
import { isFinished } from '../../src/workload/job.ts';
import type { Beginning } from './explore.ts';
import { savedTurns } from './saved.ts';
import { ownJobs } from './settling.ts';
import { lives } from './training.ts';
import type { TrainingCluster, TrainingWorld } from './trainingworld.ts';

export function turnsOf(
  cluster: TrainingCluster,
  first: TrainingWorld,
  { nodes, isSaved }: { readonly nodes: number; readonly isSaved: boolean },
): Promise<Beginning<TrainingWorld>[]> {
  return nodes > 1 ? retries(cluster, first) : disruptions(cluster, first, isSaved ? savedTurns : []);
}

/** The turns of a gang that is made again, which lie too many steps behind its first state. */
async function retries(cluster: TrainingCluster, first: TrainingWorld): Promise<Beginning<TrainingWorld>[]> {
  const failed = await afterLife(cluster, first, 'fails');
  const again = await cluster.rest(failed, 12);
  const completed = await afterLife(cluster, failed, 'completes with f1 0.95');
  const half = await afterLife(cluster, first, 'has a place');
  const overdue = await afterLife(cluster, first, 'has no time left');
  const told = await cluster.rest({ ...half, now: half.now + 2 }, 12);
  return [
    {
      label: 'the first Job of the gang had no time left',
      world: cluster.restarted({ ...overdue, now: overdue.now + 1 }),
    },
    { label: 'only one pod of the gang got a place', world: half },
    { label: 'the gang gave back what it held', world: told ?? half },
    { label: 'the first Job of the gang failed', world: failed },
    { label: 'the gang was made again', world: again ?? failed },
    { label: 'the second Job of the gang completed', world: completed },
  ];
}

/** The turns of a single pod that the cluster cuts short. */
async function disruptions(
  cluster: TrainingCluster,
  first: TrainingWorld,
  more: readonly string[],
): Promise<Beginning<TrainingWorld>[]> {
  const ends = [
    ...more,
    'is evicted halfway',
    'is evicted halfway, and its pod is gone',
    'is not taken by its node',
    'fails since a person deletes its pod',
    'has no time left',
    'completes just before its time is over',
  ];
  const worlds = await Promise.all(ends.map((end) => afterLife(cluster, first, end)));
  return worlds.map((world, index) => ({ label: `the first Job ${ends[index]}`, world }));
}

/** The Job that lives, or is made first, comes to this end; the operator does not know yet. */
async function afterLife(cluster: TrainingCluster, world: TrainingWorld, end: string): Promise<TrainingWorld> {
  const step = (at: TrainingWorld, label: string) => {
    const steps = ownJobs(cluster, at).flatMap((job) => (isFinished(job) ? [] : lives(cluster, at, job)));
    return steps.find((one) => one.label.endsWith(label))?.next ?? at;
  };
  const made = (await cluster.rest(world, 12)) ?? world;
  const atOnce = step(made, end);
  return atOnce === made ? step(step(made, 'runs'), end) : atOnce;
}
