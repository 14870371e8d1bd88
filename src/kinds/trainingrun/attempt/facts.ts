import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Attempt, IModelVersion, ITrainingRun } from '../../../api/types.ts';
import { isOwnedBy, type Key, keyOf, uidOf } from '../../../api/resource.ts';
import type { TrainingRunFacts } from '../observe.ts';
import { type Snapshot, snapshotOf } from '../start/snapshot.ts';
import { attemptOfJobs, attemptOfVersion } from '../status/history.ts';
import { withSeen } from './entries.ts';
import { parseJobName, type PlacedJob, stageLabel } from './names.ts';
import type { Stage } from '../stages/stage.ts';

/** All that is known about one attempt. */
export interface AttemptFacts {
  readonly run: ITrainingRun;
  readonly key: Key;
  /** As status tells of it, and its Jobs where status is behind. */
  readonly attempt: Attempt;
  /** Whether no later one has begun. */
  readonly isNewest: boolean;
  /** The stage that it is in, or ended in. */
  readonly stage: Stage;
  /** The stages that may follow. */
  readonly later: readonly Stage[];
  /** The newest Job of the stage; absent if it is gone. */
  readonly job: IJob | undefined;
  /** The how manieth retry that Job is. */
  readonly retry: number;
  /** The pods of that Job. */
  readonly pods: readonly IPod[];
  /** Of that Job, read when first asked for; undefined if it is missing or was tampered with. */
  readonly snapshot: () => Snapshot | undefined;
  /** The UID of the attempt's first Job, as far as its Jobs tell. */
  readonly uid: () => string | undefined;
  /** The ModelVersion of the attempt's name, whoever made it. */
  readonly version: IModelVersion | undefined;
  /** All ModelVersions of the run. */
  readonly versions: readonly IModelVersion[];
  /** Whether the run declares another recipe by now, one that can start. */
  readonly isEdited: boolean;
  /** Whether the API server confirmed that the Job is gone which status tells of, and there is no newer one. */
  readonly isVanished: boolean;
}

/** A Job of an attempt. */
interface AttemptJob {
  readonly stage: Stage;
  readonly job: IJob;
  readonly retry: number;
  readonly snapshot: () => Snapshot | undefined;
}

/**
 * The attempts of a run, oldest first: those in status, and those that only their Jobs or ModelVersions tell of, because the
 * operator died before it wrote status, or because the run was restored without it. So nothing is trained twice.
 */
export function attemptFacts(
  facts: TrainingRunFacts,
  placed: readonly PlacedJob[],
  stages: readonly Stage[],
  declared: { readonly recipeDigest: string; readonly problem: object | undefined },
): AttemptFacts[] {
  const jobs = Map.groupBy(placed, ({ number }) => number);
  const told = new Map(facts.run.status?.attempts?.filter(isTold).map((attempt) => [attempt.number, attempt]));
  const recorded = new Map(facts.versions.map((version) => [version.spec.number, version]));
  const named = new Map(facts.versions.map((version) => [keyOf(version).name, version]));
  const numbers = [...new Set([...jobs.keys(), ...recorded.keys(), ...told.keys()])].toSorted((a, b) => a - b);
  const known = numbers.flatMap((number) => {
    const own = inOrder(facts.run, jobs.get(number) ?? [], stages);
    const attempt = told.get(number) ?? untold(facts.run, number, own, recorded.get(number));
    return attempt === undefined ? [] : [{ attempt, own }];
  });
  return known.flatMap(({ attempt, own }, index) =>
    factsOf(facts, attempt, own, stages, named.get(attempt.name), {
      isNewest: index === known.length - 1,
      isEdited: declared.problem === undefined && attempt.recipeDigest !== declared.recipeDigest,
    }),
  );
}

/** An attempt of which status does not tell, by its Jobs; by its ModelVersion if that is of others, or if they are gone. */
function untold(
  run: ITrainingRun,
  number: number,
  own: readonly AttemptJob[],
  version: IModelVersion | undefined,
): Attempt | undefined {
  const isOfOthers = version !== undefined && version.spec.attemptUID !== uidIn(own);
  return (isOfOthers ? undefined : attemptOfJobs(run, number, own)) ?? (version && attemptOfVersion(version));
}

/** The UID of an attempt's first Job, which may be gone. */
function uidIn(own: readonly AttemptJob[]): string | undefined {
  return own.at(-1)?.snapshot()?.attemptUID ?? own[0]?.job.metadata?.uid;
}

/** An attempt that goes on has a Job; without one to look for, status does not tell of it. */
function isTold({ verdict, stages = [] }: Attempt): boolean {
  return verdict !== undefined || stages.length > 0;
}

/** By stage, and the newest of each last. Those of a stage that this operator does not know are left out. */
function inOrder(run: ITrainingRun, jobs: readonly PlacedJob[], stages: readonly Stage[]): AttemptJob[] {
  return stages.flatMap((stage) =>
    jobs
      .filter((placed) => placed.stage === stageLabel(stage.name))
      .toSorted((one, other) => one.retry - other.retry)
      .map(({ number, job, retry }) => ({ stage, job, retry, snapshot: once(() => snapshotIn(run, job, number)) })),
  );
}

function factsOf(
  { run, pods, versions, vanished }: TrainingRunFacts,
  attempt: Attempt,
  own: readonly AttemptJob[],
  stages: readonly Stage[],
  version: IModelVersion | undefined,
  { isNewest, isEdited }: Pick<AttemptFacts, 'isNewest' | 'isEdited'>,
): AttemptFacts[] {
  const key = keyOf(run);
  const toldStage = attempt.stages?.at(-1);
  const retryTold = (stage: Stage) =>
    parseJobName(key.name, attempt.stages?.find(({ name }) => name === stage.name)?.job ?? '')?.retry ?? 0;
  const newestJob = own.at(-1);
  const toldIndex = stages.findIndex(({ name }) => name === toldStage?.name);
  // The furthest that anything tells of: status is behind a Job whose status was lost, and tells of one that was deleted.
  const index = Math.max(0, toldIndex, newestJob === undefined ? -1 : stages.indexOf(newestJob.stage));
  const [stage, ...later] = stages.slice(index);
  if (stage === undefined) return [];
  const stageJob = newestJob?.stage === stage ? newestJob : undefined;
  const isNewer = stageJob !== undefined && (index > toldIndex || stageJob.retry > retryTold(stage));
  const newestOfEach = own.filter((one, at) => own[at + 1]?.stage !== one.stage);
  const seen = newestOfEach.map((one) => ({ ...one, toldRetry: retryTold(one.stage) }));
  const facts: AttemptFacts = {
    run,
    key,
    attempt: attempt.verdict === undefined ? withSeen(attempt, seen) : attempt,
    isNewest,
    isEdited,
    stage,
    later,
    job: stageJob?.job,
    retry: stageJob?.retry ?? 0,
    pods: stageJob === undefined ? [] : pods.filter((pod) => isOwnedBy(pod, uidOf(stageJob.job))),
    snapshot: () => stageJob?.snapshot(),
    uid: () => uidIn(own),
    version,
    versions,
    isVanished: toldStage !== undefined && vanished.has(toldStage.job) && !isNewer,
  };
  return [facts];
}

function snapshotIn(run: ITrainingRun, job: IJob, number: number): Snapshot | undefined {
  const snapshot = snapshotOf(job);
  const isOfRun = snapshot?.runUID === undefined || snapshot.runUID === uidOf(run);
  return snapshot?.number === number && isOfRun ? snapshot : undefined;
}

/** A snapshot may have hundreds of kilobytes, and most passes decide without one. */
function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: read() }).value;
}
