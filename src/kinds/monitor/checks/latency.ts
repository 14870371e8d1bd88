import type { Decimal, MonitorCheck } from '../../../api/types.ts';
import { highestLatency } from '../../../api/observer.ts';
import { latencyQuantile, requestCount } from '../../../measure/queries.ts';
import type { Revision } from './subject.ts';
import { count, only } from './measure.ts';
import type { Measure } from './measure.ts';
import { fewestRequests, windowOf, withoutObserver } from './observed.ts';

/** The quantile of the time to answer, in seconds. */
export function latency(check: MonitorCheck, quantile: Decimal, revision: Revision): Measure {
  const { window, windowText } = windowOf(check);
  return (
    withoutObserver(revision) ?? {
      type: 'Question',
      expressions: [latencyQuantile(revision, window / 1000, Number(quantile)), requestCount(revision, window / 1000)],
      window,
      windowText,
      minSamples: check.minSamples ?? fewestRequests,
      title: `${quantile} quantile of the latency`,
      unit: 's',
      highest: highestLatency,
      read: ([value, requests]) => readingOf(only(value), count(requests)),
    }
  );
}

function readingOf(value: number | undefined, samples: number) {
  return { ...(value !== undefined && { value }), samples };
}
