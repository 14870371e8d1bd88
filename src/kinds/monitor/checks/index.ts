import type { MonitorCheck } from '../../../api/types.ts';
import type { Subject } from './subject.ts';
import { drift } from './drift.ts';
import { errors } from './errors.ts';
import { latency } from './latency.ts';
import type { Measure } from './measure.ts';
import { query } from './query.ts';

/** How a check is measured on a subject. */
export function measureOf(
  check: MonitorCheck,
  subject: Subject,
  isOpen: (source: string, namespace: string) => boolean,
): Measure {
  if (subject.type === 'Blind') return subject;
  if (check.latency !== undefined) return latency(check, check.latency.quantile, subject);
  if (check.drift !== undefined) return drift(check, check.drift, subject);
  if (check.query !== undefined) return query(check, check.query, subject.namespace, isOpen);
  return errors(check, subject);
}
