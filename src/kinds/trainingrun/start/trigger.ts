import type { Attempt, Trigger } from '../../../api/types.ts';
import { timestamp } from '../../../api/condition.ts';
import type { Milliseconds } from '../../../controller.ts';
import { defined } from '../../../api/defined.ts';
import type { RetrainRequest } from '../observe.ts';

/** What decides whether an attempt is due. */
export interface TriggerFacts {
  readonly created: string;
  readonly recipeDigest: string;
  /** Absent before the first attempt. */
  readonly newest?: Pick<Attempt, 'recipeDigest' | 'trigger' | 'coversUntil' | 'verdict'>;
  readonly rerunAt?: string;
  /** The newest tick of the schedule since it counts. */
  readonly tick?: Date;
  readonly requests: readonly RetrainRequest[];
}

/** A trigger and the time up to which the attempt that it starts answers all others. */
export interface DueTrigger {
  readonly trigger: Trigger;
  readonly coversUntil: string;
}

/**
 * The one rule that starts attempts, a function of the level and not of events: there is none yet, or its recipe is not the
 * declared one, or it was superseded, or something asked for training later than the newest attempt covers. So triggers coalesce, one that is seen
 * twice fires once, and a clock that is set back repeats nothing.
 */
export function dueTrigger(facts: TriggerFacts, now: Date): DueTrigger | undefined {
  const timed = timedTriggers(facts, now).toSorted((one, other) => timeOf(other) - timeOf(one));
  const covered = facts.newest === undefined ? -Infinity : Date.parse(facts.newest.coversUntil);
  const trigger = startOf(facts, now) ?? timed.find((candidate) => timeOf(candidate) > covered);
  return trigger && { trigger, coversUntil: coverage(trigger, timed, now) };
}

/** The requests of Monitors that the newest attempt does not answer. */
export function openRequests(facts: TriggerFacts): RetrainRequest[] {
  const covered = facts.newest === undefined ? -Infinity : Date.parse(facts.newest.coversUntil);
  return facts.requests.filter((request) => Date.parse(request.requestedAt) > covered);
}

function startOf(facts: TriggerFacts, now: Date): Trigger | undefined {
  const { newest, recipeDigest } = facts;
  if (newest === undefined) return { type: 'Created', time: facts.created };
  if (newest.recipeDigest !== recipeDigest) return { type: 'RecipeChanged', time: timestamp(now) };
  // It never ran, so that what asked for it is not answered: options of its pods were edited, or an edit was taken back.
  return newest.verdict === 'Superseded' ? newest.trigger : undefined;
}

function timedTriggers(facts: TriggerFacts, now: Date): Trigger[] {
  const rerunAt = facts.rerunAt === undefined ? NaN : Date.parse(facts.rerunAt);
  const rerun: Trigger[] = rerunAt <= now.getTime() ? [{ type: 'Rerun', time: wholeSecond(rerunAt) }] : [];
  const scheduled: Trigger[] = facts.tick === undefined ? [] : [{ type: 'Schedule', time: timestamp(facts.tick) }];
  const requested = facts.requests
    .filter((request) => !Number.isNaN(Date.parse(request.requestedAt)))
    .map((request) =>
      defined<Trigger>({
        type: 'Monitor',
        name: request.monitor,
        reason: request.reason,
        time: wholeSecond(Date.parse(request.requestedAt)),
      }),
    );
  return [...rerun, ...scheduled, ...requested];
}

/**
 * Training that starts now answers whatever was asked for until now, even what is not in the cache yet, and what another
 * machine's clock dates later.
 */
function coverage(trigger: Trigger, timed: readonly Trigger[], now: Date): string {
  const latest = Math.max(...[trigger, ...timed].map(timeOf));
  return timestamp(new Date(Math.max(latest, Math.floor(now.getTime() / 1000) * 1000)));
}

function timeOf(trigger: Trigger): Milliseconds {
  return Date.parse(trigger.time);
}

/** Rounded up: rounded down, a time with a fraction would stay later than what covers it, and fire for ever. */
function wholeSecond(time: Milliseconds): string {
  return timestamp(new Date(Math.ceil(time / 1000) * 1000));
}
