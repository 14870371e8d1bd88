/**
 * What spec.timeout does. The Job that runs has as its deadline what is left of it; whoever edits it, to give a training more time or less,
 * is followed at once. What the Job then ends has failed, and is not made again.
 */
import type { IJob } from 'kubernetes-models/batch/v1';
import { patchCommand } from '../../../api/command.ts';
import { findCondition } from '../../../api/condition.ts';
import { duration } from '../../../api/duration.ts';
import { jobs as jobKind } from '../../../api/kinds.ts';
import { timeoutAnnotation } from '../../../api/labels.ts';
import { type Remedy, written } from '../../../api/message.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { evidenceCommand } from '../../../workload/diagnosis/words.ts';
import { endOf, failedByDeadline, isEnding } from '../../../workload/job.ts';
import { mainRan } from '../../../workload/podend.ts';
import { rerunCommand } from '../status/advice.ts';
import type { Snapshot } from '../start/snapshot.ts';
import type { AttemptFacts } from './facts.ts';
import { gangOf } from './gang.ts';
import { tookBefore } from './length.ts';
import { remembered } from './memory.ts';
import { deadlineOf } from './timeout.ts';
import type { RunReason } from '../status/reasons.ts';

/** A deadline that others have set is followed by an edit of spec.timeout alone. */
export function followTimeout(newest: AttemptFacts | undefined): Action[] {
  const { job, run, attempt, snapshot } = newest ?? {};
  if (job === undefined || run === undefined || attempt?.verdict !== undefined || isEnding(job)) return [];
  const before = job.metadata?.annotations?.[timeoutAnnotation];
  // Most have none, and a snapshot need not be read for that.
  if (before === undefined && run.spec.timeout === undefined) return [];
  const known = snapshot?.();
  const deadline = known && deadlineOf(run, known);
  if (known === undefined || before === deadline?.toString()) return [];
  const annotations = { [timeoutAnnotation]: deadline === undefined ? null : String(deadline) };
  const patch = { metadata: { annotations }, spec: { activeDeadlineSeconds: deadline ?? null } };
  return [{ type: 'Patch', kind: jobKind, key: keyOf(job), uid: uidOf(job), patch }];
}

/** What the Jobs of an attempt took of its timeout, with the one that is over; undefined if it has none. */
export function spentUntil({ run, job }: AttemptFacts, { spent = 0 }: Snapshot): number | undefined {
  if (run.spec.timeout === undefined) return undefined;
  const took = Date.parse((job && endOf(job)) ?? '') - Date.parse(job?.status?.startTime ?? '');
  return spent + (took > 0 ? Math.ceil(took / 1000) : 0);
}

/** "24h", as long as the Job has that deadline because spec.timeout says so. */
export function timeoutOf({ job, snapshot }: Pick<AttemptFacts, 'job' | 'snapshot'>): string | undefined {
  const deadline = job?.spec?.activeDeadlineSeconds;
  if (job === undefined || deadline === undefined || !isOurs(job, deadline)) return undefined;
  return duration((deadline + (snapshot()?.spent ?? 0)) * 1000);
}

/** Gives a training twice the time that it has: extending is what people want most. */
export function moreTime({ key, run }: AttemptFacts, timeout: string): Remedy {
  const twice = duration(2 * (deadlineOf(run, {}) ?? 0) * 1000);
  return {
    text: `give it more time than ${timeout}`,
    command: patchCommand('trun', key, { timeout: twice }),
  };
}

/** Why an attempt failed whose time was over; undefined if it did not, or if others have set that time. */
export function timedOut(facts: AttemptFacts): { readonly reason: RunReason; readonly message: string } | undefined {
  const { job } = facts;
  const timeout = timeoutOf(facts);
  if (job === undefined || timeout === undefined || !failedByDeadline(job)) return undefined;
  const parts = hasRun(facts) ? afterWork(facts, timeout) : afterWaiting(facts);
  const what = `it was ended after ${timeout}, which is all that spec.timeout gave it${parts.what}`;
  return { reason: 'TimedOut', message: written({ ...parts, what }) };
}

function afterWork(facts: AttemptFacts, timeout: string) {
  const { key, run } = facts;
  const before = tookBefore(facts);
  const remedies: Remedy[] = [
    ...(run.spec.timeout === undefined ? [] : [moreTime(facts, timeout)]),
    { text: 'once it has enough time, or does not hang any more, run it again', command: rerunCommand(key) },
  ];
  return { what: before === undefined ? '' : `; ${before}`, remedies };
}

/** What its pods lacked was told while they waited. */
function afterWaiting(facts: AttemptFacts) {
  const { key, run } = facts;
  const { placed = 0, nodes, waitsFor } = gangOf(facts) ?? {};
  const { conditions } = run.status ?? {};
  const told = (findCondition(conditions, 'Stalled') ?? findCondition(conditions, 'Reconciling'))?.reason;
  const places = nodes === undefined ? '' : `, and only ${placed} of its ${nodes} pods had a place`;
  const last = told === undefined ? '' : ` (last told: ${told})`;
  const remedies: Remedy[] = [
    { text: 'see what the nodes have', command: evidenceCommand({ type: 'Nodes' }, { ...key, selector: '' }) },
    { text: 'once it can run, or has the time to wait for that, run it again', command: rerunCommand(key) },
  ];
  return {
    what: `; main was not seen to run${places}${last}`,
    remedies,
    quote: { by: 'the scheduler', words: waitsFor },
  };
}

/** The Job counts pods among those that failed which it ended before they had a place. */
function hasRun(facts: AttemptFacts): boolean {
  return remembered(facts).ran === true || facts.snapshot()?.ran === true || facts.pods.some(mainRan);
}

function isOurs({ metadata }: IJob, deadline: number): boolean {
  return metadata?.annotations?.[timeoutAnnotation] === String(deadline);
}
