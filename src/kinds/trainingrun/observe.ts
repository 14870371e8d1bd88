import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import type { AttemptStage, IModelDeployment, IModelVersion, IMonitor, ITrainingRun } from '../../api/types.ts';
import {
  jobs as jobKind,
  modelDeployments,
  modelVersions,
  monitors,
  pods as podKind,
  services as serviceKind,
  trainingRuns,
  wholeJobs,
} from '../../api/kinds.ts';
import { isOwnedBy, keyOf, uidOf } from '../../api/resource.ts';
import type { ServerVersion } from '../../api/serverversion.ts';
import type { Reader } from '../../controller.ts';
import { parseJobName, placedJobs, stageLabel } from './attempt/names.ts';
import { isOfJob } from './attempt/pods.ts';
import { isTold, isUntold } from './attempt/provenance.ts';
import { stages as all } from './stages/index.ts';
import type { Stage } from './stages/stage.ts';
import { nextNumber } from './status/history.ts';
import type { Provenance } from '../../workload/origin.ts';

/** The facts by which a TrainingRun is planned. */
export interface TrainingRunFacts {
  readonly run: ITrainingRun;
  /** The Jobs that the run owns, by UID, and the one that status tells of by its own. */
  readonly jobs: readonly IJob[];
  /** The pods of the Jobs that are not done with. */
  readonly pods: readonly IPod[];
  readonly services: readonly IService[];
  readonly versions: readonly IModelVersion[];
  /** The ModelDeployments that name one of the versions. */
  readonly deployments: readonly IModelDeployment[];
  readonly requests: readonly RetrainRequest[];
  /** The names of the Jobs that status tells of and that are gone, as the API server itself confirmed. */
  readonly vanished: ReadonlySet<string>;
  readonly serverVersion?: ServerVersion | undefined;
}

/** A Monitor's wish for another attempt, as its status holds it. */
export interface RetrainRequest {
  readonly monitor: string;
  readonly requestedAt: string;
  /** What the failing check found, in words. */
  readonly reason: string;
}

/**
 * Reads the cache; asks the API server only for a Job that should exist and is not cached, since its absence ends an attempt, and for the
 * template of one where a decision hinges on who made it or its pods.
 */
export async function observe(
  run: ITrainingRun,
  read: Reader,
  stages: readonly Stage[] = all,
  provenance: Provenance = 'Compare',
): Promise<TrainingRunFacts> {
  const key = keyOf(run);
  const uid = uidOf(run);
  const versions = read.referring(modelVersions, trainingRuns, key);
  const cached = read.ownedBy(jobKind, uid);
  const { found, vanished } = await confirmMissing(run, cached, versions, read);
  const known = [...cached.filter((job) => !found.some((live) => keyOf(live).name === keyOf(job).name)), ...found];
  const isSettled = settledIn(run);
  const pods = known.filter((job) => !isSettled(job)).flatMap((job) => read.ownedBy(podKind, uidOf(job)));
  return {
    run,
    jobs: await withTemplates(run, known, pods, { read, versions, stages, provenance }),
    pods,
    services: read.ownedBy(serviceKind, uid),
    versions,
    deployments: versions.flatMap((version) => read.referring(modelDeployments, modelVersions, keyOf(version))),
    requests: read.referring(monitors, trainingRuns, key).flatMap((monitor) => requestOf(monitor, key.name)),
    vanished,
    serverVersion: read.serverVersion,
  };
}

/** What the status of an attempt that goes on names last is asked for if it is not cached. */
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
    const told = attempt.verdict === undefined ? attempt.stages?.at(-1) : undefined;
    if (told === undefined || cached.some((job) => isToldOf(job, told))) continue;
    const live = await read.live(jobKind, { namespace, name: told.job });
    // By its UID in status a Job is ours whatever others made its owner: it trains on, and no other may beside it.
    const isOurs = live !== undefined && (told.jobUID !== undefined || isOwnedBy(live, uidOf(run)));
    if (isOurs && isToldOf(live, told)) found.push(live);
    else if (!versions.some((version) => keyOf(version).name === attempt.name)) vanished.add(told.job);
  }
  return { found, vanished };
}

/** By what the origin of Jobs is told. */
interface Origins {
  readonly read: Reader;
  readonly versions: readonly IModelVersion[];
  readonly stages: readonly Stage[];
  readonly provenance: Provenance;
}

/** How many Jobs are asked for in one pass, of a run that was not restored: there is one at most, and others may forge more. */
const mostAsked = 4;

/**
 * The Jobs, with their templates where those decide: of a Job that status does not tell of, and of one with pods that are not what its
 * snapshot makes of it.
 */
async function withTemplates(
  run: ITrainingRun,
  jobs: readonly IJob[],
  pods: readonly IPod[],
  { read, versions, stages, provenance }: Origins,
): Promise<IJob[]> {
  const attempts = run.status?.attempts ?? [];
  const next = attempts.length === 0 ? Infinity : nextNumber(run, attempts, versions);
  const most = provenance === 'Admission' && attempts.length === 0 ? Infinity : mostAsked;
  const unclear = placedJobs(keyOf(run).name, jobs)
    .filter((placed) => {
      const at = stages.find(({ name }) => stageLabel(name) === placed.stage);
      const own = pods.filter((pod) => isOwnedBy(pod, uidOf(placed.job)));
      const mayBeOurs = placed.number <= next && isUntold(run, stages, placed);
      if (mayBeOurs || at === undefined || !isTold(run, placed)) return mayBeOurs;
      return !own.every(isOfJob(run, { ...placed, at }, provenance));
    })
    .toSorted((one, other) => one.number - other.number || one.retry - other.retry)
    .slice(0, most);
  const told = new Set(attempts.flatMap(({ stages: entries = [] }) => entries.map(({ jobUID }) => jobUID)));
  const live = new Map<IJob, IJob | undefined>();
  for (const { job } of unclear) live.set(job, await read.live(wholeJobs, keyOf(job)));
  return jobs.flatMap((job) => {
    if (!live.has(job)) return [job];
    const found = live.get(job);
    if (found === undefined || uidOf(found) !== uidOf(job)) return [];
    // As above: by its UID in status it is ours whatever others made its owner.
    return isOwnedBy(found, uidOf(run)) || told.has(uidOf(found)) ? [found] : [];
  });
}

function isToldOf(job: IJob, { job: name, jobUID = uidOf(job) }: AttemptStage): boolean {
  return keyOf(job).name === name && uidOf(job) === jobUID;
}

/** An attempt whose gate failed is not settled: an edit of the gate judges its results again. */
function settledIn(run: ITrainingRun): (job: IJob) => boolean {
  const verdicts = new Map(run.status?.attempts?.map(({ number, verdict }) => [number, verdict]));
  return (job) => {
    const place = parseJobName(keyOf(run).name, keyOf(job).name);
    if (place === undefined) return true;
    const verdict = verdicts.get(place.number);
    return verdict !== undefined && verdict !== 'GateFailed';
  };
}

function requestOf(monitor: IMonitor, run: string): RetrainRequest[] {
  const request = monitor.status?.retrain;
  if (monitor.spec.retrain?.trainingRunRef.name !== run || request?.trainingRun !== run) return [];
  return [{ monitor: keyOf(monitor).name, requestedAt: request.requestedAt, reason: request.reason }];
}
