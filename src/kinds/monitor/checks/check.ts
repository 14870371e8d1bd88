import type { Rule } from '../../../api/rules.ts';
import type { MonitorCheck } from '../../../api/types.ts';
import type { Measure } from './measure.ts';
import type { Revision } from './subject.ts';

/** One way to measure that a Monitor's check can declare by a field of its own. */
export interface Check {
  /** The field. */
  readonly name: string;
  /**
   * How the value is measured; undefined if the check does not have the field. `openSources` are the query sources that the
   * administrator has opened to the namespace.
   */
  readonly measure: Rule<[check: MonitorCheck, revision: Revision, openSources: readonly string[]], Measure>;
}
