import type { IJob } from 'kubernetes-models/batch/v1';
import { timestamp } from '../../../api/condition.ts';
import type { Attempt } from '../../../api/types.ts';
import { jobs as jobKind, services as serviceKind } from '../../../api/kinds.ts';
import { type Key, keyOf, uidOf } from '../../../api/resource.ts';
import type { Milliseconds } from '../../../controller.ts';
import { limited, rerunCommand } from '../status/advice.ts';
import { evaluate } from '../gate/evaluate.ts';
import { evictionProblem } from './eviction.ts';
import { diagnose, failedCondition, isDisrupted, lastFailed } from './failure.ts';
import { registered } from '../status/history.ts';
import { isGang } from '../../../domain/recipe.ts';
import { gangService, trainingJob } from './job.ts';
import { parseJobName } from './names.ts';
import {
  attemptUID,
  type Conclusion,
  ended,
  isComplete,
  isFinished,
  podMayCome,
  soon,
  type Subject,
} from './subject.ts';
import { waitingProblem } from './waiting.ts';

type Rule = (subject: Subject, now: Date) => Conclusion | undefined;

/** How long the Job controller may take to make pods until that is worth a word: quotas and admission deny them silently. */
const podsExpectedWithin: Milliseconds = 120_000;

/** Decides about an unfinished attempt. The first rule that applies wins. */
export function conclude(subject: Subject, now: Date): Conclusion {
  for (const rule of rules) {
    const conclusion = rule(subject, now);
    if (conclusion !== undefined) return conclusion;
  }
  return { attempt: subject.attempt };
}

const rules: readonly Rule[] = [
  isRegistered,
  nameIsTaken,
  jobWasDeleted,
  jobIsUnreadable,
  gangIsMadeAgain,
  jobFailed,
  jobCompleted,
  podsAreMissing,
  podsAreWaiting,
  podsAreEvicted,
  retryIsRecorded,
];

function isRegistered(subject: Subject): Conclusion | undefined {
  const { attempt, version, jobs } = subject;
  if (version === undefined) return undefined;
  const uid = attemptUID(subject);
  if (uid !== undefined && version.spec.attemptUID !== uid) return undefined;
  return { attempt: registered(ended(attempt, jobs.at(-1)), version) };
}

function nameIsTaken({ attempt, version, key }: Subject): Conclusion | undefined {
  if (version === undefined) return undefined;
  return {
    attempt,
    problem: {
      reason: 'NameConflict',
      message: `ModelVersion ${attempt.name} exists and is not of this attempt. Delete it, and the attempt ends by itself: kubectl -n ${key.namespace} delete mver ${attempt.name}`,
      isStalled: true,
    },
  };
}

function jobWasDeleted({ attempt, isVanished, key }: Subject, now: Date): Conclusion | undefined {
  if (!isVanished) return undefined;
  const message = `the Job was deleted, so attempt ${attempt.name} is cancelled and is not made again. To run once more: ${rerunCommand(key)}`;
  return { attempt: { ...attempt, endTime: timestamp(now), verdict: 'Deleted', reason: 'Deleted', message } };
}

function jobIsUnreadable({ attempt, jobs, snapshot, key }: Subject, now: Date): Conclusion | undefined {
  const job = jobs.at(-1);
  if (job === undefined) return { attempt };
  if (snapshot !== undefined) return undefined;
  if (!isFinished(job)) return { attempt };
  const message = `the annotation flyball.dev/attempt of Job ${keyOf(job).name} was changed, so it is not known what was trained. To run once more: ${rerunCommand(key)}`;
  return { attempt: { ...ended(attempt, job, now), verdict: 'Failed', reason: 'SnapshotInvalid', message } };
}

/** A retry is the same attempt with the same recipe, in a Job of its own. It is not counted if the cluster took a pod away. */
function gangIsMadeAgain(subject: Subject): Conclusion | undefined {
  const { run, key, attempt, jobs, pods, snapshot } = subject;
  const job = jobs.at(-1);
  if (job === undefined || snapshot === undefined || !isGang(snapshot.recipe) || !failedCondition(job))
    return undefined;
  const failures = (snapshot.retry?.failures ?? 0) + (isDisrupted(job, pods) ? 0 : 1);
  if (failures > (run.spec.retry?.limit ?? 0)) return undefined;
  if (run.spec.suspend === true) return { attempt };
  const retry = (parseJobName(key.name, keyOf(job).name)?.retry ?? 0) + 1;
  const next = { ...snapshot, retry: { attemptUID: attemptUID(subject) ?? uidOf(job), failures } };
  return {
    attempt,
    actions: [
      { type: 'Create', kind: serviceKind, object: gangService(run, next, retry) },
      { type: 'Create', kind: jobKind, object: trainingJob(run, next, retry) },
    ],
    requeueAfter: soon,
  };
}

function jobFailed({ attempt, jobs, pods, snapshot, key }: Subject, now: Date): Conclusion | undefined {
  const job = jobs.at(-1);
  if (job === undefined || snapshot === undefined || !failedCondition(job)) return undefined;
  const requeueAfter = lastFailed(pods) === undefined ? podMayCome(job, pods, now) : undefined;
  if (requeueAfter !== undefined) return { attempt: withRetryUID(attempt, job, key), requeueAfter };
  const { reason, message } = diagnose(key, job, pods);
  return { attempt: { ...ended(attempt, job, now), verdict: 'Failed', reason, message: limited(message) } };
}

function jobCompleted(subject: Subject, now: Date): Conclusion | undefined {
  const job = subject.jobs.at(-1);
  if (job === undefined || subject.snapshot === undefined || !isComplete(job)) return undefined;
  return evaluate({ ...subject, attempt: withRetryUID(subject.attempt, job, subject.key) }, job, subject.snapshot, now);
}

function podsAreMissing({ attempt, jobs, pods, key }: Subject, now: Date): Conclusion | undefined {
  const job = jobs.at(-1);
  const started = Date.parse(job?.status?.startTime ?? '');
  if (job === undefined || job.spec?.suspend === true || pods.length > 0 || Number.isNaN(started)) return undefined;
  const left = started + podsExpectedWithin - now.getTime();
  if (left > 0) return { attempt: withRetryUID(attempt, job, key), requeueAfter: left };
  const message = `Job ${keyOf(job).name} has no pods: a quota or an admission rule may deny them. Ask the administrator of the namespace: kubectl -n ${key.namespace} describe job ${keyOf(job).name}`;
  return { attempt: withRetryUID(attempt, job, key), problem: { reason: 'PodsMissing', message, isStalled: true } };
}

function podsAreWaiting({ attempt, jobs, pods, snapshot, key }: Subject): Conclusion | undefined {
  const job = jobs.at(-1);
  if (job === undefined || snapshot === undefined) return undefined;
  const problem = waitingProblem(key, attempt.name, job, pods);
  return problem && { attempt: withRetryUID(attempt, job, key), problem };
}

function podsAreEvicted({ attempt, jobs, pods, key }: Subject): Conclusion | undefined {
  const job = jobs.at(-1);
  const problem = evictionProblem(key, pods);
  return problem && job && { attempt: withRetryUID(attempt, job, key), problem };
}

function retryIsRecorded({ attempt, jobs, key }: Subject): Conclusion | undefined {
  const job = jobs.at(-1);
  return job && { attempt: withRetryUID(attempt, job, key) };
}

/** Status remembers a gang's newest retry, so that its deletion is told from one that was never made. */
function withRetryUID(attempt: Attempt, job: IJob, key: Key): Attempt {
  const retry = parseJobName(key.name, keyOf(job).name)?.retry ?? 0;
  return retry === 0 ? attempt : { ...attempt, jobUID: uidOf(job) };
}
