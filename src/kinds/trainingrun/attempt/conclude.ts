import { shortened } from '../../../api/condition.ts';
import type { Attempt } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import { attemptAnnotation } from '../../../api/labels.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import { firstMatch, type Rule } from '../../../api/rules.ts';
import type { Milliseconds } from '../../../controller.ts';
import { rerunCommand } from '../status/advice.ts';
import { judgement } from '../gate/judgement.ts';
import { registered } from '../status/history.ts';
import { withReport } from '../status/report.ts';
import type { Snapshot } from '../start/snapshot.ts';
import { type Conclusion, ended, endOfStage, failed, soon } from './conclusion.ts';
import { failedCondition, isDisrupted, isFinished, lastFailed, podMayCome } from '../../../workload/job.ts';
import { withBegun, withEnded } from './entries.ts';
import { evictionProblem } from './eviction.ts';
import type { AttemptFacts } from './facts.ts';
import { diagnose } from './failure.ts';
import { creations } from './job.ts';
import { mostRetries } from './names.ts';
import type { Outputs } from '../stages/outputs.ts';
import { waitingProblem } from './waiting.ts';

/** How long the Job controller may take to make pods until that is worth a word: quotas and admission deny them silently. */
const podsExpectedWithin: Milliseconds = 120_000;

/** Decides about an unfinished attempt, whatever stage it is in. The first rule that applies wins. */
export function conclude(facts: AttemptFacts, now: Date): Conclusion {
  return firstMatch(rules, facts, now) ?? { attempt: facts.attempt };
}

const rules: readonly Rule<[AttemptFacts, Date], Conclusion>[] = [
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
];

function isRegistered(facts: AttemptFacts): Conclusion | undefined {
  const { version } = facts;
  if (version === undefined) return undefined;
  const uid = facts.uid();
  if (uid !== undefined && version.spec.attemptUID !== uid) return undefined;
  return { attempt: registered(ended(facts, { state: 'Passed' }), version) };
}

function nameIsTaken({ attempt, version, key }: AttemptFacts): Conclusion | undefined {
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

function jobWasDeleted(facts: AttemptFacts, now: Date): Conclusion | undefined {
  if (!facts.isVanished) return undefined;
  // Of that Job nothing is known any more, and another one of its name is not taken for it.
  return { attempt: failed({ ...facts, job: undefined }, cancelled(facts), now) };
}

function cancelled({ attempt, key }: AttemptFacts) {
  const message = `the Job was deleted, so attempt ${attempt.name} is cancelled and is not made again. To run once more: ${rerunCommand(key)}`;
  return { verdict: 'Deleted', reason: 'Deleted', message } as const;
}

function jobIsUnreadable(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const { attempt, job, key } = facts;
  if (job === undefined) return { attempt };
  if (!isFinished(job) || facts.snapshot() !== undefined) return undefined;
  const message = `the annotation ${attemptAnnotation} of Job ${keyOf(job).name} was changed, so it is not known what was trained. To run once more: ${rerunCommand(key)}`;
  return { attempt: failed(facts, { verdict: 'Failed', reason: 'SnapshotInvalid', message }, now) };
}

/**
 * A retry is the same attempt with the same recipe, in a Job of its own. It is not counted if the cluster took a pod away. An attempt
 * that another one followed was over before that: status was lost, and what came next here was cancelled.
 */
function gangIsMadeAgain(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const { run, attempt, stage, job, retry, pods } = facts;
  if (job === undefined || !failedCondition(job)) return undefined;
  const snapshot = facts.snapshot();
  if (snapshot === undefined || stage.isGang?.(snapshot.recipe) !== true || retry >= mostRetries) return undefined;
  const failures = (snapshot.failures ?? 0) + (isDisrupted(job, pods) ? 0 : 1);
  if (failures > (run.spec.retry?.limit ?? 0)) return undefined;
  if (!facts.isNewest) return { attempt: failed(facts, cancelled(facts), now) };
  if (run.spec.suspend === true) return { attempt };
  const next = { ...snapshot, attemptUID: facts.uid() ?? uidOf(job), failures };
  return { attempt, actions: creations(stage, run, next, retry + 1) ?? [], requeueAfter: soon };
}

function jobFailed(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const { attempt, job, pods, key } = facts;
  if (job === undefined || !failedCondition(job)) return undefined;
  const requeueAfter = lastFailed(pods) === undefined ? podMayCome(job, pods, now) : undefined;
  if (requeueAfter !== undefined) return { attempt, requeueAfter };
  const { reason, message } = diagnose(key, job, pods);
  return { attempt: failed(facts, { verdict: 'Failed', reason, message: shortened(message) }, now) };
}

function jobCompleted(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const snapshot = facts.job && isFinished(facts.job) ? facts.snapshot() : undefined;
  const end = snapshot && endOfStage(facts, snapshot, now);
  if (snapshot === undefined || end === undefined) return undefined;
  switch (end.type) {
    case 'Running':
      return { attempt: facts.attempt, requeueAfter: end.requeueAfter };
    case 'Failed':
      return { attempt: withReport(failed(facts, end, now), end.outputs, snapshot.recipe) };
    case 'Passed':
      return nextStage(facts, snapshot, end.outputs, now) ?? judgement(facts, snapshot, end.outputs, now);
  }
}

/** The first declared stage of those that follow begins in the same pass; while the run is suspended it waits. */
function nextStage(facts: AttemptFacts, snapshot: Snapshot, outputs: Outputs, now: Date): Conclusion | undefined {
  const { run, attempt, stage, later, job } = facts;
  const next = defined<Snapshot>({ ...snapshot, attemptUID: facts.uid(), failures: undefined, before: outputs });
  for (const following of later) {
    const actions = creations(following, run, next, 0);
    if (actions === undefined) continue;
    if (!facts.isNewest) return { attempt: { ...ended(facts, { state: 'Passed' }, now), ...cancelled(facts) } };
    const passed: Attempt = withEnded(attempt, stage, { state: 'Passed' }, job, now);
    return run.spec.suspend === true ? { attempt: passed } : { attempt: withBegun(passed, following, now), actions };
  }
  return undefined;
}

function podsAreMissing({ attempt, job, pods, key }: AttemptFacts, now: Date): Conclusion | undefined {
  const started = Date.parse(job?.status?.startTime ?? '');
  if (job === undefined || job.spec?.suspend === true || pods.length > 0 || Number.isNaN(started)) return undefined;
  const left = started + podsExpectedWithin - now.getTime();
  if (left > 0) return { attempt, requeueAfter: left };
  const message = `Job ${keyOf(job).name} has no pods: a quota or an admission rule may deny them. Ask the administrator of the namespace: kubectl -n ${key.namespace} describe job ${keyOf(job).name}`;
  return { attempt, problem: { reason: 'PodsMissing', message, isStalled: true } };
}

function podsAreWaiting({ attempt, job, pods, key }: AttemptFacts): Conclusion | undefined {
  const problem = job && waitingProblem(key, attempt.name, job, pods);
  return problem && { attempt, problem };
}

function podsAreEvicted({ attempt, job, pods, key }: AttemptFacts): Conclusion | undefined {
  const problem = evictionProblem(key, pods);
  return problem && job && { attempt, problem };
}
