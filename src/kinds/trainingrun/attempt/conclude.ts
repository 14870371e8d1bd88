import type { Attempt } from '../../../api/types.ts';
import { defined } from '../../../api/defined.ts';
import { attemptAnnotation } from '../../../api/labels.ts';
import { written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import { firstMatch, type Rule } from '../../../api/rules.ts';
import { cancelCommand, rerunCommand } from '../status/advice.ts';
import { judgement } from '../gate/judgement.ts';
import { registered } from '../status/history.ts';
import { withReport } from '../status/report.ts';
import type { Snapshot } from '../start/snapshot.ts';
import { stageIsMadeAgain } from './again.ts';
import { cancelled, type Conclusion, ended, endOfStage, failed, soon } from './conclusion.ts';
import { failedCondition, isFinished } from '../../../workload/job.ts';
import { endedInTime } from './ending.ts';
import { withBegun, withEnded } from './entries.ts';
import type { AttemptFacts } from './facts.ts';
import { diagnose } from './failure.ts';
import { givingBack, untilNextStep } from './gang.ts';
import { creations } from './job.ts';
import { lengthOf } from './length.ts';
import { remembering, untilRemembered } from './memory.ts';
import { fares, progressOf, soonest } from './progress.ts';
import { spentUntil, timedOut } from './timedout.ts';
import { isSuperseded, untilSuperseded } from './superseded.ts';
import type { Outputs } from '../stages/outputs.ts';

/** Decides about an unfinished attempt, whatever stage it is in. The first rule that applies wins. */
export function conclude(observed: AttemptFacts, now: Date): Conclusion {
  const facts = givingBack(remembering(observed, now), now);
  const conclusion = firstMatch(rules, facts, now) ?? { attempt: facts.attempt };
  return { progress: progressOf(facts, now), ...conclusion };
}

const rules: readonly Rule<[AttemptFacts, Date], Conclusion>[] = [
  isRegistered,
  jobWasDeleted,
  jobIsUnreadable,
  isSuperseded,
  stageIsMadeAgain,
  jobFailed,
  jobCompleted,
  goesOn,
];

/** Where anybody may write ModelVersions, one is held against what would be registered, see judgement. */
function isRegistered(facts: AttemptFacts): Conclusion | undefined {
  const { version, provenance } = facts;
  if (version === undefined || provenance !== 'Admission') return undefined;
  const uid = facts.uid();
  if (uid !== undefined && version.spec.attemptUID !== uid) return undefined;
  return { attempt: registered(ended(facts, { state: 'Passed' }), version) };
}

function jobWasDeleted(facts: AttemptFacts, now: Date): Conclusion | undefined {
  if (!facts.isVanished) return undefined;
  // Of that Job nothing is known any more, and another one of its name is not taken for it.
  return { attempt: failed({ ...facts, job: undefined }, cancelled(facts), now) };
}

function jobIsUnreadable(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const { attempt, job, key } = facts;
  if (job === undefined) return { attempt };
  if (facts.snapshot() !== undefined) return undefined;
  const { name } = keyOf(job);
  const what = `the annotation ${attemptAnnotation} of Job ${name} was changed, so it is not known what`;
  const reason = 'SnapshotInvalid';
  if (isFinished(job)) {
    const remedies = [{ text: 'run once more', command: rerunCommand(key) }];
    const message = written({ what: `${what} was run, and nothing is registered`, remedies });
    return { attempt: failed(facts, { verdict: 'Failed', reason, message }, now) };
  }
  const message = written({
    what: `${what} runs, and whatever comes of it is not registered`,
    remedies: [
      { text: 'end it', command: cancelCommand(key, name) },
      { text: 'let it end, then run once more', command: rerunCommand(key) },
    ],
  });
  return { attempt, problem: { reason, message, isStalled: true } };
}

function jobFailed(facts: AttemptFacts, now: Date): Conclusion | undefined {
  if (facts.job === undefined || !failedCondition(facts.job)) return undefined;
  const snapshot = facts.snapshot();
  if (snapshot !== undefined && endedInTime(facts, snapshot)) return undefined;
  return { attempt: failed(facts, { verdict: 'Failed', ...(timedOut(facts) ?? diagnose(facts, now)) }, now) };
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
  const next = defined<Snapshot>({
    ...snapshot,
    attemptUID: facts.uid(),
    failures: undefined,
    spent: spentUntil(facts, snapshot),
    ran: undefined,
    forged: undefined,
    before: outputs,
  });
  for (const following of later) {
    const actions = creations(following, run, next, 0);
    if (actions === undefined) continue;
    if (!facts.isNewest) return { attempt: { ...ended(facts, { state: 'Passed' }, now), ...cancelled(facts) } };
    const passed: Attempt = withEnded(attempt, stage, { state: 'Passed' }, job, now);
    return run.spec.suspend === true ? { attempt: passed } : { attempt: withBegun(passed, following, now), actions };
  }
  return undefined;
}

function goesOn(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const { attempt, job } = facts;
  if (job === undefined || isFinished(job)) return undefined;
  const held = fares(facts, now);
  const looks = [
    untilSuperseded(facts, now),
    untilRemembered(facts, now),
    untilNextStep(facts, now),
    lengthOf(facts, now).after,
  ];
  const known = looks.flatMap((left) => (left === undefined ? [] : [{ requeueAfter: Math.max(soon, left) }]));
  return { attempt, ...held, ...soonest([held, ...known]) };
}
