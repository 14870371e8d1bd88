import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { ITrainingRun } from '../../../api/types.ts';
import { type Program, programIn, type Provenance, runsAsDeclared } from '../../../workload/origin.ts';
import { snapshotOf } from '../start/snapshot.ts';
import type { Stage } from '../stages/stage.ts';
import { stageJob } from './job.ts';
import type { PlacedJob } from './names.ts';

/**
 * Whether pods run what the template of their Job says; an owner anybody can write. The template cannot be changed, but is known only where
 * it was asked for: else it is what the snapshot would make of it, unless another release of the operator has made it.
 */
export function isOfJob(
  run: ITrainingRun,
  placed: (Pick<PlacedJob, 'job' | 'retry'> & { readonly at: Stage }) | undefined,
  provenance: Provenance,
): (pod: IPod) => boolean {
  let program: Program | undefined;
  let isKnown = false;
  return (pod) => {
    if (!isKnown) program = placed && (templateOf(placed.job) ?? declaredProgram(run, placed));
    isKnown = true;
    return runsAsDeclared(pod, program, { images: provenance === 'Compare' });
  };
}

/** What a Job runs as the API server has it; undefined where only the cache was asked, which leaves it out. */
function templateOf({ spec }: IJob): Program | undefined {
  return spec?.template && programIn(spec.template);
}

function declaredProgram(
  run: ITrainingRun,
  { job, at, retry }: Pick<PlacedJob, 'job' | 'retry'> & { readonly at: Stage },
): Program | undefined {
  const snapshot = snapshotOf(job);
  const made = snapshot && stageJob(at, run, snapshot, retry);
  return made && templateOf(made);
}
