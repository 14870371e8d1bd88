/** An attempt's outcome rests on what ran to its own end, and what is said of it on what runs. */
import type { IJob } from 'kubernetes-models/batch/v1';
import { jobs, modelVersions, trainingRuns } from '../../../../src/api/kinds.ts';
import { attemptAnnotation, label } from '../../../../src/api/labels.ts';
import { keyOf, type Resource, uidOf } from '../../../../src/api/resource.ts';
import type { Attempt, IModelVersion, ITrainingRun } from '../../../../src/api/types.ts';
import { type Evidence, lives, nameOf, type Rule, versionOf } from '../evidence.ts';
import { hasMain, indexOf, isDoneByItself, isFailedByItself, podLives, podsOf } from '../pods.ts';

export const endRules: readonly Rule[] = [
  versionsAreOfWhatEnded,
  failuresAreTheUsers,
  onlyFailuresAreCounted,
  trainingMeansRunning,
  supersededNeverRan,
];

/** The newest state of each Job, of the attempts of a run, with the snapshot that it was made with. */
function jobsOf({ changes, deeds }: Evidence, isMeant: (job: IJob) => boolean): readonly IJob[] {
  return [...lives(changes, jobs.plural).values()]
    .flatMap((states) => newestOf(states.map(({ object }) => object as IJob)) ?? [])
    .filter((job) => !deeds.foreign.has(uidOf(job)) && isMeant(job));
}

function newestOf(states: readonly IJob[]): IJob | undefined {
  const [first, newest] = [states[0], states.at(-1)];
  return newest && { ...newest, metadata: { ...newest.metadata, annotations: first?.metadata?.annotations ?? {} } };
}

const ofAttempt = (name: string, run?: Resource) => (job: IJob) =>
  job.metadata?.labels?.[label.attempt] === name &&
  (run === undefined || job.metadata.ownerReferences?.some(({ uid }) => uid === uidOf(run)) === true);

/** A version is of an attempt of which the pods were seen to end by themselves: all that its completed Job has. */
function versionsAreOfWhatEnded(evidence: Evidence): readonly string[] {
  const { changes, deeds } = evidence;
  const pods = podLives(evidence);
  return [...lives(changes, modelVersions.plural).values()].flatMap(([first]) => {
    const version = first?.object as IModelVersion | undefined;
    if (version === undefined || deeds.foreign.has(uidOf(version))) return [];
    const done = jobsOf(evidence, ofAttempt(keyOf(version).name))
      .filter(isComplete)
      .toSorted(byAge);
    // Of those that were made again only the last one is what it rests on.
    const mine = done.filter((job, index) => !done.slice(index + 1).some((other) => stageOf(other) === stageOf(job)));
    return mine.flatMap((job) => {
      const ended = podsOf(pods, job).filter(isDoneByItself).map(indexOf);
      const missing = indicesOf(job).filter((index) => !ended.includes(index));
      return missing.map(
        (index) => `versions: ${nameOf(version)} is of ${nameOf(job)}, whose pod ${index} did not end well by itself`,
      );
    });
  });
}

function stageOf({ metadata }: IJob): string | undefined {
  return metadata?.labels?.[label.stage];
}

function indicesOf({ spec }: IJob): readonly number[] {
  return Array.from({ length: spec?.completions ?? 1 }, (_, index) => index);
}

/**
 * That the cluster took a pod, or that a kubelet would not have it, is not the failure of what should have run in it. Of a Job whose snapshot a
 * forger changed nothing can be made again, and that is told.
 */
function failuresAreTheUsers(evidence: Evidence): readonly string[] {
  const pods = podLives(evidence);
  return runsOf(evidence).flatMap((states) => {
    const told = new Map<string, readonly [ITrainingRun, Attempt]>();
    for (const run of states) for (const attempt of run.status?.attempts ?? []) told.set(attempt.name, [run, attempt]);
    return [...told.values()].flatMap(([run, { name, verdict, reason }]) => {
      if (verdict !== 'Failed') return [];
      const last = jobsOf(evidence, ofAttempt(name, run)).toSorted(byAge).at(-1);
      if (last === undefined || failureOf(last) === undefined || isOwnFailure(last, podsOf(pods, last))) return [];
      if (reason === 'SnapshotInvalid' && evidence.forged.changed.has(uidOf(last))) return [];
      return [`I9: ${nameOf(run)} says that ${name} failed, by ${reason}, and no pod of ${nameOf(last)} did by itself`];
    });
  });
}

/** A Job that is made again says how often the ones before it failed. */
function onlyFailuresAreCounted(evidence: Evidence): readonly string[] {
  const pods = podLives(evidence);
  return jobsOf(evidence, (job) => failuresIn(job) > 0).flatMap((job) => {
    const attempt = job.metadata?.labels?.[label.attempt] ?? '';
    const owner = job.metadata?.ownerReferences?.[0]?.uid;
    const before = jobsOf(
      evidence,
      (other) => ofAttempt(attempt)(other) && other.metadata?.ownerReferences?.[0]?.uid === owner,
    ).filter((other) => byAge(other, job) < 0);
    const failed = before.filter((other) => isOwnFailure(other, podsOf(pods, other))).length;
    return failuresIn(job) <= failed
      ? []
      : [
          `I9: ${nameOf(job)} counts ${failuresIn(job)} failures, and ${failed} of the Jobs before it failed by themselves`,
        ];
  });
}

/** Whether a Job failed since a pod of it did, or since it took too long. */
function isOwnFailure(job: IJob, pods: ReturnType<typeof podsOf>): boolean {
  return failureOf(job)?.reason === 'DeadlineExceeded' || pods.some(isFailedByItself);
}

function failuresIn({ metadata }: IJob): number {
  try {
    const { failures = 0 } = JSON.parse(metadata?.annotations?.[attemptAnnotation] ?? '{}') as { failures?: number };
    return failures;
  } catch {
    return 0;
  }
}

/** Nothing trains in which the user's container has not begun. */
function trainingMeansRunning(evidence: Evidence): readonly string[] {
  const pods = podLives(evidence);
  return runsOf(evidence).flatMap((states) => {
    const found = states.flatMap((run) => {
      const attempt = run.status?.attempts?.at(-1);
      const isSaid = (run.status?.conditions ?? []).some(({ reason }) => reason === 'Training');
      if (!isSaid || attempt === undefined) return [];
      const hasBegun = pods.some((life) =>
        life.some(
          (pod) =>
            pod.metadata?.labels?.[label.attempt] === attempt.name && hasMain(pod) && versionOf(pod) < versionOf(run),
        ),
      );
      return hasBegun ? [] : [`I9: ${nameOf(run)} says that ${attempt.name} trains before its container has begun`];
    });
    return found.slice(0, 1);
  });
}

/** What is made room for by an edit had not begun, as far as the status remembers and as the pods had told some time before. */
function supersededNeverRan(evidence: Evidence): readonly string[] {
  const pods = podLives(evidence);
  return runsOf(evidence).flatMap((states) =>
    states.slice(1).flatMap((run, index) => {
      const before = states[index]?.status?.attempts ?? [];
      const now = (run.status?.attempts ?? []).filter(({ verdict }) => verdict === 'Superseded');
      return now.flatMap(({ name }) => {
        const was = before.find((attempt) => attempt.name === name);
        if (was?.verdict !== undefined) return [];
        const known = versionOf(states[index] ?? run);
        const hadBegun = pods.some((life) =>
          life.some((pod) => pod.metadata?.labels?.[label.attempt] === name && hasMain(pod) && versionOf(pod) < known),
        );
        return hadBegun ? [`I9: ${nameOf(run)} gave ${name} up for an edit after its container had begun`] : [];
      });
    }),
  );
}

function runsOf({ changes }: Evidence): readonly (readonly ITrainingRun[])[] {
  return [...lives(changes, trainingRuns.plural).values()].map((states) =>
    states.map(({ object }) => object as unknown as ITrainingRun),
  );
}

function conditionOf({ status }: IJob, type: string) {
  return status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}

function isComplete(job: IJob): boolean {
  return conditionOf(job, 'Complete') !== undefined;
}

function failureOf(job: IJob) {
  return conditionOf(job, 'Failed');
}

/** By the version of the API server in which they were made. */
function byAge(one: IJob, other: IJob): number {
  const time = ({ metadata }: IJob) => metadata?.creationTimestamp ?? '';
  if (time(one) !== time(other)) return time(one) < time(other) ? -1 : 1;
  return keyOf(one).name < keyOf(other).name ? -1 : keyOf(one).name > keyOf(other).name ? 1 : 0;
}
