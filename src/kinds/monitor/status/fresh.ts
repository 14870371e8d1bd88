import type { Milliseconds } from '../../../api/duration.ts';
import type { CheckStatus, MonitorCheck } from '../../../api/types.ts';

/** A value in status is not older than this. */
const oldest: Milliseconds = 600_000;

/** The share of its bound by which a value may change without being news. */
const much = 0.1;

/**
 * What is written of a check: the verdict of before with its value of then, unless there is news. A value comes once in an interval, so
 * that it is written at most as often; and one that does not come near its bound is written every ten minutes.
 */
export function told(status: CheckStatus, before: CheckStatus | undefined, check: MonitorCheck): CheckStatus {
  if (before === undefined || status === before) return status;
  const isNews =
    status.verdict !== before.verdict ||
    status.reason !== before.reason ||
    status.revision !== before.revision ||
    wordsOf(status) !== wordsOf(before) ||
    isOld(status, before) ||
    hasChangedMuch(status, before, check);
  return isNews ? status : before;
}

/** Without its numbers a message stays the same as long as it says the same; what rests on no answer has none that change. */
function wordsOf({ message = '', sampledAt }: CheckStatus): string {
  return sampledAt === undefined ? message : message.replaceAll(/[0-9][0-9.,]*/g, '#');
}

function isOld({ sampledAt }: CheckStatus, before: CheckStatus): boolean {
  if (sampledAt === undefined) return before.sampledAt !== undefined;
  return before.sampledAt === undefined || Date.parse(sampledAt) - Date.parse(before.sampledAt) >= oldest;
}

function hasChangedMuch({ value }: CheckStatus, before: CheckStatus, { min, max }: MonitorCheck): boolean {
  if (value === undefined || before.value === undefined) return value !== before.value;
  const bound = Math.max(Math.abs(Number(min ?? 0)), Math.abs(Number(max ?? 0)));
  return Math.abs(Number(value) - Number(before.value)) > much * bound;
}
