import type { IJob } from 'kubernetes-models/batch/v1';
import type { ITrainingRun } from '../../src/api/types.ts';
import { uidOf } from '../../src/api/resource.ts';
import { stageJob } from '../../src/kinds/trainingrun/attempt/job.ts';
import type { Stage } from '../../src/kinds/trainingrun/stages/stage.ts';
import { train } from '../../src/kinds/trainingrun/stages/train.ts';
import { defined } from '../../src/api/defined.ts';
import { surroundings } from '../../src/domain/podoptions.ts';
import { recipeOf } from '../../src/domain/recipe.ts';
import { recipeDigest } from '../../src/kinds/trainingrun/start/digest.ts';
import type { Snapshot } from '../../src/kinds/trainingrun/start/snapshot.ts';

/** What attempt 1 of a run was started with, unless said otherwise. */
export function snapshot(run: ITrainingRun, fields: Partial<Snapshot> = {}): Snapshot {
  const recipe = recipeOf(run.spec);
  return defined<Snapshot>({
    number: 1,
    runUID: uidOf(run),
    recipe,
    recipeDigest: recipeDigest(recipe),
    pod: surroundings(run.spec.pod),
    trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
    coversUntil: '2026-11-24T10:00:00Z',
    ...fields,
  });
}

/** The Job of a stage as the API server takes it. */
export function newJob(run: ITrainingRun, fields: Partial<Snapshot> = {}, retry = 0, stage: Stage = train): IJob {
  const made = stageJob(stage, run, snapshot(run, fields), retry);
  if (made === undefined) throw new Error(`the stage ${stage.name} is not declared`);
  return made;
}

/** The Job of a stage as the API server would hold it. */
export function job(run: ITrainingRun, fields: Partial<Snapshot> = {}, retry = 0, stage: Stage = train): IJob {
  const made = newJob(run, fields, retry, stage);
  const metadata = { ...made.metadata, uid: `uid-${made.metadata?.name}`, creationTimestamp: '2026-11-24T10:00:00Z' };
  return { ...made, metadata };
}

export function completed(running: IJob, at = '2026-11-24T10:05:00Z'): IJob {
  const conditions = [{ type: 'Complete', status: 'True', lastTransitionTime: at }];
  return { ...running, status: { startTime: '2026-11-24T10:00:00Z', completionTime: at, succeeded: 1, conditions } };
}

export function failed(running: IJob, reason = 'BackoffLimitExceeded', at = '2026-11-24T10:05:00Z'): IJob {
  const message = 'Job has reached the specified backoff limit';
  const conditions = [{ type: 'Failed', status: 'True', reason, message, lastTransitionTime: at }];
  return { ...running, status: { startTime: '2026-11-24T10:00:00Z', failed: 1, conditions } };
}
