import type { IPod } from 'kubernetes-models/v1';
import { firstMatch, type Rule } from '../../../api/rules.ts';
import type { Milliseconds } from '../../../controller.ts';
import { containersOf, mainStatus } from '../../../workload/diagnosis/containers.ts';
import type { Finding } from '../../../workload/diagnosis/finding.ts';
import { findingOf, stillWaiting } from '../../../workload/diagnosis/index.ts';
import { isEvicted } from '../../../workload/diagnosis/order.ts';
import type { Place } from '../../../workload/diagnosis/place.ts';
import { conditionOf, latest, timeOf } from '../../../workload/diagnosis/times.ts';
import type { Told } from '../../../workload/diagnosis/words.ts';
import { toldOfRefusal } from './refusal.ts';
import { place, sentence, type Subject, toldOf } from './words.ts';
import type { DeploymentReason } from '../status/reasons.ts';

/** What the pods of a revision say about it. */
export type Health =
  /** All pods that exist are ready, or there are none yet. */
  | { readonly type: 'Healthy' }
  /** Not ready yet; `within`: how long it may still take; `waits`: for what, which is no problem unless it lasts. */
  | { readonly type: 'Starting'; readonly within?: Milliseconds; readonly waits?: Report }
  /** The cluster has no room. Nobody's fault, so never rejected. */
  | ({ readonly type: 'Blocked' } & Report)
  /** Something that the revision needs is missing, or fails beside it. Somebody's move; not the model's fault, so never rejected. */
  | ({ readonly type: 'Held' } & Report)
  /** The server itself fails. */
  | ({ readonly type: 'Guilty' } & Report);

/** What is told of a revision's pods. */
export interface Report {
  readonly reason: DeploymentReason;
  /** A sentence with its full stop, with the commands that work while the pods live. */
  readonly message: string;
  /** The same in parts. Of a revision that is deleted, only `what` and `quote` are still true. */
  readonly told: Told;
  /** What was found; absent if it is not about pods that exist. */
  readonly finding?: Finding;
}

export interface HealthFacts {
  /** Why the API server refuses pods, in its own words; undefined if it does not. */
  readonly refusal: string | undefined;
  readonly pods: readonly IPod[];
  readonly subject: Subject;
  /** The containers that its template has beside the server's; others are injected. None by default. */
  readonly declared?: readonly string[];
  /** Whether its pods have been available before, so that one that is not ready had shown that it works; not by default. */
  readonly isProven?: boolean;
  /** Whether it shall have pods; by default it shall. */
  readonly isWanted?: boolean;
}

/** How long a server may be not ready, from its start or from then on; loading a large model takes minutes. */
export const longestStart: Milliseconds = 30 * 60_000;

interface Signs extends HealthFacts {
  /** Those that the kubelet threw out, and in whose place others were made. */
  readonly evicted: readonly IPod[];
  /** What is wrong with the pods. */
  readonly finding: Finding | undefined;
}

type Sign = Rule<[Signs, Date], Health>;

/** In this order: a server that crashes is guilty whatever else is wrong, and what merely waits is judged last. */
const signs: readonly Sign[] = [serverCrashes, podsForbidden, podsAreWrong, tooLongNotReady, podsWereEvicted, starting];

/** The first sign that holds. Pods that are going or gone are left out, since others were made in their place, but for the reason of that. */
export function healthOf(facts: HealthFacts, now: Date): Health {
  const pods = facts.pods.filter(
    ({ metadata, status }) =>
      metadata?.deletionTimestamp === undefined && status?.phase !== 'Failed' && status?.phase !== 'Succeeded',
  );
  // A pod that serves by now has overcome what its server went through; where nothing has proved itself yet, that counts.
  const judged = facts.isProven === true ? pods.filter((pod) => !isReady(pod)) : pods;
  const evicted = facts.pods.filter((pod) => pod.metadata?.deletionTimestamp === undefined && isEvicted(pod));
  const finding = findingOf(judged, placeOf(facts));
  return firstMatch(signs, { ...facts, pods, evicted, finding }, now) ?? { type: 'Healthy' };
}

/** Only the server itself can be guilty: what others put beside it, or what it lacks, is not the model's fault. */
function serverCrashes({ finding, subject }: Signs, now: Date): Health | undefined {
  if (finding === undefined || !finding.isMain || finding.move !== 'ReadLog') return undefined;
  return { type: 'Guilty', ...reported(finding, subject, now) };
}

function podsForbidden({ refusal, subject }: Signs): Health | undefined {
  if (refusal === undefined) return undefined;
  const told = toldOfRefusal(refusal, subject);
  return { type: 'Held', reason: 'PodsForbidden', message: sentence(told), told };
}

function podsAreWrong({ finding, subject }: Signs, now: Date): Health | undefined {
  if (finding === undefined) return undefined;
  return { type: finding.move === 'Wait' ? 'Blocked' : 'Held', ...reported(finding, subject, now) };
}

/** How much later a pod may be made than that in whose place it is: who makes it may be kept from it for a while. */
const latestSuccessor: Milliseconds = 10 * 60_000;

/**
 * What threw a pod out may throw out the next one, which fetches its model again and again, until one that was made after it is ready. Pods that
 * failed stay for long: where nothing was made in its place soon, what came in its place worked, and is gone since.
 */
function podsWereEvicted(signs: Signs, now: Date): Health | undefined {
  const { pods, evicted, subject, isWanted = true } = signs;
  const last = evicted.toSorted((one, other) => madeAt(one) - madeAt(other)).at(-1);
  if (last === undefined || !isWanted) return undefined;
  const successors = pods.filter((pod) => madeAt(pod) >= madeAt(last));
  const finding = findingOf([last], placeOf(signs));
  const firstMade = Math.min(now.getTime(), ...successors.map(madeAt));
  const isLongAgo = firstMade - endOf(last) > latestSuccessor;
  const isOvercome = pods.length > 0 && (successors.length === 0 || successors.some(wasReady));
  return isLongAgo || isOvercome || finding === undefined
    ? undefined
    : { type: 'Held', ...reported(finding, subject, now) };
}

function madeAt({ metadata }: IPod): Milliseconds {
  return timeOf(metadata?.creationTimestamp);
}

function endOf(pod: IPod): Milliseconds {
  const ends = containersOf(pod).map(({ status: { state } }) => state?.terminated?.finishedAt);
  return timeOf(
    latest([pod.metadata?.creationTimestamp, conditionOf(pod, 'DisruptionTarget')?.lastTransitionTime, ...ends]),
  );
}

/** Of one that never was, Ready is false since before its containers could start. */
function wasReady(pod: IPod): boolean {
  const initialized = timeOf(conditionOf(pod, 'Initialized')?.lastTransitionTime);
  return isReady(pod) || (initialized > 0 && timeOf(readiness(pod)?.lastTransitionTime) > initialized);
}

function tooLongNotReady(signs: Signs, now: Date): Health | undefined {
  const { pods, subject, isProven = false } = signs;
  const at = placeOf(signs);
  const late = pods.filter(
    (pod) =>
      remainingOf(pod, isProven, now).some((remaining) => remaining <= 0) &&
      stillWaiting([pod], at, now)?.isMain === true,
  );
  const finding = stillWaiting(late, at, now);
  if (finding === undefined) return undefined;
  const what = `${finding.what}; it had ${longestStart / 60_000} minutes`;
  const reason = late.some((pod) => mainStatus(pod)?.started !== true) ? 'NeverReady' : finding.reason;
  return { type: 'Guilty', ...reported({ ...finding, lasts: false, what }, subject, now), reason };
}

function starting(signs: Signs, now: Date): Health | undefined {
  const { pods, subject, isProven = false } = signs;
  const unready = pods.filter((pod) => !isReady(pod));
  if (unready.length === 0) return undefined;
  // Whose time is over without being to blame waits for something else.
  const remaining = unready.flatMap((pod) => remainingOf(pod, isProven, now)).filter((time) => time > 0);
  const finding = stillWaiting(unready, placeOf(signs), now);
  return {
    type: 'Starting',
    ...(remaining.length > 0 && { within: Math.min(...remaining) }),
    ...(finding !== undefined && { waits: reported(finding, subject, now) }),
  };
}

function placeOf({ declared }: HealthFacts): Place {
  return declared === undefined ? place : { ...place, declared };
}

function reported(finding: Finding, subject: Subject, now: Date): Report {
  const told = toldOf(finding, subject, now);
  return { reason: finding.reason, message: sentence(told), told, finding };
}

/**
 * Of a server that has shown that it works, the time counts from when it stopped to be ready. Of any other it counts from the start,
 * whatever its probe said meanwhile: one that is ready for moments only is of no use.
 */
function remainingOf(pod: IPod, isProven: boolean, now: Date): Milliseconds[] {
  const main = mainStatus(pod);
  const startedAt = main?.state?.running?.startedAt;
  if (startedAt === undefined || isReady(pod)) return [];
  const turned = isProven && main?.started === true ? readiness(pod)?.lastTransitionTime : undefined;
  const since = Math.max(Date.parse(startedAt), Date.parse(turned ?? startedAt));
  return [since + longestStart - now.getTime()];
}

function isReady(pod: IPod): boolean {
  return readiness(pod)?.status === 'True';
}

function readiness({ status }: IPod) {
  return status?.conditions?.find(({ type }) => type === 'Ready');
}
