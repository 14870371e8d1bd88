import { Cron } from 'croner';
import type { ScheduleStatus, TrainingRunSpec } from '../../../api/types.ts';
import { timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import type { Milliseconds } from '../../../controller.ts';

/** A schedule that can be asked for its ticks, or why it cannot. */
export type Schedule =
  | {
      readonly type: 'Valid';
      readonly last: (since: Date, now: Date) => Date | undefined;
      readonly next: (now: Date) => Date | undefined;
    }
  | {
      readonly type: 'Invalid';
      readonly message: string;
      /** What the parser says. Absent where nothing is left to say. */
      readonly words?: string;
    };

/**
 * Reads a cron expression of five fields in an IANA time zone (absent: UTC). The schema cannot tell whether one makes sense, so a
 * wrong one is an answer here and no error.
 */
export function parseSchedule(text: string, timeZone: string | undefined): Schedule {
  try {
    const cron = new Cron(text, { timezone: timeZone ?? 'UTC', mode: '5-part', paused: true });
    const next = (now: Date) => cron.nextRun(now) ?? undefined;
    if (next(new Date(0)) === undefined) return { type: 'Invalid', message: `schedule "${text}" is never due` };
    return { type: 'Valid', next, last: (since, now) => lastTick(cron, since, now) };
  } catch (error) {
    return invalid(text, timeZone, error instanceof Error ? error.message : String(error));
  }
}

/**
 * From when on ticks count. It moves to now when the schedule is edited and when a suspension ends, since neither asks for the
 * ticks that were missed; an operator that was down leaves it, and one catch-up follows.
 */
export function scheduleStatus(
  spec: TrainingRunSpec,
  previous: ScheduleStatus | undefined,
  now: Date,
): ScheduleStatus | undefined {
  if (spec.schedule === undefined) return undefined;
  const isSame = previous?.text === spec.schedule && previous.timeZone === spec.timeZone;
  const resumes = previous?.paused === true && spec.suspend !== true;
  return defined<ScheduleStatus>({
    text: spec.schedule,
    timeZone: spec.timeZone,
    since: isSame && !resumes ? previous.since : timestamp(now),
    paused: spec.suspend === true ? true : undefined,
  });
}

/** Timers of months overflow, and the wall clock may be set meanwhile. */
export const longestWait: Milliseconds = 24 * 3_600_000;

/** RFC 3339 has four digits for a year, and its offsets may lead beyond them. */
const endOfTime = Date.UTC(9999, 11, 31);

/** When the next tick or rerunAt is due; undefined if neither will be. */
export function nextTrigger(
  { suspend, rerunAt }: TrainingRunSpec,
  schedule: Schedule | undefined,
  now: Date,
): Date | undefined {
  if (suspend === true) return undefined;
  const tick = schedule?.type === 'Valid' ? schedule.next(now)?.getTime() : undefined;
  const times = [tick ?? NaN, rerunAt === undefined ? NaN : Date.parse(rerunAt)];
  const ahead = times.filter((time) => time > now.getTime() && time < endOfTime);
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}

/** The newest tick in (since, now]. Ticks fall on whole minutes; one at this very second has happened. */
function lastTick(cron: Cron, since: Date, now: Date): Date | undefined {
  const nextSecond = new Date(Math.floor(now.getTime() / 1000) * 1000 + 1000);
  const tick = cron.previousRuns(1, nextSecond)[0];
  return tick !== undefined && tick > since ? tick : undefined;
}

/** The parser explains at length that a time zone is none. */
function invalid(text: string, timeZone: string | undefined, words: string): Schedule {
  return timeZone !== undefined && /time ?zone/i.test(words)
    ? { type: 'Invalid', message: `timeZone "${timeZone}" is none that IANA knows` }
    : { type: 'Invalid', message: `schedule "${text}" cannot be read`, words };
}
