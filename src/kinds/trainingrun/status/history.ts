import type { IJob } from 'kubernetes-models/batch/v1';
import type { Attempt, IModelVersion, ITrainingRun } from '../../../api/types.ts';
import { keyOf } from '../../../api/resource.ts';
import { defined } from '../../../api/defined.ts';
import { attemptName } from '../../../domain/versions.ts';
import { jobsOf, parseJobName } from '../stages/names.ts';
import { snapshotOf } from '../start/snapshot.ts';

/**
 * The attempts of a run, oldest first: those in status, and those that only their Jobs or ModelVersions tell of, because the
 * operator died before it wrote status, or because the run was restored without it. So nothing is trained twice.
 */
export function knownAttempts(run: ITrainingRun, jobs: readonly IJob[], versions: readonly IModelVersion[]): Attempt[] {
  const known = new Map<number, Attempt>();
  for (const job of jobs) {
    const attempt = attemptOfJob(run, job);
    if (attempt !== undefined) known.set(attempt.number, attempt);
  }
  for (const version of versions) known.set(version.spec.number, attemptOfVersion(version));
  for (const attempt of run.status?.attempts ?? []) known.set(attempt.number, attempt);
  return [...known.values()].toSorted((one, other) => one.number - other.number);
}

/** One more than any attempt that status, Jobs or ModelVersions know of. */
export function nextNumber(run: ITrainingRun, attempts: readonly Attempt[], jobs: readonly IJob[]): number {
  const { name } = keyOf(run);
  const ofJobs = jobs.map((job) => parseJobName(name, keyOf(job).name)?.number ?? 0);
  return 1 + Math.max(0, ...ofJobs, ...attempts.map((attempt) => attempt.number));
}

/** An attempt that ended as the ModelVersion tells. */
export function registered(attempt: Attempt, version: IModelVersion): Attempt {
  const { spec } = version;
  const digests = spec.datasets?.flatMap(({ name, digest }) => (digest === undefined ? [] : [[name, digest] as const]));
  return defined<Attempt>({
    ...attempt,
    jobUID: attempt.jobUID ?? spec.attemptUID,
    endTime: attempt.endTime ?? version.metadata?.creationTimestamp,
    verdict: 'Registered',
    reason: spec.reason,
    message: `ModelVersion ${keyOf(version).name} is registered`,
    metrics: spec.metrics,
    gate: spec.gate,
    image: spec.imageDigest,
    digest: spec.digest,
    datasets: digests === undefined || digests.length === 0 ? undefined : Object.fromEntries(digests),
    champion: spec.champion,
  });
}

function attemptOfVersion(version: IModelVersion): Attempt {
  const { spec } = version;
  const { name } = keyOf(version);
  const time = version.metadata?.creationTimestamp ?? spec.coversUntil;
  const { number, recipeDigest, trigger, coversUntil } = spec;
  return registered({ name, number, recipeDigest, trigger, coversUntil, startTime: time }, version);
}

function attemptOfJob(run: ITrainingRun, job: IJob): Attempt | undefined {
  const { name } = keyOf(run);
  const number = parseJobName(name, keyOf(job).name)?.number;
  const snapshot = snapshotOf(job);
  if (number === undefined || snapshot?.number !== number) return undefined;
  return defined<Attempt>({
    name: attemptName(name, number),
    number,
    recipeDigest: snapshot.recipeDigest,
    trigger: snapshot.trigger,
    coversUntil: snapshot.coversUntil,
    startTime: job.metadata?.creationTimestamp ?? snapshot.coversUntil,
    champion: snapshot.champion?.name,
  });
}

/**
 * The Job of an unfinished attempt that should exist by what status says and is not among the known ones: the first, or the gang's
 * retry whose UID status holds. Whether it is really gone, only the API server can tell.
 */
export function missingRetry(run: ITrainingRun, attempt: Attempt, jobs: readonly IJob[]): number | undefined {
  const { name } = keyOf(run);
  const own = jobsOf(name, attempt.number, jobs);
  const newest = own.at(-1);
  if (newest === undefined) return 0;
  if (attempt.jobUID === undefined || own.some((job) => job.metadata?.uid === attempt.jobUID)) return undefined;
  return (parseJobName(name, keyOf(newest).name)?.retry ?? 0) + 1;
}
