import type { Startable, Surroundings } from '../contract.ts';
import type { Fault } from '../faults.ts';
import type { Rule } from '../judge/evidence.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Judged } from './judged.ts';

/** What the rig has to know of an operator in order to disturb and to judge it. */
export interface Description extends Judged {
  readonly name: string;
  startable(surroundings: Surroundings): Startable;
  /** How many watches it holds once it is ready. */
  readonly watches: number;
  /** What faults need of it, as far as it has that. */
  readonly needs: readonly NonNullable<Fault['needs']>[];
  readonly scenarios: readonly Scenario[];
  readonly rules: readonly Rule[];
  /** Those that hold also where versions of objects went back in time. */
  readonly rulesAfterRestore: readonly Rule[];
}
