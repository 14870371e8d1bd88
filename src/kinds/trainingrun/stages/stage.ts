import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { ITrainingRun } from '../../../api/types.ts';
import type { Key } from '../../../api/resource.ts';
import type { Milliseconds } from '../../../controller.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import type { Snapshot } from '../start/snapshot.ts';
import type { Place } from '../../../workload/diagnosis/place.ts';
import type { Outputs } from './outputs.ts';
import type { RunReason } from '../status/reasons.ts';

/**
 * One step of an attempt, in a Job of its own. What all stages have in common is written once around it: names, labels and owner of
 * the Job, retries, suspension, disruption, cancellation, diagnosis, cleanup.
 */
export interface Stage {
  /** CamelCase, at most 8 letters; in lower case the last word of the names of its Jobs, and their label. */
  readonly name: string;
  /** CamelCase, the reason of a condition while its `main` runs. */
  readonly reason: RunReason;
  /** What an attempt does meanwhile: "attempt fraud-8 trains". */
  readonly verb: string;
  /** Where its container is declared. */
  readonly place: Place;
  /** Whether several pods work together: they fail together, are made again together, and meet by a Service. Absent: one pod. */
  readonly isGang?: (recipe: Recipe) => boolean;
  /**
   * What the stage's Job runs, from the snapshot alone; how often, from the run. Pure. Undefined if the stage is not declared.
   * @param retry 0 for the first Job.
   * @param before what the stages before have put out.
   */
  job(run: ITrainingRun, snapshot: Snapshot, retry: number, before: Outputs): JobSpec | undefined;
  /** What came of its Job, which completed. Total: pods say what they like. */
  conclude(at: StageFacts, now: Date): Running | Passed | Failed;
}

export type JobSpec = NonNullable<IJob['spec']>;

/** A Job of a stage that completed. */
export interface StageFacts {
  readonly run: Key;
  readonly job: IJob;
  readonly pods: readonly IPod[];
  readonly snapshot: Snapshot;
  /** The metrics that the gate judges by now. */
  readonly gate: readonly string[];
}

/** It is not known yet. */
export interface Running {
  readonly type: 'Running';
  readonly requeueAfter: Milliseconds;
}

/** The next stage begins, or the gate judges. */
export interface Passed {
  readonly type: 'Passed';
  readonly outputs: Outputs;
}

/** The attempt ends. */
export interface Failed {
  readonly type: 'Failed';
  readonly verdict: 'Failed' | 'ResultsLost';
  /** CamelCase. */
  readonly reason: RunReason;
  /** What is wrong, whose move it is and the next command. */
  readonly message: string;
  /** What is known all the same. */
  readonly outputs: Outputs;
}
