import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Attempt, IModelVersion, ITrainingRun } from '../../../api/types.ts';
import { isOwnedBy, type Key, keyOf, uidOf } from '../../../api/resource.ts';
import type { Provenance } from '../../../workload/origin.ts';
import type { TrainingRunFacts } from '../observe.ts';
import type { Snapshot } from '../start/snapshot.ts';
import { attemptOfJobs, attemptOfVersion } from '../status/history.ts';
import { type DeclaredMaking, type Edit, editOf } from './edit.ts';
import { withSeen } from './entries.ts';
import { parseJobName } from './names.ts';
import { isOfJob } from './pods.ts';
import type { AttemptJob } from './provenance.ts';
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
  /** The pods of that Job that run what its template says. */
  readonly pods: readonly IPod[];
  /** Pods that bear its UID as their owner's, and run something else. */
  readonly forgedPods: readonly IPod[];
  /** Of that Job, read when first asked for; undefined if it is missing or was tampered with. */
  readonly snapshot: () => Snapshot | undefined;
  /** The UID of the attempt's first Job, as far as its Jobs tell. */
  readonly uid: () => string | undefined;
  /** The ModelVersion of the attempt's name, whoever made it. */
  readonly version: IModelVersion | undefined;
  /** The ModelVersions that were registered for the run. */
  readonly versions: readonly IModelVersion[];
  /** What the run declares otherwise by now, if that can start. */
  readonly edit: () => Edit | undefined;
  /** Whether the API server confirmed that the Job is gone which status tells of, and there is no newer one. */
  readonly isVanished: boolean;
  readonly provenance: Provenance;
}

/** What the attempts of a run are told by. */
export interface Known {
  readonly facts: TrainingRunFacts;
  /** Those that the operator made, in their order. */
  readonly jobs: readonly AttemptJob[];
  /** The ModelVersions that were registered for the run. */
  readonly versions: readonly IModelVersion[];
  readonly stages: readonly Stage[];
  readonly provenance: Provenance;
}

/**
 * The attempts of a run, oldest first: those in status, and those that only their Jobs tell of, because the operator died before it wrote
 * status; of a run that was restored without it, also those that their ModelVersions tell of. So nothing is trained twice.
 */
export function attemptFacts(known: Known, declared: DeclaredMaking): AttemptFacts[] {
  const { facts, versions } = known;
  const { run } = facts;
  const jobs = Map.groupBy(known.jobs, ({ number }) => number);
  const told = new Map(run.status?.attempts?.filter(isTold).map((attempt) => [attempt.number, attempt]));
  const isRestored = told.size === 0;
  const recorded = new Map(isRestored ? versions.map((version) => [version.spec.number, version]) : []);
  const named = new Map(facts.versions.map((version) => [keyOf(version).name, version]));
  const numbers = [...new Set([...jobs.keys(), ...recorded.keys(), ...told.keys()])].toSorted((a, b) => a - b);
  const attempts = numbers.flatMap((number) => {
    const own = jobs.get(number) ?? [];
    const attempt = told.get(number) ?? untold(run, number, own, recorded.get(number));
    return attempt === undefined ? [] : [{ attempt, own }];
  });
  return attempts.flatMap(({ attempt, own }, index) =>
    factsOf(known, declared, attempt, own, named.get(attempt.name), index === attempts.length - 1),
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

function factsOf(
  { facts: { run, pods, vanished }, versions, stages, provenance }: Known,
  declared: DeclaredMaking,
  attempt: Attempt,
  own: readonly AttemptJob[],
  version: IModelVersion | undefined,
  isNewest: boolean,
): AttemptFacts[] {
  const key = keyOf(run);
  const toldStage = attempt.stages?.at(-1);
  const retryTold = (stage: Stage) =>
    parseJobName(key.name, attempt.stages?.find(({ name }) => name === stage.name)?.job ?? '')?.retry ?? 0;
  const newestJob = own.at(-1);
  const toldIndex = stages.findIndex(({ name }) => name === toldStage?.name);
  // The furthest that anything tells of: status is behind a Job whose status was lost, and tells of one that was deleted.
  const index = Math.max(0, toldIndex, newestJob === undefined ? -1 : stages.indexOf(newestJob.at));
  const [stage, ...later] = stages.slice(index);
  if (stage === undefined) return [];
  const stageJob = newestJob?.at === stage ? newestJob : undefined;
  const isNewer = stageJob !== undefined && (index > toldIndex || stageJob.retry > retryTold(stage));
  const newestOfEach = own.filter((one, at) => own[at + 1]?.at !== one.at);
  const seen = newestOfEach.map((one) => ({ ...one, stage: one.at, toldRetry: retryTold(one.at) }));
  const owned = stageJob === undefined ? [] : pods.filter((pod) => isOwnedBy(pod, uidOf(stageJob.job)));
  const isReal = isOfJob(run, stageJob, provenance);
  const snapshot = () => stageJob?.snapshot();
  const facts: AttemptFacts = {
    run,
    key,
    attempt: attempt.verdict === undefined ? withSeen(attempt, seen) : attempt,
    isNewest,
    edit: () => editOf(declared, attempt, snapshot),
    stage,
    later,
    job: stageJob?.job,
    retry: stageJob?.retry ?? 0,
    pods: owned.filter(isReal),
    forgedPods: owned.filter((pod) => !isReal(pod)),
    snapshot,
    uid: () => uidIn(own),
    version,
    versions,
    isVanished: toldStage !== undefined && vanished.has(toldStage.job) && !isNewer,
    provenance,
  };
  return [facts];
}
