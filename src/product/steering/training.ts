/** How people steer a TrainingRun. */
import { findCondition, timestamp } from '../../api/condition.ts';
import { type Remedy, written } from '../../api/message.ts';
import { keyOf } from '../../api/resource.ts';
import type { Attempt, ITrainingRun } from '../../api/types.ts';
import { changed, flyball, isObserved, type Outcome, refused, type Steering, unseen } from './steering.ts';

const second = 1000;

/** Asks for an attempt of the recipe as it is. */
export function rerun(run: ITrainingRun, now: Date): Steering<ITrainingRun> {
  const newest = run.status?.attempts?.at(-1);
  const rerunAt = timestamp(new Date(laterThan(newest?.coversUntil, now)));
  const suspended = run.spec.suspend === true;
  const next = suspended
    ? written({ what: 'it is suspended, so no attempt starts yet', remedies: [resuming(run)] })
    : newest !== undefined && newest.verdict === undefined
      ? `an attempt starts when ${newest.name} has ended`
      : 'an attempt starts';
  const stalled = findCondition(run.status?.conditions, 'Stalled');
  return {
    type: 'Patch',
    changes: [changed(run, ['spec', 'rerunAt'], rerunAt)],
    next,
    warnings: stalled === undefined ? [] : [`Nothing starts while this is so: ${stalled.message}`],
    outcome: (object) => rerunOutcome(object, rerunAt),
  };
}

/** An attempt answers what was asked up to when it started, by the operator's clock. */
function laterThan(coversUntil: string | undefined, now: Date): number {
  const covered = Date.parse(coversUntil ?? '');
  return Number.isNaN(covered) ? now.getTime() : Math.max(now.getTime(), covered + second);
}

function rerunOutcome(run: ITrainingRun, rerunAt: string): Outcome {
  if (!isObserved(run)) return unseen;
  const attempts = run.status?.attempts ?? [];
  const own = attempts.findLast(({ coversUntil }) => Date.parse(coversUntil) >= Date.parse(rerunAt));
  if (own?.verdict !== undefined && own.verdict !== 'Superseded') return ended(own);
  const stalled = findCondition(run.status?.conditions, 'Stalled');
  if (stalled !== undefined) return { type: 'Bad', message: stalled.message };
  const open = attempts.at(-1);
  const going = findCondition(run.status?.conditions, 'Reconciling')?.message;
  if (own !== undefined) return { type: 'Waiting', message: going ?? `${own.name} runs` };
  const isBusy = open !== undefined && open.verdict === undefined;
  return { type: 'Waiting', message: isBusy ? `${open.name} has to end first` : 'No attempt has started yet' };
}

function ended({ name, verdict = 'Failed', message = '' }: Attempt): Outcome {
  const isGood = verdict === 'Registered' || verdict === 'NoResults';
  return { type: isGood ? 'Good' : 'Bad', message: `${name}: ${verdict}${message === '' ? '' : `, ${message}`}` };
}

/** Starts nothing any more, and has what runs give back its devices. */
export function suspend(run: ITrainingRun): Steering<ITrainingRun> {
  if (run.spec.suspend === true) {
    return refused({ what: `TrainingRun "${keyOf(run).name}" is suspended already`, remedies: [resuming(run)] });
  }
  const newest = run.status?.attempts?.at(-1);
  const isBusy = newest !== undefined && newest.verdict === undefined;
  const what = isBusy ? `the pods of ${newest.name} end, and no attempt starts` : 'no attempt starts any more';
  return {
    type: 'Patch',
    changes: [changed(run, ['spec', 'suspend'], true)],
    next: written({ what, remedies: [resuming(run)] }),
    warnings: isBusy && run.spec.checkpoint === undefined ? [withoutCheckpoint(newest)] : [],
    outcome: (object) => suspendedOutcome(object, true),
  };
}

function resuming(run: ITrainingRun): Remedy {
  const { namespace, name } = keyOf(run);
  return { text: 'let it go on', command: flyball(namespace, 'resume', `trun/${name}`) };
}

function withoutCheckpoint({ name }: Attempt): string {
  return `${name} has no spec.checkpoint: it begins again from its start when it is resumed`;
}

export function resumeRun(run: ITrainingRun): Steering<ITrainingRun> {
  const { namespace, name } = keyOf(run);
  if (run.spec.suspend !== true) {
    const remedies = [{ text: 'train once more', command: flyball(namespace, 'rerun', `trun/${name}`) }];
    return refused({ what: `TrainingRun "${name}" is not suspended`, remedies });
  }
  const newest = run.status?.attempts?.at(-1);
  const isBusy = newest !== undefined && newest.verdict === undefined;
  return {
    type: 'Patch',
    changes: [changed(run, ['spec', 'suspend'], undefined)],
    next: isBusy ? `${newest.name} goes on` : 'attempts start again when they are due',
    warnings: [],
    outcome: (object) => suspendedOutcome(object, false),
  };
}

function suspendedOutcome(run: ITrainingRun, wanted: boolean): Outcome {
  if (!isObserved(run)) return unseen;
  const condition = findCondition(run.status?.conditions, 'Suspended');
  const isSo = (condition !== undefined) === wanted;
  if (!isSo) return { type: 'Waiting', message: 'The operator has not followed it yet' };
  return { type: 'Good', message: wanted ? 'It is suspended' : 'It goes on' };
}
