import { type Condition, findCondition } from '../../../api/condition.ts';
import type { Headline } from '../../../api/headline.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Attempt, ITrainingRun } from '../../../api/types.ts';
import { headline } from '../../../kinds/trainingrun/status/headline.ts';
import { stages } from '../../../kinds/trainingrun/stages/index.ts';
import type { Proof, Standing, Step } from '../explanation.ts';
import { readMessage, sentenceOf } from '../readmessage.ts';
import { actorOfReason } from '../../reasons.ts';
import { conditionProofs } from './conditions.ts';

/** How a run stands, by what became of its newest attempt. */
export function standingOfRun(run: ITrainingRun): Standing | undefined {
  const { status } = run;
  const told = status && headline(status, stages);
  if (status === undefined || told === undefined) return undefined;
  const newest = status.attempts?.at(-1);
  const held = newest?.verdict === undefined ? undefined : findCondition(status.conditions, 'Suspended');
  if (held !== undefined) return standingWhileHeld(run, held, happens(told, newest));
  const { remedies, ...read } = readMessage(told.message);
  return {
    what: `${keyOf(run).name}: ${happens(told, newest)}`,
    reason: told.reason,
    ...sinceOf(run, newest),
    why: sentenceOf(read),
    actor: actorOfReason('TrainingRun', told.reason),
    next: remedies.length > 0 ? remedies : whileCalm(run),
    isWell: told.outcome === 'Good',
    proofs: [...stageProofs(newest), ...conditionProofs(status.conditions, told.message)],
  };
}

/** What keeps a run from its next attempt counts for more than how the last one ended. */
function standingWhileHeld(run: ITrainingRun, held: Condition, before: string): Standing {
  const { remedies, ...read } = readMessage(held.message);
  return {
    what: `${keyOf(run).name}: no attempt starts, and ${before}`,
    reason: held.reason,
    since: held.lastTransitionTime,
    why: sentenceOf(read),
    actor: actorOfReason('TrainingRun', held.reason),
    next: remedies,
    isWell: false,
    proofs: [...stageProofs(run.status?.attempts?.at(-1)), ...conditionProofs(run.status?.conditions, held.message)],
  };
}

/** The headline of what goes on says no command, and the conditions do. */
function whileCalm({ status }: ITrainingRun): readonly Step[] {
  const going = findCondition(status?.conditions, 'Reconciling');
  return going === undefined ? [] : readMessage(going.message).remedies;
}

function stageProofs(newest: Attempt | undefined): Proof[] {
  const stages = newest?.stages?.map(({ name, job, state, startTime, endTime = startTime }) => ({
    source: `stage ${name} of attempt ${newest.name}`,
    words: `${state}, Job ${job}`,
    at: endTime,
  }));
  const gate = newest?.gate?.map(({ metric, rule, value, championValue, passed }) => ({
    source: `gate of attempt ${newest.name}, ${metric} ${rule}`,
    words: `${passed ? 'passed' : 'not passed'}: ${value ?? 'the metric was not reported'}${championValue === undefined ? '' : `, the champion has ${championValue}`}`,
  }));
  return [...(stages ?? []), ...(gate ?? [])];
}

/** What an attempt does that goes on, by the reason of its headline; any other is something that holds it. */
const goes: ReadonlyMap<string, string> = new Map([
  ['Started', 'has started'],
  ['Training', 'trains'],
  ['Suspended', 'is suspended'],
]);

function happens({ reason }: Headline, newest: Attempt | undefined): string {
  if (newest === undefined) return 'no attempt has started yet';
  const { name, verdict } = newest;
  if (verdict === undefined) return `attempt ${name} ${goes.get(reason) ?? 'does not get on'}`;
  switch (verdict) {
    case 'Registered':
      return `attempt ${name} passed, and its version is registered`;
    case 'NoResults':
      return `attempt ${name} ended well`;
    case 'GateFailed':
      return `attempt ${name} trained, and did not pass the gate`;
    case 'Superseded':
      return `attempt ${name} gave way to an edited recipe`;
    case 'Deleted':
      return `attempt ${name} was cancelled`;
    case 'Failed':
    case 'ResultsLost':
      return `attempt ${name} failed`;
  }
}

/** Of an attempt that goes on, what keeps it tells since when, and the conditions do not. */
function sinceOf({ status }: ITrainingRun, newest: Attempt | undefined): Pick<Standing, 'since'> {
  const since =
    newest?.endTime ??
    findCondition(status?.conditions, 'Stalled')?.lastTransitionTime ??
    newest?.stages?.at(-1)?.startTime ??
    newest?.startTime ??
    findCondition(status?.conditions, 'Succeeded')?.lastTransitionTime;
  return since === undefined ? {} : { since };
}
