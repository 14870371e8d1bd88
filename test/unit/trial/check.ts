/** A sort of check as somebody would add it: `traffic: {}` measures how many requests a revision had in the window. */
import type { MonitorCheck } from '../../../src/api/types.ts';
import type { Check } from '../../../src/kinds/monitor/checks/check.ts';
import { withoutObserver } from '../../../src/kinds/monitor/checks/observed.ts';
import { wholeCount } from '../../../src/measure/measure.ts';
import { requestsByCode } from '../../../src/measure/queries.ts';

/** The field that the schema would get. */
export type TrafficCheck = MonitorCheck & { readonly traffic?: Record<string, never> };

export const traffic: Check = {
  name: 'traffic',
  measure: (check: TrafficCheck, revision) => {
    if (check.traffic === undefined) return undefined;
    return (
      withoutObserver(revision) ?? {
        type: 'Question',
        expressions: [requestsByCode(revision, 3600)],
        window: { length: 3_600_000, text: '1h' },
        title: 'number of requests',
        unit: '',
        minSamples: 0,
        read: ([codes = []]) => ({ value: wholeCount(codes.reduce((sum, { value }) => sum + value, 0)) }),
      }
    );
  },
};
