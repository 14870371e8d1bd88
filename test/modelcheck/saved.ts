/** What becomes of a pod whose model is saved to a store when its training has ended. */
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { timestamp } from '../../src/api/condition.ts';
import { keyOf } from '../../src/api/resource.ts';
import { completed, failed } from '../builders/job.ts';
import { podOf, taken } from '../builders/pod.ts';
import { measured, ran, runs, savedPod } from '../builders/savedpod.ts';
import type { Step } from './explore.ts';
import type { TrainingCluster, TrainingWorld } from './trainingworld.ts';

type Status = NonNullable<IPod['status']>;

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** What is saved whole says so at last. */
const saved = measured({ path: '/flyball/storage/output', digest });

export function isSavedJob(job: IJob): boolean {
  return job.spec?.template.spec?.initContainers?.some(({ name }) => name === 'main') === true;
}

/** The status that a pod of the ordinary shape would have, of one of this Job. */
export function shaped(job: IJob, status: Status): Status {
  const main = status.containerStatuses?.find(({ name }) => name === 'main')?.state;
  if (!isSavedJob(job) || main === undefined) return status;
  const { phase = 'Pending', conditions } = status;
  const at = main.terminated?.finishedAt;
  const states = { main, ...(phase === 'Succeeded' && { save: ran(0, at, saved) }) };
  const shown = savedPod(phase === 'Running' ? 'Pending' : phase, states);
  return conditions === undefined ? shown : { ...shown, conditions };
}

/** The turns of such a pod that a search begins with. */
export const savedTurns = [
  'saves',
  'cannot be saved',
  'is evicted while main runs',
  'is evicted while it saves, and its pod is gone',
  'is lost by its node while it saves',
  'fails since a person deletes its pod while it saves',
];

/**
 * What takes such a pod away. Whatever `main` wrote by then must never be registered: it reports what would pass the gate. The Job
 * passes over what was evicted, and makes another pod by itself.
 * @param report what `main` leaves.
 */
export function savedEvictions(
  cluster: TrainingCluster,
  world: TrainingWorld,
  job: IJob,
  report: string,
): Step<TrainingWorld>[] {
  const { name } = keyOf(job);
  const [before, at] = [-1, 0].map((steps) => timestamp(cluster.date({ ...world, now: world.now + steps }))) as [
    string,
    string,
  ];
  const pod = (status: Status) => cluster.put(world, podOf(job, status));
  const main = ran(0, before, report);
  const cut = taken(savedPod('Failed', { main, save: ran(143, at) }), at);
  const lost = savedPod('Failed', { main, save: { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown' } } });
  const deleted = podOf(job, savedPod('Failed', { main, save: ran(143, at) }));
  const metadata = { ...deleted.metadata, deletionTimestamp: at, deletionGracePeriodSeconds: 0 };
  const gone = cluster.remove(pod(cut), `Pod/${keyOf(deleted).name}`);
  const ended = failed(job, 'BackoffLimitExceeded', at);
  return [
    {
      label: `cluster   ${name} is evicted while main runs`,
      next: pod(taken(savedPod('Failed', { main: ran(0, at, report) }), at)),
    },
    { label: `cluster   ${name} is evicted while it saves`, next: pod(cut) },
    { label: `cluster   ${name} is evicted while it saves, and its pod is gone`, next: gone },
    { label: `cluster   ${name} is lost by its node while it saves`, next: cluster.put(pod(lost), ended) },
    {
      label: `user      ${name} fails since a person deletes its pod while it saves`,
      next: cluster.put(cluster.put(world, { ...deleted, metadata }), ended),
    },
  ];
}

/** How such a pod ends by itself beside how any does. */
export function savedEnds(
  cluster: TrainingCluster,
  world: TrainingWorld,
  job: IJob,
  report: string,
): Step<TrainingWorld>[] {
  const at = timestamp(cluster.date(world));
  const { name } = keyOf(job);
  const main = ran(0, at, report);
  const end = (label: string, status: Status, after: IJob): Step<TrainingWorld> => ({
    label: `cluster   ${name} ${label}`,
    next: cluster.put(cluster.put(world, podOf(job, status)), after),
  });
  const saving = podOf(job, savedPod('Running', { main, save: runs(at) }));
  return [
    { label: `cluster   ${name} saves`, next: cluster.put(world, saving) },
    end('cannot be saved', savedPod('Failed', { main, save: ran(1, at) }), failed(job, 'BackoffLimitExceeded', at)),
    end(
      'cannot be saved until people mend it',
      savedPod('Failed', { main, save: ran(3, at) }),
      failed(job, 'PodFailurePolicy', at),
    ),
    end('does not tell what it saved', savedPod('Succeeded', { main, save: ran(0, at) }), completed(job, at)),
  ];
}

/** As if nobody looked whether `save` came to its end. */
export function asSaved(pod: IPod): IPod {
  const main = pod.status?.initContainerStatuses?.find(({ name }) => name === 'main')?.state;
  if (main?.terminated?.exitCode !== 0) return pod;
  return { ...pod, status: savedPod('Succeeded', { main, save: ran(0, main.terminated.finishedAt, saved) }) };
}
