import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { timestamp } from '../../src/api/condition.ts';
import { label } from '../../src/api/labels.ts';
import { isOwnedBy, keyOf, uidOf } from '../../src/api/resource.ts';
import { failedCondition } from '../../src/workload/job.ts';
import { completed, failed } from '../builders/job.ts';
import { endedAt, exited, podOf, refused, results, running, taken } from '../builders/pod.ts';
import type { ITrainingRun } from '../../src/api/types.ts';
import type { Step } from './explore.ts';
import { isSavedJob, savedEnds, savedEvictions, shaped } from './saved.ts';
import { emptied, givesUp, halves, placedOf } from './gangs.ts';
import type { TrainingCluster, TrainingWorld } from './trainingworld.ts';

/** What a training reports that was cut short, which would pass the gate. */
export const halfway = 0.96;

const mostDisruptions = 1;

const overdue = 'DeadlineExceeded';

type Status = NonNullable<IPod['status']>;

/**
 * What scheduler, kubelet and Job controller make of a living Job. Its pods come first, then its end; the operator may see them in either
 * order.
 */
export function lives(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld>[] {
  if (job.spec?.suspend === true) return emptied(cluster, world, job);
  const { name } = keyOf(job);
  const pods = podsOf(job, running());
  const runs = placedOf(cluster, world.server, job) >= pods.length;
  const start = { label: `cluster   the pod of ${name} runs`, next: put(cluster, world, pods) };
  const ordinary = runs
    ? ends(cluster, world, job)
    : [start, ...halves(cluster, world, job), ...givesUp(cluster, world, job), timeIsOver(cluster, world, job)];
  if (world.extra.disruptions >= mostDisruptions) return ordinary;
  const disrupted = runs ? evictions(cluster, world, job) : [refusal(cluster, world, job)];
  const extra = { ...world.extra, disruptions: world.extra.disruptions + 1 };
  return [...ordinary, ...disrupted.map((step) => ({ ...step, next: { ...step.next, extra } }))];
}

function ends(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld>[] {
  const at = timestamp(cluster.date(world));
  const end = (label: string, status: Status, after: IJob): Step<TrainingWorld> => ({
    label: `cluster   ${keyOf(job).name} ${label}`,
    next: cluster.put(put(cluster, world, podsOf(job, status)), after),
  });
  const report = JSON.stringify({ metrics: { f1: halfway } });
  return [
    end('completes with f1 0.95', results({ f1: 0.95 }), completed(job, at)),
    end('completes with f1 0.5', results({ f1: 0.5 }), completed(job, at)),
    end('fails', exited(1), failed(job, 'BackoffLimitExceeded', at)),
    end('completes just before its time is over', results({ f1: 0.95 }), failed(job, overdue, at)),
    timeIsOver(cluster, world, job),
    ...(isSavedJob(job) ? savedEnds(cluster, world, job, report) : []),
  ];
}

/** The Job controller ends the pods of a Job whose deadline has passed, wherever they are, and they are gone before it says so. */
function timeIsOver(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld> {
  const own = cluster.all<IPod>(world.server, 'Pod').filter((pod) => isOwnedBy(pod, uidOf(job)));
  const gone = own.reduce((left, pod) => cluster.remove(left, `Pod/${keyOf(pod).name}`), world);
  const next = cluster.put(gone, failed(job, overdue, timestamp(cluster.date(world))));
  return { label: `cluster   ${keyOf(job).name} has no time left`, next };
}

/** A Job whose time was over is the last of its attempt. */
export function wronglyContinued(cluster: TrainingCluster, world: TrainingWorld, attempt: string): string | undefined {
  const jobs = cluster
    .all<IJob>(world.server, 'Job')
    .filter((job) => job.metadata?.labels?.[label.attempt] === attempt);
  const over = jobs.find((job) => failedCondition(job)?.reason === overdue);
  return over && `${attempt} goes on, though the time of ${keyOf(over).name} was over`;
}

/** A program that saves its work and ends well when it is asked to leaves a Job that completed; of a gang, one member is enough. */
function evictions(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld>[] {
  if (isSavedJob(job)) {
    const report = JSON.stringify({ metrics: { f1: halfway } });
    return [...savedEvictions(cluster, world, job, report), deletion(cluster, world, job)];
  }
  const at = timestamp(cluster.date(world));
  const done = results({ f1: halfway });
  const pods = podsOf(job, done).map((pod, index, { length }) =>
    index === length - 1 ? { ...pod, status: taken(endedAt(done, at), at) } : pod,
  );
  const { name } = keyOf(job);
  const whole = put(cluster, world, pods);
  const gone = pods.slice(-1).reduce((left, pod) => cluster.remove(left, `Pod/${keyOf(pod).name}`), whole);
  const steps = [
    { label: `cluster   ${name} is evicted halfway`, next: cluster.put(whole, completed(job, at)) },
    {
      label: `cluster   ${name} is evicted halfway, and its pod is gone`,
      next: cluster.put(gone, completed(job, at)),
    },
  ];
  if (pods.length === 1) return [...steps, deletion(cluster, world, job)];
  const killed = put(cluster, world, podsOf(job, exited(137)));
  return [
    ...steps,
    { label: `cluster   ${name} is disrupted`, next: cluster.put(killed, failed(job, 'PodFailurePolicy', at)) },
    deletion(cluster, world, job),
  ];
}

/** A person deletes a pod of a program that does not handle SIGTERM; of a gang, the Job controller then deletes the others. */
function deletion(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld> {
  const at = timestamp(cluster.date(world));
  const pods = podsOf(job, endedAt(exited(143), at)).map(({ metadata, ...pod }) => ({
    ...pod,
    metadata: { ...metadata, deletionTimestamp: at, deletionGracePeriodSeconds: 0 },
  }));
  return {
    label: `user      ${keyOf(job).name} fails since a person deletes its pod`,
    next: cluster.put(put(cluster, world, pods), failed(job, 'BackoffLimitExceeded', at)),
  };
}

/** What was deleted is no failure of its code, as far as the operator has seen it. */
export function wronglyBlamed(cluster: TrainingCluster, world: TrainingWorld, after: ITrainingRun): string | undefined {
  const before = new Map(cluster.parent(world).status?.attempts?.map((attempt) => [attempt.name, attempt.verdict]));
  const pods = cluster.all<IPod>(world.cache, 'Pod');
  const wrong = after.status?.attempts?.find(({ name, verdict, reason, stages = [] }) => {
    const own = pods.filter((pod) => pod.metadata?.ownerReferences?.some((owner) => owner.name === stages.at(-1)?.job));
    // Of what was forged nothing is known.
    const isNew = verdict === 'Failed' && reason !== 'SnapshotInvalid' && before.get(name) === undefined;
    return isNew && own.length > 0 && own.every(({ metadata }) => metadata?.deletionTimestamp !== undefined);
  });
  return wrong && `${wrong.name} has failed, though its pods were deleted`;
}

function refusal(cluster: TrainingCluster, world: TrainingWorld, job: IJob): Step<TrainingWorld> {
  const [pod] = podsOf(job, refused());
  return {
    label: `cluster   ${keyOf(job).name} is not taken by its node`,
    next: cluster.put(
      put(cluster, world, pod === undefined ? [] : [pod]),
      failed(job, 'BackoffLimitExceeded', timestamp(cluster.date(world))),
    ),
  };
}

function podsOf(job: IJob, ordinary: Status): IPod[] {
  const members = job.spec?.completions ?? 1;
  const status = shaped(job, ordinary);
  return members === 1
    ? [podOf(job, status)]
    : Array.from({ length: members }, (_, index) => podOf(job, status, index));
}

function put(cluster: TrainingCluster, world: TrainingWorld, pods: readonly IPod[]): TrainingWorld {
  return pods.reduce((at, pod) => cluster.put(at, pod), world);
}
