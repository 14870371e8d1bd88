import { findCondition } from '../../../api/condition.ts';
import { keyOf } from '../../../api/resource.ts';
import type { CheckStatus, IMonitor } from '../../../api/types.ts';
import { askWhy } from '../commands.ts';
import { actorOfReason } from '../../reasons.ts';
import type { Standing, Step } from '../explanation.ts';
import { readMessage, sentenceOf } from '../readmessage.ts';
import { asking, checkProofs, isUnasked } from './checks.ts';
import { conditionProofs } from './conditions.ts';

/** Verdicts in the order in which they are worth telling. */
const worst: readonly CheckStatus['verdict'][] = ['Failing', 'Unknown', 'Pending'];

/** A Monitor says what it sees, or why it does not see. */
export function standingOfMonitor(monitor: IMonitor): Standing | undefined {
  const { spec, status, metadata } = monitor;
  const { name } = keyOf(monitor);
  const conditions = status?.conditions;
  const [stalled, ready, passed, retraining] = ['Stalled', 'Ready', 'ChecksPassed', 'Retraining'].map((type) =>
    findCondition(conditions, type),
  );
  const told = stalled ?? (passed?.status === 'False' ? passed : ready?.status === 'True' ? passed : ready);
  if (told === undefined) return undefined;
  const check = worst.flatMap((verdict) => status?.checks?.filter((one) => one.verdict === verdict) ?? [])[0];
  const isOfCheck = check !== undefined && told.type !== 'Stalled' && told.reason !== retraining?.reason;
  const reason = (isOfCheck ? check.reason : undefined) ?? told.reason;
  const { remedies, ...read } = readMessage(isOfCheck ? (check.message ?? told.message) : told.message);
  // Data comes by itself only where somebody sends requests.
  const withoutTraffic = isUnasked(reason, check?.samples);
  const isActedOn = check?.verdict === 'Failing' && retraining !== undefined;
  const follows = isActedOn ? [`Of retraining: ${readMessage(retraining.message).what}`] : [];
  return {
    what: `${name}: ${happens(status?.checks ?? [], check)}`,
    reason,
    since: isOfCheck ? check.since : told.lastTransitionTime,
    why: [isOfCheck ? `${check.name}: ${sentenceOf(read)}` : sentenceOf(read), ...follows].join('. '),
    actor: withoutTraffic ? 'Author' : actorOfReason('Monitor', isActedOn ? retraining.reason : reason),
    next: [
      ...remedies,
      ...asking(spec.modelDeploymentRef.name, metadata?.namespace ?? '', reason),
      ...(reason === 'ModelDeploymentMissing' ? [] : seeing(monitor)),
    ],
    isWell: told.type === 'ChecksPassed' && told.status === 'True' && check === undefined,
    proofs: [...checkProofs(monitor), ...conditionProofs(conditions, told.message)],
  };
}

function happens(checks: readonly CheckStatus[], check: CheckStatus | undefined): string {
  if (check === undefined) return checks.length === 0 ? 'nothing is measured yet' : 'all checks pass';
  switch (check.verdict) {
    case 'Failing':
      return `check ${check.name} fails`;
    case 'Pending':
      return `check ${check.name} is out of bounds, but not for long enough to fail`;
    case 'Unknown':
    case 'Passing':
      return `check ${check.name} is not judged`;
  }
}

function seeing({ spec, metadata }: IMonitor): Step[] {
  const { name } = spec.modelDeploymentRef;
  return [{ text: 'see how what it watches fares', command: askWhy('mdep', metadata?.namespace ?? '', name) }];
}
