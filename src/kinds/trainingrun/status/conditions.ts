import { conditions, type NewCondition } from '../../../api/condition.ts';
import type { Attempt, Condition, ITrainingRun } from '../../../api/types.ts';
import { keyOf } from '../../../api/resource.ts';
import { firstMatch, type Rule } from '../../../api/rules.ts';
import { patchCommand } from '../../../api/command.ts';
import { written } from '../../../api/message.ts';
import { cancelCommand } from './advice.ts';
import type { Progress } from '../attempt/progress.ts';
import type { Problem } from '../attempt/waiting.ts';
import type { RunReason } from './reasons.ts';

export const summaryType = 'Succeeded';

/** The decision to suspend, which the Job follows once it is persisted. */
export const suspendedType = 'Suspended';

/** How a run stands: what its conditions are made from. */
interface Standing {
  readonly run: ITrainingRun;
  /** Of the declared recipe. */
  readonly recipeDigest: string;
  /** All that are known, oldest first. */
  readonly attempts: readonly Attempt[];
  readonly problem: Problem | undefined;
  /** How the newest attempt fares, if it goes on and nothing is known to be wrong. */
  readonly progress: Progress | undefined;
}

type Summary = Pick<NewCondition, 'status' | 'reason' | 'message'>;

/** One that was made here, and not read from the status of before. */
type Known = Summary & { readonly reason: RunReason };

/**
 * Succeeded says how the declared recipe fared, and is False while the spec cannot be done as it stands. Only the recipe's first attempt and one that was asked for by hand make it Unknown; while a
 * schedule or a Monitor has it trained again, the last outcome stands. Reconciling and Stalled tell of what goes on and what does not.
 */
export function conditionsOf(standing: Standing, now: Date): Condition[] {
  const { run, problem } = standing;
  const summary = firstMatch(rules, standing) ?? waiting;
  const generation = run.metadata?.generation;
  const wanted = [
    { type: summaryType, ...summary },
    ...reconciling(standing, summary),
    ...(problem?.isStalled ? [whileTrue('Stalled', problem)] : []),
    ...suspended(standing),
  ];
  return conditions(
    run.status?.conditions,
    wanted.map((condition) =>
      generation === undefined ? condition : { ...condition, observedGeneration: generation },
    ),
    now,
  );
}

const waiting: Known = { status: 'Unknown', reason: 'Waiting', message: 'the first attempt has not started yet' };

const rules: readonly Rule<[Standing], Summary>[] = [
  specIsWrong,
  editWaits,
  outcomeStands,
  attemptWaits,
  runIsSuspended,
  successorIsDue,
  attemptGoesOn,
];

/** First, since people look here: neither an old success nor an attempt that goes on may hide it. */
function specIsWrong({ problem }: Standing): Known | undefined {
  return problem?.isOfSpec && { status: 'False', reason: problem.reason, message: problem.message };
}

function editWaits({ run, recipeDigest, attempts }: Standing): Known | undefined {
  const open = unfinished(attempts);
  if (open === undefined || open.recipeDigest === recipeDigest) return undefined;
  const message = written({
    what: `attempt ${open.name} is of the recipe from before the edit; the edited one starts when it ends`,
    remedies: [{ text: 'end it now', command: cancelCommand(keyOf(run), jobOf(open)) }],
  });
  return { status: 'Unknown', reason: 'EditWaits', message };
}

function outcomeStands({ recipeDigest, attempts }: Standing): Summary | undefined {
  const open = unfinished(attempts);
  if (open !== undefined && open.trigger.type !== 'Schedule' && open.trigger.type !== 'Monitor') return undefined;
  const since = attempts.findLastIndex((attempt) => attempt.recipeDigest !== recipeDigest) + 1;
  const last = attempts.slice(since).findLast(({ verdict }) => verdict !== undefined && verdict !== 'Superseded');
  return last && outcome(last);
}

function attemptWaits({ problem }: Standing): Known | undefined {
  return problem && { status: 'Unknown', reason: problem.reason, message: problem.message };
}

function runIsSuspended({ run }: Standing): Known | undefined {
  return run.spec.suspend === true
    ? { status: 'Unknown', reason: 'Suspended', message: suspendedMessage(run) }
    : undefined;
}

/** For one pass: the edited recipe starts when the Job of the attempt is gone that it supersedes. */
function successorIsDue({ attempts }: Standing): Known | undefined {
  const newest = attempts.at(-1);
  if (newest?.verdict !== 'Superseded') return undefined;
  return { status: 'Unknown', reason: 'Superseded', message: newest.message ?? '' };
}

function attemptGoesOn({ attempts, progress }: Standing): Known | undefined {
  return unfinished(attempts) && progress && { status: 'Unknown', ...progress };
}

function outcome({ verdict, reason, message, name }: Attempt): Summary {
  const isSuccess = verdict === 'Registered' || verdict === 'NoResults';
  return {
    status: isSuccess ? 'True' : 'False',
    reason: (isSuccess ? verdict : (reason ?? verdict)) ?? 'Failed',
    message: isSuccess ? (message ?? '') : `attempt ${name}: ${message ?? ''}`,
  };
}

function reconciling({ attempts, run, problem }: Standing, summary: Summary): NewCondition[] {
  if (problem !== undefined) return problem.isStalled ? [] : [whileTrue('Reconciling', problem)];
  const goesOn = unfinished(attempts) !== undefined && summary.status === 'Unknown' && run.spec.suspend !== true;
  return goesOn ? [whileTrue('Reconciling', summary)] : [];
}

function suspended({ run }: Standing): NewCondition[] {
  if (run.spec.suspend !== true) return [];
  return [whileTrue(suspendedType, { reason: 'Suspended', message: suspendedMessage(run) })];
}

function suspendedMessage(run: ITrainingRun): string {
  return written({
    what: 'spec.suspend is true: no attempt starts, and a running Job is suspended',
    remedies: [{ text: 'let it go on', command: patchCommand('trun', keyOf(run), { suspend: false }) }],
  });
}

function whileTrue(type: string, { reason, message }: Pick<Summary, 'reason' | 'message'>): NewCondition {
  return { type, status: 'True', reason, message };
}

function unfinished(attempts: readonly Attempt[]): Attempt | undefined {
  const newest = attempts.at(-1);
  return newest?.verdict === undefined ? newest : undefined;
}

/** The Job of the stage that an attempt is in. */
function jobOf({ name, stages }: Attempt): string {
  return stages?.at(-1)?.job ?? name;
}
