import type { Rule as FirstMatchRule } from '../../api/rules.ts';
import type { Finding } from '../../workload/diagnosis/finding.ts';
import type { Evidence } from './evidence.ts';
import type { Cause, Standing } from './explanation.ts';
import type { Focus } from './focus.ts';

/** What a rule looks at: an object that is not as it should be. */
export interface Case {
  readonly evidence: Evidence;
  readonly standing: Standing;
  /** Absent if the object has no pods, or none yet. */
  readonly focus?: Focus;
  /** What is wrong with these pods, or what they wait for; absent if nothing is seen. */
  readonly finding?: Finding;
}

/** Knows one cause of trouble; undefined if it is not that. */
export type Rule = FirstMatchRule<[Case, Date], Cause>;
