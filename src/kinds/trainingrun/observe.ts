import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import type { Attempt, IModelVersion, IMonitor, ITrainingRun } from '../../api/types.ts';
import {
  jobs as jobKind,
  modelDeployments,
  modelVersions,
  monitors,
  pods as podKind,
  services as serviceKind,
  trainingRuns,
} from '../../api/kinds.ts';
import { isOwnedBy, keyOf, uidOf } from '../../api/resource.ts';
import type { Reader } from '../../controller.ts';
import { rejectedVersions } from '../../domain/rejections.ts';
import { attemptName } from '../../domain/versions.ts';
import { missingRetry } from './status/history.ts';
import { jobName, parseJobName } from './stages/names.ts';
import type { RetrainRequest } from './start/trigger.ts';

/** The facts by which a TrainingRun is planned. */
export interface TrainingRunFacts {
  readonly run: ITrainingRun;
  /** The Jobs that the run owns, by UID. */
  readonly jobs: readonly IJob[];
  /** The pods of the Jobs that are not done with. */
  readonly pods: readonly IPod[];
  readonly services: readonly IService[];
  readonly versions: readonly IModelVersion[];
  /** The names of ModelVersions that a deployment rolled back. */
  readonly rejected: ReadonlySet<string>;
  readonly requests: readonly RetrainRequest[];
  /** The names of unfinished attempts whose Job is gone, as the API server itself confirmed. */
  readonly vanished: ReadonlySet<string>;
}

/** Reads the cache; asks the API server only for a Job that should exist and is not cached, since its absence ends an attempt. */
export async function observe(run: ITrainingRun, read: Reader): Promise<TrainingRunFacts> {
  const key = keyOf(run);
  const uid = uidOf(run);
  const versions = read.referring(modelVersions, trainingRuns, key);
  const cached = read.ownedBy(jobKind, uid);
  const { found, vanished } = await confirmMissing(run, cached, versions, read);
  const jobs = [...cached, ...found];
  return {
    run,
    jobs,
    pods: jobs.filter((job) => !isSettled(run, job)).flatMap((job) => read.ownedBy(podKind, uidOf(job))),
    services: read.ownedBy(serviceKind, uid),
    versions,
    rejected: rejectedVersions(
      versions.flatMap((version) => read.referring(modelDeployments, modelVersions, keyOf(version))),
    ),
    requests: read.referring(monitors, trainingRuns, key).flatMap((monitor) => requestOf(monitor, key.name)),
    vanished,
  };
}

async function confirmMissing(
  run: ITrainingRun,
  cached: readonly IJob[],
  versions: readonly IModelVersion[],
  read: Reader,
): Promise<{ found: IJob[]; vanished: Set<string> }> {
  const found: IJob[] = [];
  const vanished = new Set<string>();
  const { namespace } = keyOf(run);
  for (const attempt of run.status?.attempts ?? []) {
    const retry = isOpen(attempt, versions) ? missingRetry(run, attempt, cached) : undefined;
    if (retry === undefined) continue;
    const live = await read.live(jobKind, { namespace, name: jobName(attempt.name, retry) });
    if (live !== undefined && isOwnedBy(live, uidOf(run))) found.push(live);
    else vanished.add(attempt.name);
  }
  return { found, vanished };
}

function isOpen(attempt: Attempt, versions: readonly IModelVersion[]): boolean {
  return attempt.verdict === undefined && !versions.some((version) => keyOf(version).name === attempt.name);
}

/** An attempt whose gate failed is not settled: an edit of the gate judges its results again. */
function isSettled(run: ITrainingRun, job: IJob): boolean {
  const number = parseJobName(keyOf(run).name, keyOf(job).name)?.number;
  if (number === undefined) return true;
  const name = attemptName(keyOf(run).name, number);
  const verdict = run.status?.attempts?.find((attempt) => attempt.name === name)?.verdict;
  return verdict !== undefined && verdict !== 'GateFailed';
}

function requestOf(monitor: IMonitor, run: string): RetrainRequest[] {
  const request = monitor.status?.retrain;
  if (monitor.spec.retrain?.trainingRunRef.name !== run || request?.trainingRun !== run) return [];
  return [{ monitor: keyOf(monitor).name, requestedAt: request.requestedAt, reason: request.reason }];
}
