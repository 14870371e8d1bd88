import { longestMessage } from '../../../api/condition.ts';
import type { NewCondition } from '../../../api/condition.ts';
import type { CheckStatus } from '../../../api/types.ts';
import type { Note } from '../decisions/retrain.ts';
import type { MonitorReason } from './reasons.ts';

/** Reasons for which nobody has to act: data will come. */
const waitingReasons: ReadonlySet<string> = new Set<MonitorReason>([
  'NothingStable',
  'NotServing',
  'WindowIncomplete',
  'NotMeasured',
  'NotEnoughSamples',
  'NoData',
  'RequestsUnfinished',
]);

/** Ready: it can see, and act on what it sees. ChecksPassed: what it sees. Retraining: only while there is something to say about it. */
export function conditionsFor(
  checks: readonly CheckStatus[],
  note: Note | undefined,
  generation: number | undefined,
): readonly NewCondition[] {
  const wanted = [ready(checks, note), checksPassed(checks), ...(note === undefined ? [] : [retraining(note)])];
  return wanted.map((condition) => ({
    ...condition,
    ...(generation !== undefined && { observedGeneration: generation }),
  }));
}

/** A retraining that can never be is as bad as a check that is blind: it shall not be found out when it is needed. */
function ready(checks: readonly CheckStatus[], note: Note | undefined): NewCondition {
  const unknown = checks.filter(({ verdict }) => verdict === 'Unknown');
  const blind = unknown.find(({ reason }) => !waitingReasons.has(reason ?? ''));
  if (blind === undefined && note?.isVain) return { ...retraining(note), type: 'Ready' };
  const worst = blind ?? unknown[0];
  if (worst === undefined) {
    return { type: 'Ready', status: 'True', reason: 'Measuring', message: 'All checks are measured.' };
  }
  const reason = worst.reason ?? 'NotMeasured';
  const status = waitingReasons.has(reason) ? 'Unknown' : 'False';
  return { type: 'Ready', status, reason, message: listed(unknown) };
}

function retraining({ status, reason, message }: Note): NewCondition {
  return { type: 'Retraining', status, reason, message };
}

function checksPassed(checks: readonly CheckStatus[]): NewCondition {
  const having = (verdict: CheckStatus['verdict']) => checks.filter((check) => check.verdict === verdict);
  const type = 'ChecksPassed';
  const failing = having('Failing');
  if (failing.length > 0) return { type, status: 'False', reason: 'ChecksFail', message: listed(failing) };
  const unknown = having('Unknown');
  const first = unknown[0];
  if (first !== undefined) {
    return { type, status: 'Unknown', reason: first.reason ?? 'NotMeasured', message: listed(unknown) };
  }
  const pending = having('Pending');
  if (pending.length > 0) {
    return {
      type,
      status: 'True',
      reason: 'ChecksPending',
      message: `Out of bounds, but not for long enough to fail: ${listed(pending)}`,
    };
  }
  return { type, status: 'True', reason: 'ChecksPass', message: 'All checks pass.' };
}

/** Each message once, for all checks that say the same, and none but whole ones. */
function listed(checks: readonly CheckStatus[]): string {
  const messages = [...new Set(checks.map(({ message }) => message ?? ''))];
  const told = messages.map((message) => {
    const names = checks.filter((check) => (check.message ?? '') === message).map(({ name }) => name);
    return `${names.join(', ')}: ${message}`;
  });
  let text = told[0] ?? '';
  for (const [index, more] of told.slice(1).entries()) {
    if (text.length + more.length > longestMessage - longestRest) return `${text}; and ${told.length - index - 1} more`;
    text = `${text}; ${more}`;
  }
  return text;
}

/** Room for "; and 15 more". */
const longestRest = 20;
