/**
 * A gang of which only some pods have a place holds what others wait for, and cannot work: two of them, each with half of the accelerators,
 * would wait for ever. So it gives back what it holds and tries again: status tells so first (`gang.until`), then its Job is suspended,
 * which ends its pods, and when that time has come it goes on. Whatever is between two of these steps is told by status and Job.
 */
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { shortened, timestamp } from '../../../api/condition.ts';
import { defined } from '../../../api/defined.ts';
import { type Milliseconds, milliseconds } from '../../../api/duration.ts';
import { suspendedAnnotation } from '../../../api/labels.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import type { GangStatus, ITrainingRun } from '../../../api/types.ts';
import { textDigest } from '../../../domain/digest.ts';
import { mainStatus } from '../../../workload/diagnosis/containers.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import type { Finding } from '../../../workload/diagnosis/finding.ts';
import { beginOf, conditionOf, timeOf } from '../../../workload/diagnosis/times.ts';
import { isEnding } from '../../../workload/job.ts';
import { isCutShort, isLiving, isUnfinished } from '../../../workload/podend.ts';
import { entryOf, withEntry } from './entries.ts';
import type { AttemptFacts } from './facts.ts';
import { placeOf } from './place.ts';

export const defaultWait: Milliseconds = 15 * 60_000;
const shortestWait: Milliseconds = 60_000;

/** Longer than pods have to end and than the scheduler takes until it looks again at those of others that wait for their places. */
const shortestPause: Milliseconds = 60_000;
/** What a pause is drawn from does not grow beyond that, unless gangWait is longer. */
const longestRange: Milliseconds = 3_600_000;

const longestWords = 256;
const mostGivenBack = 99_999;

/** How many pods of a gang have a place while others have none. */
export interface Places {
  readonly placed: number;
  readonly members: number;
  /** Since when none of the others got one. */
  readonly since: Milliseconds;
}

/**
 * The places of a gang that was never whole. Whatever ends a pod of one that was ends its Job too; so one of which a pod has ended, leaves,
 * or was taken away is not meant, nor one whose size was edited, nor one that Kueue admitted, which has a time limit of its own for that.
 */
export function partlyPlaced(facts: AttemptFacts): Places | undefined {
  const { job, pods, forgedPods } = facts;
  const members = job?.spec?.parallelism ?? 1;
  if (job === undefined || members < 2 || job.spec?.suspend === true || isEnding(job)) return undefined;
  const placed = pods.filter(hasPlace);
  if (placed.length === 0 || placed.length >= members || isKueues(job)) return undefined;
  const { disrupted, ended } = entryOf(facts.attempt, facts.stage) ?? {};
  const { succeeded = 0, failed = 0 } = job.status ?? {};
  const wasWhole = disrupted === true || ended !== undefined || succeeded + failed > 0 || !pods.every(isLiving);
  if (wasWhole || forgedPods.length > 0 || facts.snapshot()?.recipe.nodes !== members) return undefined;
  const since = Math.max(timeOf(job.metadata?.creationTimestamp), ...placed.map(placedAt));
  return { placed: placed.length, members, since };
}

/** Whether the gang has given back what it held, or is about to, and does not try again yet. */
export function pauses(facts: AttemptFacts, now: Date): boolean {
  return untilGoesOn(facts, now) > 0;
}

/** Whether its Job shall be suspended so that it gives back what it holds, as status says already; not if it got its places meanwhile. */
export function givesBack(facts: AttemptFacts, now: Date): boolean {
  return pauses(facts, now) && !isLetGo(facts.job) && partlyPlaced(facts) !== undefined;
}

/** Whether its suspended Job has to wait: for the time to come, and for its pods to go, which would be taken for disrupted ones. */
export function staysBack(facts: AttemptFacts, now: Date): boolean {
  return pauses(facts, now) || (gangOf(facts) !== undefined && facts.pods.some(isUnfinished));
}

/** The facts with what status has to tell before the gang gives anything back, or if it need not after all. */
export function givingBack(facts: AttemptFacts, now: Date): AttemptFacts {
  const { attempt, stage, job, run } = facts;
  const entry = entryOf(attempt, stage);
  if (job === undefined || entry?.job !== keyOf(job).name || entry.state !== 'Running') return facts;
  if (run.spec.suspend === true) return facts;
  const gang = pauses(facts, now) ? entry.gang && withoutPause(facts, entry.gang) : (dueNow(facts, now) ?? seen(facts));
  if (gang === undefined || gang === entry.gang) return facts;
  return { ...facts, attempt: withEntry(attempt, { ...entry, gang }) };
}

/** When something is to be done about it; not above 0 if that is now. */
export function untilNextStep(facts: AttemptFacts, now: Date): Milliseconds | undefined {
  const { job, isNewest, run } = facts;
  if (!isNewest || run.spec.suspend === true) return undefined;
  if (pauses(facts, now)) return job?.spec?.suspend === true ? untilGoesOn(facts, now) : 0;
  const places = partlyPlaced(facts);
  return places && places.since + patienceOf(run) - now.getTime();
}

/** What keeps the pods of a gang from working together: what is wrong with any of them. */
export function findingOfGang(facts: AttemptFacts): Finding | undefined {
  return findingOf(facts.pods.filter(isLiving), placeOf(facts));
}

/**
 * Whether its pods gave up before all had a place, as libraries do whose patience is shorter than gangWait. What fails within a minute
 * has not waited for anybody.
 */
export function gaveUp(facts: AttemptFacts, failed: readonly IPod[]): boolean {
  const { placed = 0, nodes = 0 } = gangOf(facts) ?? {};
  return placed < nodes && failed.length > 0 && failed.every((pod) => isCutShort(pod) || lastedOf(pod) >= shortestWait);
}

/** How long a gang waits for another place; others wait a little longer or shorter, so that not all give back at once. */
function patienceOf(run: ITrainingRun): Milliseconds {
  return waitOf(run) * (1 + drawn(run, 0) / 4);
}

export function waitOf({ spec }: ITrainingRun): Milliseconds {
  return Math.max(shortestWait, milliseconds(spec.gangWait ?? '') ?? defaultWait);
}

/** How long the pause may be that follows after the gang has given back so often. */
export function longestPause(run: ITrainingRun, givenBack: number): Milliseconds {
  const wait = waitOf(run);
  return shortestPause + Math.min(wait * 2 ** Math.min(givenBack - 1, 20), Math.max(wait, longestRange));
}

export function gangOf({ attempt, stage }: AttemptFacts): GangStatus | undefined {
  return entryOf(attempt, stage)?.gang;
}

export function pauseOf(run: ITrainingRun, givenBack: number): Milliseconds {
  return shortestPause + drawn(run, givenBack) * (longestPause(run, givenBack) - shortestPause);
}

/** From 0 to 1: the same each time for a run, and another one for each run. */
function drawn(run: ITrainingRun, round: number): number {
  const digits = /[0-9a-f]{12}/.exec(textDigest(`${uidOf(run)}/${round}`))?.[0] ?? '0';
  return parseInt(digits, 16) / 16 ** 12;
}

function dueNow(facts: AttemptFacts, now: Date): GangStatus | undefined {
  const { run, isNewest } = facts;
  const places = isNewest ? partlyPlaced(facts) : undefined;
  if (places === undefined || places.since + patienceOf(run) > now.getTime()) return undefined;
  const givenBack = Math.min(mostGivenBack, (gangOf(facts)?.givenBack ?? 0) + 1);
  const quotes = [findingOfGang(facts)?.quote ?? []].flat();
  const words = shortened(quotes.find(({ by }) => by === 'the scheduler')?.words ?? '', longestWords);
  return defined<GangStatus>({
    givenBack,
    until: timestamp(new Date(now.getTime() + pauseOf(run, givenBack))),
    placed: places.placed,
    nodes: places.members,
    waitsFor: words === '' ? undefined : words,
  });
}

/** What is told anyway, that some have a place and some have none, is remembered until all have one: only then it begins to work. */
function seen(facts: AttemptFacts): GangStatus | undefined {
  const gang = gangOf(facts);
  const places = partlyPlaced(facts);
  if (places === undefined) return gang && isWhole(facts) ? { ...gang, placed: gang.nodes } : gang;
  const { placed, members: nodes } = places;
  if (placed === gang?.placed || findingOfGang(facts)?.reason !== 'Unschedulable') return gang;
  return { givenBack: 0, ...gang, placed, nodes };
}

function isWhole({ job, pods }: AttemptFacts): boolean {
  return pods.filter(hasPlace).length >= (job?.spec?.parallelism ?? 1);
}

/** It got all its places before its Job was suspended, or somebody let that go on. */
function withoutPause(facts: AttemptFacts, gang: GangStatus): GangStatus {
  const { job } = facts;
  const isOver = job?.spec?.suspend !== true && (isLetGo(job) || partlyPlaced(facts) === undefined);
  if (!isOver) return gang;
  return defined<GangStatus>({ ...gang, until: undefined, placed: isWhole(facts) ? gang.nodes : gang.placed });
}

/** Whether somebody else has it go on that we suspended. */
function isLetGo(job: IJob | undefined): boolean {
  return job?.spec?.suspend !== true && job?.metadata?.annotations?.[suspendedAnnotation] !== undefined;
}

function untilGoesOn(facts: AttemptFacts, now: Date): Milliseconds {
  return timeOf(gangOf(facts)?.until) - now.getTime();
}

/** Kueue names what it manages by labels and annotations of its own, whoever has set them. */
function isKueues({ metadata }: IJob): boolean {
  const names = Object.keys({ ...metadata?.labels, ...metadata?.annotations });
  return names.some((name) => name.startsWith('kueue.x-k8s.io/'));
}

function hasPlace(pod: IPod): boolean {
  const { spec, status } = pod;
  if (spec?.nodeName !== undefined || conditionOf(pod, 'PodScheduled')?.status === 'True') return true;
  return [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].length > 0;
}

function lastedOf(pod: IPod): Milliseconds {
  const { startedAt, finishedAt } = mainStatus(pod)?.state?.terminated ?? {};
  return timeOf(finishedAt) - timeOf(startedAt);
}

function placedAt(pod: IPod): Milliseconds {
  const scheduled = conditionOf(pod, 'PodScheduled');
  return timeOf(scheduled?.status === 'True' ? scheduled.lastTransitionTime : beginOf(pod));
}
