import type { IJob } from 'kubernetes-models/batch/v1';
import { findCondition } from '../../api/condition.ts';
import type { Attempt, ITrainingRun, TrainingRunStatus } from '../../api/types.ts';
import { jobs as jobKind, services as serviceKind } from '../../api/kinds.ts';
import { group } from '../../api/labels.ts';
import { keyOf, uidOf } from '../../api/resource.ts';
import type { Action, Milliseconds, Plan } from '../../controller.ts';
import { chooseChampion } from './gate/champion.ts';
import { cleanup } from './stages/cleanup.ts';
import { conclude } from './stages/conclude.ts';
import { defined } from '../../api/defined.ts';
import { knownAttempts, nextNumber, registered } from './status/history.ts';
import { gangService } from './stages/job.ts';
import { jobsOf, parseJobName } from './stages/names.ts';
import type { TrainingRunFacts } from './observe.ts';
import { isDataPinned, isGang, type Recipe, recipeOf } from '../../domain/recipe.ts';
import { recipeDigest } from './start/digest.ts';
import { judgeAgain } from './gate/rejudge.ts';
import { parseSchedule, scheduleStatus } from './start/schedule.ts';
import { snapshotOf } from './start/snapshot.ts';
import { startAttempt } from './start/start.ts';
import { bounded, metricText } from './status/size.ts';
import { attemptUID, type Conclusion, isFinished, soon, type Subject } from './stages/subject.ts';
import { conditionsOf, suspendedType } from './status/conditions.ts';
import { dueTrigger, openRequests, type TriggerFacts } from './start/trigger.ts';
import { recipeProblem, requestProblem, scheduleProblem } from './start/problems.ts';

/** Marks a Job that we suspended. */
const suspendedAnnotation = `${group}/suspended`;

/** Timers of months overflow, and the wall clock may be set meanwhile. */
const longestWait: Milliseconds = 24 * 3_600_000;

/**
 * Decides about a run, in this order: what became of its attempts, whether another one starts, whether its Job follows the decision
 * to suspend, what is no longer needed. Status tells all of it.
 */
export function plan(observed: TrainingRunFacts, now: Date): Plan<ITrainingRun> {
  const { run, jobs, versions } = observed;
  const recipe = recipeOf(run.spec);
  const concluded = knownAttempts(run, jobs, versions).map((attempt, index, all) =>
    decide(subjectOf(attempt, observed), index === all.length - 1, now),
  );
  const schedule = scheduleStatus(run.spec, run.status?.schedule, now);
  const facts = triggerFacts(observed, recipe, concluded, schedule?.since, now);
  const started = mayStart(run, recipe, concluded) ? start(observed, recipe, concluded, facts, now) : undefined;

  const attempts = [...concluded.map(({ attempt }) => attempt), ...(started ? [started.attempt] : [])];
  const kept = attempts.slice(-(run.spec.attemptHistoryLimit ?? 10));
  const work = [...concluded.flatMap(({ actions }) => actions ?? []), ...(started?.actions ?? [])];
  const suspension = suspend(observed, kept);
  const repaired = missingServices(observed, attempts);
  const creates = [...work, ...repaired];
  const problem =
    concluded.at(-1)?.problem ??
    recipeProblem(run, recipe) ??
    scheduleProblem(run) ??
    requestProblem(run, recipe, openRequests(facts));
  return {
    actions: [
      // First, since a quota may be full of what is no longer needed, and a refusal ends the pass.
      ...cleanup(keyOf(run), run.status?.attempts ?? [], jobs, observed.services, creates),
      ...creates.filter((action) => !isMade(action, observed)),
      ...suspension.actions,
    ],
    status: bounded(
      defined<TrainingRunStatus>({
        observedGeneration: run.metadata?.generation,
        conditions: conditionsOf(
          { run, recipeDigest: facts.recipeDigest, attempts, job: workingJob(observed, attempts), problem },
          now,
        ),
        latestAttempt: attempts.at(-1)?.name,
        latestVersion: latestVersion(observed),
        metric: metricText(run.spec.gate, attempts),
        schedule,
        attempts: kept.length === 0 ? undefined : kept,
      }),
    ),
    ...requeue([
      ...concluded.map(({ requeueAfter }) => requeueAfter),
      suspension.requeueAfter,
      untilNextTrigger(run, now),
    ]),
  };
}

function subjectOf(attempt: Attempt, { run, jobs, pods, versions, vanished }: TrainingRunFacts): Subject {
  const key = keyOf(run);
  const own = jobsOf(key.name, attempt.number, jobs);
  const newest = own.at(-1);
  return {
    run,
    key,
    attempt,
    jobs: own,
    pods: newest === undefined ? [] : pods.filter((pod) => isControlledBy(pod, newest)),
    snapshot: newest && snapshotOf(newest),
    version: versions.find((version) => keyOf(version).name === attempt.name),
    versions,
    isVanished: vanished.has(attempt.name),
  };
}

function isControlledBy(pod: { metadata?: IJob['metadata'] }, job: IJob): boolean {
  return pod.metadata?.ownerReferences?.some((owner) => owner.uid === uidOf(job) && owner.controller === true) ?? false;
}

function decide(subject: Subject, isNewest: boolean, now: Date): Conclusion {
  if (subject.attempt.verdict === undefined) return conclude(subject, now);
  const found = foundAfterAll(subject);
  if (found !== undefined) return { attempt: found };
  return isNewest && subject.attempt.verdict === 'GateFailed' ? judgeAgain(subject, now) : { attempt: subject.attempt };
}

/** Watches that are not in step can let results pass for lost that another pass has registered: the version is the truth. */
function foundAfterAll(subject: Subject): Attempt | undefined {
  const { attempt, version } = subject;
  if (attempt.verdict !== 'ResultsLost' || version === undefined) return undefined;
  const isOurs = version.spec.attemptUID === (attemptUID(subject) ?? attempt.jobUID);
  return isOurs ? registered(attempt, version) : undefined;
}

function triggerFacts(
  { run, requests }: TrainingRunFacts,
  recipe: Recipe,
  concluded: readonly Conclusion[],
  since: string | undefined,
  now: Date,
): TriggerFacts {
  const schedule = run.spec.schedule === undefined ? undefined : parseSchedule(run.spec.schedule, run.spec.timeZone);
  const tick = schedule?.type === 'Valid' && since ? schedule.last(new Date(since), now) : undefined;
  return defined<TriggerFacts>({
    created: run.metadata?.creationTimestamp ?? now.toISOString(),
    recipeDigest: recipeDigest(recipe),
    newest: concluded.at(-1)?.attempt,
    rerunAt: run.spec.rerunAt,
    tick,
    requests,
  });
}

/** One attempt at a time, none while suspended; an attempt that is being registered is not over. */
function mayStart(run: ITrainingRun, recipe: Recipe, concluded: readonly Conclusion[]): boolean {
  const isBusy = concluded.some(({ attempt, actions }) => attempt.verdict === undefined || actions !== undefined);
  return run.spec.suspend !== true && !isBusy && recipeProblem(run, recipe) === undefined;
}

function start(
  { run, jobs, versions, rejected }: TrainingRunFacts,
  recipe: Recipe,
  concluded: readonly Conclusion[],
  facts: TriggerFacts,
  now: Date,
) {
  const due = dueTrigger(isDataPinned(recipe) ? { ...facts, requests: [] } : facts, now);
  if (due === undefined) return undefined;
  const number = nextNumber(
    run,
    concluded.map(({ attempt }) => attempt),
    jobs,
  );
  const { recipeDigest: digest } = facts;
  return startAttempt(run, number, { recipe, recipeDigest: digest }, due, chooseChampion(versions, rejected), now);
}

/**
 * A running Job follows the persisted decision; this pass's decision is followed by the next. Only a Job that bears our mark is
 * let go on: one that a queue or a person suspended is theirs.
 */
function suspend(
  { run, jobs }: TrainingRunFacts,
  kept: readonly Attempt[],
): Pick<Plan<ITrainingRun>, 'actions' | 'requeueAfter'> {
  const newest = kept.at(-1);
  const job = newest && jobsOf(keyOf(run).name, newest.number, jobs).at(-1);
  const wanted = run.spec.suspend === true;
  if (job === undefined || isFinished(job) || (job.spec?.suspend ?? false) === wanted) return { actions: [] };
  if (!wanted && job.metadata?.annotations?.[suspendedAnnotation] === undefined) return { actions: [] };
  const persisted = findCondition(run.status?.conditions, suspendedType) !== undefined;
  if (persisted !== wanted) return { actions: [], requeueAfter: soon };
  const annotations = { [suspendedAnnotation]: wanted ? 'true' : null };
  const patch = { metadata: { annotations }, spec: { suspend: wanted } };
  return { actions: [{ type: 'Patch', kind: jobKind, key: keyOf(job), uid: uidOf(job), patch }] };
}

/** A gang whose Service somebody deleted could not find itself after a restart. */
function missingServices({ run, jobs, services }: TrainingRunFacts, attempts: readonly Attempt[]): Action[] {
  const newest = attempts.at(-1);
  const job = newest && newest.verdict === undefined ? jobsOf(keyOf(run).name, newest.number, jobs).at(-1) : undefined;
  const snapshot = job && snapshotOf(job);
  if (job === undefined || snapshot === undefined || isFinished(job) || !isGang(snapshot.recipe)) return [];
  if (services.some((service) => keyOf(service).name === keyOf(job).name)) return [];
  const retry = parseJobName(keyOf(run).name, keyOf(job).name)?.retry ?? 0;
  return [{ type: 'Create', kind: serviceKind, object: gangService(run, snapshot, retry) }];
}

/** The Service of a Job that was denied is already there when the Job is tried again. */
function isMade(action: Action, { services }: TrainingRunFacts): boolean {
  return (
    action.type === 'Create' &&
    action.kind.kind === serviceKind.kind &&
    services.some((service) => keyOf(service).name === keyOf(action.object).name)
  );
}

function workingJob({ run, jobs }: TrainingRunFacts, attempts: readonly Attempt[]): string | undefined {
  const newest = attempts.at(-1);
  const job = newest && jobsOf(keyOf(run).name, newest.number, jobs).at(-1);
  return job && keyOf(job).name;
}

function latestVersion({ versions }: TrainingRunFacts): string | undefined {
  const newest = versions.toSorted((one, other) => other.spec.number - one.spec.number)[0];
  return newest && keyOf(newest).name;
}

function untilNextTrigger(run: ITrainingRun, now: Date): Milliseconds | undefined {
  if (run.spec.suspend === true) return undefined;
  const schedule = run.spec.schedule === undefined ? undefined : parseSchedule(run.spec.schedule, run.spec.timeZone);
  const tick = schedule?.type === 'Valid' ? schedule.next(now)?.getTime() : undefined;
  const rerunAt = run.spec.rerunAt === undefined ? NaN : Date.parse(run.spec.rerunAt);
  const ahead = [tick ?? NaN, rerunAt].filter((time) => time > now.getTime());
  return ahead.length === 0 ? undefined : Math.min(...ahead.map((time) => time - now.getTime()), longestWait);
}

function requeue(delays: readonly (Milliseconds | undefined)[]): { requeueAfter?: Milliseconds } {
  const known = delays.filter((delay) => delay !== undefined);
  return known.length === 0 ? {} : { requeueAfter: Math.min(...known) };
}
