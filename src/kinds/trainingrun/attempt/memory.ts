import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../../../api/duration.ts';
import { keyOf } from '../../../api/resource.ts';
import type { AttemptStage } from '../../../api/types.ts';
import { indexOf, isFinished, losesPods } from '../../../workload/job.ts';
import {
  disruptionOf,
  endedByItself,
  isDisrupted,
  isFailed,
  isUnfinished,
  mainEnd,
  mainRan,
} from '../../../workload/podend.ts';
import { entryOf, withEntry } from './entries.ts';
import type { AttemptFacts } from './facts.ts';
import { partlyPlaced, pauses } from './gang.ts';

/** From when on it is told how an attempt fares: most of what keeps a pod from running passes sooner, and short trainings end sooner. */
export const toldAfter: Milliseconds = 30_000;

/** The largest gang, by the schema. */
const mostMembers = 64;

/** How old the Job is that the attempt has now. */
export function ageOf({ job }: AttemptFacts, now: Date): Milliseconds {
  return now.getTime() - (Date.parse(job?.metadata?.creationTimestamp ?? '') || 0);
}

/**
 * The facts with what status has to remember of the attempt's Job, since its pods may be gone when it is decided by: that
 * one of them was taken away, at once; that `main` ran, as soon as that pod may go or that decides about an edit, and else with what status
 * tells after a while anyway; which pods of a gang ended well by themselves, once others go on without them for as long.
 */
export function remembering(facts: AttemptFacts, now: Date): AttemptFacts {
  const { attempt, stage, job, pods } = facts;
  const entry = entryOf(attempt, stage);
  if (job === undefined || entry?.job !== keyOf(job).name || entry.state !== 'Running') return facts;
  // Pods of a gang that never was whole have not trained, and those that it gives back are not taken away from it.
  const isGivenBack = pauses(facts, now);
  const isWhole = !isGivenBack && partlyPlaced(facts) === undefined;
  const disrupted = entry.disrupted === true || (!isGivenBack && losesPods(job, pods));
  const isTime = () => !isFinished(job) && (ageOf(facts, now) >= toldAfter || facts.edit() !== undefined);
  const ran = entry.ran === true || (isWhole && pods.some((pod) => mainRan(pod) && (isLeaving(pod) || isTime())));
  const ended = endsToRemember(facts).flatMap(({ index, pod, at }) =>
    at <= now.getTime() || isLeaving(pod) ? [index] : [],
  );
  const isKnown = disrupted === (entry.disrupted === true) && ran === (entry.ran === true) && ended.length === 0;
  if (isKnown) return facts;
  const after: AttemptStage = {
    ...entry,
    ...(ran && { ran }),
    ...(disrupted && { disrupted }),
    ...(ended.length > 0 && { ended: [...(entry.ended ?? []), ...ended].toSorted((one, other) => one - other) }),
  };
  return { ...facts, attempt: withEntry(attempt, after) };
}

/** The pods of a gang that ended well by themselves while others go on, which status does not remember, and when it shall. */
function endsToRemember(facts: AttemptFacts) {
  const { job, pods } = facts;
  const { ended = [] } = remembered(facts);
  // A Job can be edited to have any number.
  const members = Math.min(job?.spec?.parallelism ?? 1, mostMembers);
  if (job === undefined || isFinished(job) || members === 1) return [];
  const places = Array.from({ length: members }, (_, index) => index).filter((index) => !ended.includes(index));
  const well = pods.filter((pod) => pod.status?.phase === 'Succeeded' && endedByItself(pod));
  return places.flatMap((index) => {
    const pod = well.find((one) => indexOf(one) === index);
    return pod === undefined ? [] : [{ index, pod, at: (mainEnd(pod) ?? 0) + toldAfter }];
  });
}

/** When the end of another pod of a gang has to be remembered; undefined if none has. */
export function untilRemembered(facts: AttemptFacts, now: Date): Milliseconds | undefined {
  const times = endsToRemember(facts).map(({ at }) => at - now.getTime());
  return times.length === 0 ? undefined : Math.max(1, Math.min(...times));
}

/** What status remembers of the attempt's Job. */
export function remembered({ attempt, stage }: AttemptFacts): Pick<AttemptStage, 'ran' | 'disrupted' | 'ended'> {
  return entryOf(attempt, stage) ?? {};
}

/** Whether `main` of the attempt ran at any time, as far as anything tells; what is not known counts as if it had. */
export function mayHaveRun(facts: AttemptFacts): boolean {
  const { attempt, job, pods, retry } = facts;
  const { ready = 0, succeeded = 0, failed = 0, active = 0 } = job?.status ?? {};
  const isUnseen = active > pods.filter(isUnfinished).length;
  // As it was made: after an outage nothing may be known yet of what its controller did with it.
  const isUntouched = job?.status?.startTime === undefined && job?.spec?.suspend !== true;
  const isBefore = (attempt.stages?.length ?? 0) > 1 || (retry > 0 && facts.snapshot()?.ran !== undefined);
  const isUnreadable = retry > 0 && facts.snapshot() === undefined;
  return (
    isBefore ||
    isUnreadable ||
    remembered(facts).ran === true ||
    pods.some(mainRan) ||
    ready + succeeded > 0 ||
    failed > pods.filter((pod) => isFailed(pod) && !isDisrupted(pod) && !mainRan(pod)).length ||
    isUnseen ||
    isUntouched
  );
}

function isLeaving(pod: IPod): boolean {
  return pod.metadata?.deletionTimestamp !== undefined || disruptionOf(pod) !== undefined;
}
