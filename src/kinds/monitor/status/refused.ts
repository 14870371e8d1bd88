import type { NewCondition } from '../../../api/condition.ts';
import { explained, generationOf, type Refusal, stalled } from '../../../api/refusal.ts';
import type { IMonitor, MonitorStatus } from '../../../api/types.ts';

/**
 * The status where the API server does not show what the Monitor judges: it can neither see nor say that a check passes. An edit
 * counts as observed only once it is judged by, since it makes the verdicts of before void.
 */
export function refused(status: MonitorStatus, refusal: Refusal, monitor: IMonitor, now: Date): MonitorStatus {
  const why = explained(refusal, monitor);
  const unknown = ['Ready', 'ChecksPassed'].map((type): NewCondition => ({
    type,
    status: 'Unknown',
    ...why,
    ...generationOf(monitor),
  }));
  return { ...generationOf(monitor), ...status, conditions: stalled(monitor, status.conditions, unknown, why, now) };
}
