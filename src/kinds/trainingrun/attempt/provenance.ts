import type { Attempt, IModelVersion, ITrainingRun } from '../../../api/types.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import { isFinished } from '../../../workload/job.ts';
import type { Provenance } from '../../../workload/origin.ts';
import type { Stage } from '../stages/stage.ts';
import {
  type ChampionReference,
  digestInTemplate,
  type Making,
  type Snapshot,
  snapshotDigestOf,
  snapshotOf,
  snapshotText,
  startingSnapshot,
} from '../start/snapshot.ts';
import { nextNumber } from '../status/history.ts';
import { isAsMade } from './asmade.ts';
import { stageJob } from './job.ts';
import { parseJobName, type PlacedJob, stageLabel } from './names.ts';

/** By what it is known who made the Jobs of a run. */
export interface Evidence {
  readonly run: ITrainingRun;
  readonly stages: readonly Stage[];
  /** What an attempt that starts now would be made of. */
  readonly making: Making;
  /** Those of the run's name, whoever made them: their names are taken. */
  readonly versions: readonly IModelVersion[];
  /** What an attempt that starts now would be compared with. */
  readonly champion: ChampionReference | undefined;
  readonly provenance: Provenance;
  readonly now: Date;
}

/** A Job of an attempt that the operator has made. */
export interface AttemptJob extends PlacedJob {
  readonly at: Stage;
  /** Undefined if its annotation is not what it was made with. */
  readonly snapshot: () => Snapshot | undefined;
}

/** The Jobs that bear a run's name and UID, which anybody may write, by who made them. */
export interface ProvenJobs {
  /** In the order in which they were made. Attempts are told by these alone. */
  readonly ours: readonly AttemptJob[];
  /** Those that nothing is read from any more: of attempts that ended, or made again since. */
  readonly former: readonly PlacedJob[];
  readonly forged: readonly PlacedJob[];
}

/** How much later than its Job, and than now, the time may be up to which an attempt answers triggers: clocks differ. */
const clocksDiffer = 600_000;

/**
 * The operator knows its Jobs by the UIDs in status. One that status does not tell of was made before a status that was lost, and
 * then it is what would be made now, and the next one; or somebody else has made it.
 */
export function provenJobs(evidence: Evidence, placed: readonly PlacedJob[]): ProvenJobs {
  const ours: AttemptJob[] = [];
  const former: PlacedJob[] = [];
  const forged: PlacedJob[] = [];
  for (const one of inOrder(evidence.stages, placed)) {
    const at = stageOf(evidence.stages, one);
    const candidate = at && attemptJob(evidence.run, at, one);
    if (candidate === undefined) former.push(one);
    else if (isOurs(evidence, candidate, ours)) ours.push(candidate);
    else (isFormer(evidence, candidate) ? former : forged).push(one);
  }
  return { ours, former, forged };
}

/** Whether status tells of this very Job. */
export function isTold(run: ITrainingRun, placed: PlacedJob): boolean {
  const attempt = run.status?.attempts?.find(({ number }) => number === placed.number);
  return attempt !== undefined && entryOf(attempt, placed)?.jobUID === uidOf(placed.job);
}

/** Whether status does not tell of a Job that may be ours all the same, so that its template has to be read. */
export function isUntold(run: ITrainingRun, stages: readonly Stage[], placed: PlacedJob): boolean {
  const attempts = run.status?.attempts ?? [];
  const attempt = attempts.find(({ number }) => number === placed.number);
  if (attempt === undefined) return placed.number > newestOf(attempts);
  const entry = entryOf(attempt, placed);
  if (entry?.jobUID === uidOf(placed.job) || attempt.verdict !== undefined) return false;
  return entry === undefined ? !isEarlier(run, stages, attempt, placed) : placed.retry > retryOf(run, entry.job);
}

function isOurs(evidence: Evidence, one: AttemptJob, ours: readonly AttemptJob[]): boolean {
  const { run, stages, provenance } = evidence;
  const attempts = run.status?.attempts ?? [];
  const attempt = attempts.find(({ number }) => number === one.number);
  if (isTold(run, one)) return true;
  if (!isUntold(run, stages, one) || !isIntact(one)) return false;
  // Nothing is known of a run that was restored, and nobody else can have made its Jobs.
  if (provenance === 'Admission' && attempts.length === 0) return true;
  const before = ours.findLast(({ number }) => number === one.number);
  if (before !== undefined) return follows(evidence, one, before);
  return attempt === undefined ? begins(evidence, one, ours) : followsTold(evidence, one, attempt);
}

/** Whether annotation and template have one origin, and are of this run. */
function isIntact({ job, snapshot }: AttemptJob): boolean {
  return snapshot() !== undefined && digestInTemplate(job) === snapshotDigestOf(job);
}

/** Whether a Job is the first of the next attempt. */
function begins(evidence: Evidence, { at, number, retry, job, snapshot }: AttemptJob, ours: readonly AttemptJob[]) {
  const { run, stages, making, versions, champion, provenance, now } = evidence;
  const found = snapshot();
  const known = Math.max(newestOf(run.status?.attempts ?? []), newestOf(ours));
  if (found === undefined || retry !== 0 || number > nextNumber(run, [{ number: known }], versions)) return false;
  const latest = Math.max(Date.parse(job.metadata?.creationTimestamp ?? '') || 0, now.getTime()) + clocksDiffer;
  if (Date.parse(found.coversUntil) > latest) return false;
  if (provenance === 'Admission') return true;
  const { trigger, coversUntil } = found;
  const wanted = startingSnapshot(run, { number, trigger, coversUntil }, making, champion);
  const first = stages.find((stage) => stageJob(stage, run, wanted, 0) !== undefined);
  return first === at && isQuiet(evidence, ours) && isAsMade(job, stageJob(at, run, wanted, 0));
}

/** An attempt starts when the one before has come to its end. */
function isQuiet({ run }: Evidence, ours: readonly AttemptJob[]): boolean {
  const told = run.status?.attempts?.filter(({ verdict }) => verdict === undefined).map(({ number }) => number) ?? [];
  return ours.every(({ number, job }) => !told.includes(number) || isFinished(job));
}

/** Whether a Job is what its attempt went on with after another one of it had ended: the stage made again, or the next one. */
function follows({ run, stages, provenance }: Evidence, one: AttemptJob, before: AttemptJob): boolean {
  const [found, last] = [one.snapshot(), before.snapshot()];
  if (found === undefined || last === undefined || !isFinished(before.job)) return false;
  const isAgain = one.at === before.at && one.retry === before.retry + 1;
  const isNext = stages.indexOf(one.at) > stages.indexOf(before.at) && one.retry === 0;
  const isOfAttempt = found.attemptUID === (last.attemptUID ?? uidOf(before.job)) && constant(found) === constant(last);
  if (!isOfAttempt || !(isAgain || isNext)) return false;
  if (provenance === 'Admission') return true;
  // What a stage has put out that its pod alone told, nobody can tell any more.
  return isAgain && isAsMade(one.job, stageJob(one.at, run, found, one.retry));
}

/** The Job before is gone that would tell: what status knows of the attempt has to do, and does where nobody else can have made it. */
function followsTold({ run, provenance }: Evidence, one: AttemptJob, attempt: Attempt): boolean {
  const found = one.snapshot();
  const told = attempt.stages?.at(-1);
  if (found === undefined || told === undefined || provenance !== 'Admission') return false;
  const { recipeDigest, coversUntil, champion } = attempt;
  const isNext = one.retry === (entryOf(attempt, one) === undefined ? 0 : retryOf(run, told.job) + 1);
  const isOfAttempt = found.recipeDigest === recipeDigest && found.coversUntil === coversUntil;
  return isNext && isOfAttempt && found.champion?.name === champion;
}

/** What all Jobs of an attempt have in common: all but what became of the stage until then. */
function constant(snapshot: Snapshot): string {
  const { attemptUID: _uid, failures: _failures, spent: _spent, ran: _ran, ...rest } = snapshot;
  const { forged: _forged, before: _before, ...common } = rest;
  return snapshotText(common);
}

/** Finished Jobs of what is over do no harm; those of an attempt that was cancelled are removed, also while they run. */
function isFormer({ run, stages }: Evidence, one: AttemptJob): boolean {
  const attempts = run.status?.attempts ?? [];
  const attempt = attempts.find(({ number }) => number === one.number);
  if (attempt?.verdict === 'Deleted' || attempt?.verdict === 'Superseded') return true;
  if (!isFinished(one.job)) return false;
  if (attempt === undefined) return one.number <= newestOf(attempts);
  const entry = entryOf(attempt, one);
  const isBefore = entry === undefined ? isEarlier(run, stages, attempt, one) : one.retry < retryOf(run, entry.job);
  return attempt.verdict !== undefined || isBefore;
}

/** Whether the attempt has come to a later stage. */
function isEarlier(run: ITrainingRun, stages: readonly Stage[], { stages: told = [] }: Attempt, { stage }: PlacedJob) {
  const last = parseJobName(keyOf(run).name, told.at(-1)?.job ?? '')?.stage;
  const place = (label: string | undefined) => stages.findIndex(({ name }) => stageLabel(name) === label);
  return place(stage) < place(last);
}

function attemptJob(run: ITrainingRun, at: Stage, placed: PlacedJob): AttemptJob {
  const attempt = run.status?.attempts?.find(({ number }) => number === placed.number);
  const entry = attempt && entryOf(attempt, placed);
  const told = entry?.jobUID === uidOf(placed.job) ? entry.snapshotDigest : undefined;
  return { ...placed, at, snapshot: once(() => snapshotIn(run, placed, told ?? digestInTemplate(placed.job))) };
}

function snapshotIn(run: ITrainingRun, { job, number }: PlacedJob, digest: string | undefined): Snapshot | undefined {
  if (digest !== snapshotDigestOf(job)) return undefined;
  const snapshot = snapshotOf(job);
  return snapshot?.number === number && snapshot.runUID === uidOf(run) ? snapshot : undefined;
}

/** A snapshot may have hundreds of kilobytes, and most passes decide without one. */
function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => (known ??= { value: read() }).value;
}

/** By attempt, stage, and the newest of each last. */
function inOrder(stages: readonly Stage[], placed: readonly PlacedJob[]): PlacedJob[] {
  const place = ({ stage }: PlacedJob) => stages.findIndex(({ name }) => stageLabel(name) === stage);
  return placed.toSorted(
    (one, other) => one.number - other.number || place(one) - place(other) || one.retry - other.retry,
  );
}

function stageOf(stages: readonly Stage[], { stage }: PlacedJob): Stage | undefined {
  return stages.find(({ name }) => stageLabel(name) === stage);
}

function entryOf({ stages = [] }: Attempt, { stage }: PlacedJob) {
  return stages.find(({ name }) => stageLabel(name) === stage);
}

function retryOf(run: ITrainingRun, job: string): number {
  return parseJobName(keyOf(run).name, job)?.retry ?? 0;
}

function newestOf(all: readonly { readonly number: number }[]): number {
  return Math.max(0, ...all.map(({ number }) => number));
}
