import type { IJob } from 'kubernetes-models/batch/v1';
import type { Attempt, AttemptStage, IModelVersion, ITrainingRun } from '../../../api/types.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import { defined } from '../../../api/defined.ts';
import { attemptName, versionNumber } from '../../../domain/versions.ts';
import type { Snapshot } from '../start/snapshot.ts';

/**
 * One more than any attempt that is known, whatever Jobs and ModelVersions bear for a number. Names that ModelVersions of a deleted run of
 * that name have are passed over: the attempt could not be registered. One that says it is of this very run is in the way until it is gone.
 */
export function nextNumber(
  run: ITrainingRun,
  known: readonly { readonly number: number }[],
  versions: readonly IModelVersion[],
): number {
  const { name } = keyOf(run);
  const ofOthers = versions.filter(({ spec }) => (spec.trainingRunUID ?? uidOf(run)) !== uidOf(run));
  const taken = new Set(ofOthers.map((version) => versionNumber(keyOf(version).name, name)));
  let number = 1 + Math.max(0, ...known.map((one) => one.number));
  while (taken.has(number)) number += 1;
  return number;
}

/** An attempt that ended as the ModelVersion tells. */
export function registered(attempt: Attempt, version: IModelVersion): Attempt {
  const { spec } = version;
  const digests = spec.datasets?.flatMap(({ name, digest }) => (digest === undefined ? [] : [[name, digest] as const]));
  return defined<Attempt>({
    ...attempt,
    stages: attempt.stages?.map((stage, index) => passed(stage, index === 0 ? spec.attemptUID : undefined, version)),
    endTime: attempt.endTime ?? version.metadata?.creationTimestamp,
    verdict: 'Registered',
    reason: spec.reason,
    message: `ModelVersion ${keyOf(version).name} is registered`,
    versionUID: version.metadata?.uid,
    metrics: spec.metrics,
    gate: spec.gate,
    image: spec.imageDigest,
    digest: spec.digest,
    datasets: digests === undefined || digests.length === 0 ? undefined : Object.fromEntries(digests),
    champion: spec.champion,
  });
}

function passed(stage: AttemptStage, uid: string | undefined, version: IModelVersion): AttemptStage {
  const { name, job, snapshotDigest, startTime } = stage;
  const { jobUID = uid, endTime = version.metadata?.creationTimestamp } = stage;
  return defined<AttemptStage>({ name, job, jobUID, snapshotDigest, state: 'Passed', startTime, endTime });
}

/** The attempt that a ModelVersion alone tells of. */
export function attemptOfVersion(version: IModelVersion): Attempt {
  const { spec } = version;
  const { name } = keyOf(version);
  const time = version.metadata?.creationTimestamp ?? spec.coversUntil;
  const { number, recipeDigest, trigger, coversUntil } = spec;
  return registered({ name, number, recipeDigest, trigger, coversUntil, startTime: time }, version);
}

/** The attempt that its Jobs alone tell of, the newest of them last; undefined if none of them can be read. */
export function attemptOfJobs(
  run: ITrainingRun,
  number: number,
  jobs: readonly { readonly job: IJob; readonly snapshot: () => Snapshot | undefined }[],
): Attempt | undefined {
  const snapshot = jobs.findLast((one) => one.snapshot() !== undefined)?.snapshot();
  return (
    snapshot &&
    defined<Attempt>({
      name: attemptName(keyOf(run).name, number),
      number,
      recipeDigest: snapshot.recipeDigest,
      trigger: snapshot.trigger,
      coversUntil: snapshot.coversUntil,
      startTime: jobs[0]?.job.metadata?.creationTimestamp ?? snapshot.coversUntil,
      champion: snapshot.champion?.name,
    })
  );
}
