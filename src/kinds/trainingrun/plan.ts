import type { Attempt, ITrainingRun, TrainingRunStatus } from '../../api/types.ts';
import { keyOf } from '../../api/resource.ts';
import type { Milliseconds, Plan } from '../../controller.ts';
import { timestamp } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import { metricText } from './gate/metric.ts';
import { judgeAgain } from './gate/rejudge.ts';
import { registeredVersions, standingVersions, told, unregistered } from './gate/registered.ts';
import type { TrainingRunFacts } from './observe.ts';
import { cleanup } from './attempt/cleanup.ts';
import { conclude } from './attempt/conclude.ts';
import { type AttemptFacts, attemptFacts } from './attempt/facts.ts';
import { blockedBy, withoutBlocked } from './attempt/blocked.ts';
import { isFinished } from '../../workload/job.ts';
import { type StorageInstallation, usualStorage } from '../../storage/installation.ts';
import type { HardwareProfile } from '../../workload/hardware.ts';
import type { Provenance } from '../../workload/origin.ts';
import { stages as all } from './stages/index.ts';
import { placedJobs } from './attempt/names.ts';
import { provenJobs } from './attempt/provenance.ts';
import { missingServices, serviceLeadsAway, withoutMade } from './attempt/services.ts';
import type { Stage } from './stages/stage.ts';
import { keptByOthers } from './attempt/superseded.ts';
import { suspend } from './attempt/suspend.ts';
import { followTimeout } from './attempt/timedout.ts';
import { type Declared, declaredBy } from './start/declared.ts';
import { requestProblem, scheduleProblem } from './start/problems.ts';
import { longestWait, nextTrigger } from './start/schedule.ts';
import { championOf, dueOf, start, triggerFacts } from './start/start.ts';
import { type DueTrigger, openRequests } from './start/trigger.ts';
import { conditionsOf } from './status/conditions.ts';
import { forgedOthers, forgedPods } from './status/forged.ts';
import { nextNumber } from './status/history.ts';
import { bounded } from './status/size.ts';

/**
 * Decides about a run, in this order: what became of its attempts, whether another one starts, whether its Job follows the decision
 * to suspend, what has to be made again, what is no longer needed. Status tells all of it.
 */
export function plan(
  facts: TrainingRunFacts,
  now: Date,
  stages: readonly Stage[] = all,
  provenance: Provenance = 'Compare',
  profiles: readonly HardwareProfile[] = [],
  installation: StorageInstallation = usualStorage,
): Plan<ITrainingRun> {
  const { run, services } = facts;
  const declared = declaredBy(run, { profiles, installation, serverVersion: facts.serverVersion }, now);
  const registered = registeredVersions(run, facts.versions, provenance);
  const champion = championOf(facts, registered);
  const { ours, former, forged } = provenJobs(
    { run, stages, making: declared, versions: facts.versions, champion, provenance, now },
    placedJobs(keyOf(run).name, facts.jobs),
  );
  const known = attemptFacts({ facts, jobs: ours, versions: registered, stages, provenance }, declared);
  const decided = known.map((one) => (one.attempt.verdict === undefined ? conclude(one, now) : judgeAgain(one, now)));
  const concluded = decided.map((one, index) => withoutBlocked(one, known[index], forged));
  const before = concluded.map(({ attempt }) => attempt);
  const versions = standingVersions(run, registered, facts.versions, before);
  const triggers = triggerFacts(facts, declared, before.at(-1), now);
  const number = nextNumber(run, before, facts.versions);
  const leaving = known.find((one, index) => isLeaving(one, before[index]));
  const due = leaving ? undefined : start({ ...facts, versions }, declared, concluded, triggers, number, stages, now);
  const blocked = blockedBy(keyOf(run), due?.actions, forged);
  const started = blocked === undefined ? due : undefined;
  const attempts = started ? [...before, started.attempt] : before;
  const newest = started || before.at(-1)?.verdict === 'Superseded' ? undefined : known.at(-1);
  const suspension = suspend(run, newest, now);
  const creates = [
    ...[...concluded, ...(started ? [started] : [])].flatMap(({ actions = [] }) => actions),
    ...missingServices(newest, before.at(-1), services),
  ];
  const kept = attempts.slice(-(run.spec.attemptHistoryLimit ?? 10));
  const progress = (started ?? concluded.at(-1))?.progress;
  const next = nextTrigger(run.spec, declared.schedule, now);
  const problem =
    blocked ??
    forgedPods(newest) ??
    serviceLeadsAway(newest, before.at(-1), services) ??
    (leaving && keptByOthers(leaving)) ??
    concluded.at(-1)?.problem ??
    declared.problem ??
    (isAwaited(declared, before.at(-1), dueOf(declared, triggers, now)) ? declared.lacking : undefined) ??
    scheduleProblem(run, declared.schedule) ??
    requestProblem(run, declared.recipe, openRequests(triggers)) ??
    forgedOthers(keyOf(run), forged, unregistered(run, facts.versions, versions, awaitedIn(newest)));
  return {
    actions: [
      // First, since a quota may be full of what is no longer needed, and a refusal ends the pass.
      ...cleanup(run.status?.attempts ?? [], [...ours, ...former], services, creates),
      ...withoutMade(creates, services),
      ...suspension.actions,
      ...followTimeout(newest),
    ],
    status: bounded(
      defined<TrainingRunStatus>({
        observedGeneration: run.metadata?.generation,
        conditions: conditionsOf({ run, recipeDigest: declared.recipeDigest, attempts, problem, progress }, now),
        latestAttempt: attempts.at(-1)?.name,
        latestVersion: versions.map(told).at(-1),
        versions: versions.length === 0 ? undefined : versions.map(told),
        metric: metricText(run.spec.gate, attempts.at(-1)?.metrics),
        nextAttemptTime: next && timestamp(next),
        schedule: declared.scheduleStatus,
        attempts: kept.length === 0 ? undefined : kept,
      }),
    ),
    ...requeue([
      ...concluded.map(({ requeueAfter }) => requeueAfter),
      suspension.requeueAfter,
      next && Math.min(next.getTime() - now.getTime(), longestWait),
    ]),
  };
}

/** Whether the recipe is to be trained again: until it is, nobody misses its hardware. */
function isAwaited({ schedule }: Declared, newest: Attempt | undefined, due: DueTrigger | undefined): boolean {
  return newest?.verdict !== undefined && (schedule !== undefined || due !== undefined);
}

/** What may be the version of the newest attempt, which is known when that is judged. */
function awaitedIn(newest: AttemptFacts | undefined): string | undefined {
  return newest?.job !== undefined && isFinished(newest.job) ? newest.attempt.name : undefined;
}

/** The Job of a superseded attempt goes before the next one starts, so that there is one at most. */
function isLeaving({ job }: AttemptFacts, after: Attempt | undefined): boolean {
  return after?.verdict === 'Superseded' && job !== undefined && !isFinished(job);
}

function requeue(delays: readonly (Milliseconds | undefined)[]): { requeueAfter?: Milliseconds } {
  const known = delays.filter((delay) => delay !== undefined);
  return known.length === 0 ? {} : { requeueAfter: Math.min(...known) };
}
