import { written } from '../../../api/message.ts';
import { firstMatch } from '../../../api/rules.ts';
import type { MonitorCheck } from '../../../api/types.ts';
import type { Blind, Measure } from './measure.ts';
import type { Check } from './check.ts';
import type { Subject } from './subject.ts';
import { drift } from './drift.ts';
import { errors } from './errors.ts';
import { latency } from './latency.ts';
import { query } from './query.ts';

/** All that a check can measure. A check has the field of one of them. */
export const checks: readonly Check[] = [latency, errors, drift, query];

/** How a check is measured on a subject. */
export function measureOf(check: MonitorCheck, subject: Subject, openSources: readonly string[]): Measure {
  if (subject.type === 'Blind') return subject;
  const ways = checks.map(({ measure }) => measure);
  return firstMatch(ways, check, subject, openSources) ?? unknown(check);
}

/** The schema is newer than the operator. */
function unknown({ name }: MonitorCheck): Blind {
  const known = checks.map((check) => check.name).join(', ');
  const message = written({
    what: `this operator does not know what check "${name}" measures; it knows ${known}`,
    remedies: [{ text: 'the administrator upgrades the operator' }, { text: 'correct the check' }],
  });
  return { type: 'Blind', reason: 'CheckNotKnown', message };
}
