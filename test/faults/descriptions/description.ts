import type { Kind, Resource } from '../../../src/api/resource.ts';
import type { Startable, Surroundings } from '../contract.ts';
import type { Fault } from '../faults.ts';
import type { Rule } from '../judge/evidence.ts';
import type { Scenario } from '../scenarios/scenario.ts';

/** What the rig has to know of an operator in order to disturb and to judge it. */
export interface Description {
  readonly name: string;
  startable(surroundings: Surroundings): Startable;
  /** The kinds that people write and whose status the operator writes. */
  readonly parents: readonly Kind[];
  /** The kinds that it makes objects of. */
  readonly children: readonly Kind[];
  /** The records that it makes for good: never changed and never deleted. */
  readonly records: readonly Kind[];
  /** How many watches it holds once it is ready. */
  readonly watches: number;
  /** What its Lease promises, in milliseconds. */
  readonly lease: {
    readonly name: string;
    readonly duration: number;
    readonly renewDeadline: number;
    readonly writeTimeout: number;
  };
  /** By what the attempt is known that a Job works for; undefined for a Job that is none of its own. */
  attemptOf(job: Resource): string | undefined;
  /** What faults need of it, as far as it has that. */
  readonly needs: readonly NonNullable<Fault['needs']>[];
  readonly scenarios: readonly Scenario[];
  readonly rules: readonly Rule[];
  /** Those that hold also where versions of objects went back in time. */
  readonly rulesAfterRestore: readonly Rule[];
}
