import type { MonitorCheck } from '../../../api/types.ts';
import { errorRatio, requestCount } from '../../../measure/queries.ts';
import type { Revision } from './subject.ts';
import { count, only } from './measure.ts';
import type { Measure } from './measure.ts';
import { fewestRequests, windowOf, withoutObserver } from './observed.ts';

/** The share of requests answered with 500 or above, between 0 and 1. */
export function errors(check: MonitorCheck, revision: Revision): Measure {
  const { window, windowText } = windowOf(check);
  return (
    withoutObserver(revision) ?? {
      type: 'Question',
      expressions: [errorRatio(revision, window / 1000), requestCount(revision, window / 1000)],
      window,
      windowText,
      minSamples: check.minSamples ?? fewestRequests,
      title: 'share of errors',
      unit: '',
      read: ([ratio, requests]) => {
        const value = only(ratio);
        return { ...(value !== undefined && { value }), samples: count(requests) };
      },
    }
  );
}
