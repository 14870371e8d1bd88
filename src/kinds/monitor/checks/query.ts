import type { MonitorCheck, QueryCheck } from '../../../api/types.ts';
import { only } from './measure.ts';
import type { Measure } from './measure.ts';

/** A query that the user wrote, to a source that the administrator has opened to the namespace. */
export function query(
  check: MonitorCheck,
  { source, expr }: QueryCheck,
  namespace: string,
  isOpen: (source: string, namespace: string) => boolean,
): Measure {
  if (!isOpen(source, namespace)) {
    const message =
      `Query source "${source}" is not open to namespace ${namespace}. The administrator lists the namespace under ` +
      `querySources in the chart's values; or name another source in the check "${check.name}".`;
    return { type: 'Blind', reason: 'SourceNotAllowed', message };
  }
  return {
    type: 'Question',
    source,
    expressions: [expr],
    window: 0,
    windowText: '0s',
    minSamples: 0,
    title: `query ${check.name}`,
    unit: '',
    read: ([answer]) => {
      const value = only(answer);
      return value === undefined ? {} : { value };
    },
  };
}
