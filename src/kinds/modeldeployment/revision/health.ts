import type { IPod } from 'kubernetes-models/v1';
import { firstMatch, type Rule } from '../../../api/rules.ts';
import type { Milliseconds } from '../../../controller.ts';
import { mainStatus } from '../../../workload/diagnosis/containers.ts';
import type { Finding } from '../../../workload/diagnosis/finding.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { healthMessage, logsCommand, place, sentence } from './words.ts';

/** What the pods of a revision say about it. */
export type Health =
  /** All pods that exist are ready, or there are none yet. */
  | { readonly type: 'Healthy' }
  /** Not ready yet; `within`: how long it may still take. */
  | { readonly type: 'Starting'; readonly within?: Milliseconds }
  /** The cluster has no room. Nobody's fault, so never rejected. */
  | { readonly type: 'Blocked'; readonly reason: string; readonly message: string }
  /** Something that the revision needs is missing. The user's move; not the model's fault, so never rejected. */
  | { readonly type: 'Held'; readonly reason: string; readonly message: string }
  /** The server itself fails. */
  | { readonly type: 'Guilty'; readonly reason: string; readonly message: string };

export interface HealthFacts {
  /** Why the API server refuses pods, in its own words; undefined if it does not. */
  readonly refusal: string | undefined;
  readonly pods: readonly IPod[];
}

/** How long a server may take from its start until it is ready; loading a large model takes minutes. */
export const longestStart: Milliseconds = 30 * 60_000;

interface Signs extends HealthFacts {
  /** What is wrong with the pods. */
  readonly finding: Finding | undefined;
}

type Sign = Rule<[Signs, Date], Health>;

/** In this order: a server that crashes is guilty whatever else is wrong, and what merely waits is judged last. */
const signs: readonly Sign[] = [serverCrashes, podsForbidden, podsAreWrong, neverReady];

/** The first sign that holds. Pods that are going or gone are left out: others were made in their place. */
export function healthOf(facts: HealthFacts, now: Date): Health {
  const pods = facts.pods.filter(
    ({ metadata, status }) =>
      metadata?.deletionTimestamp === undefined && status?.phase !== 'Failed' && status?.phase !== 'Succeeded',
  );
  return firstMatch(signs, { ...facts, pods, finding: findingOf(pods, place) }, now) ?? { type: 'Healthy' };
}

/** Only the server itself can be guilty: what others put beside it, or what it lacks, is not the model's fault. */
function serverCrashes({ pods, finding }: Signs): Health | undefined {
  if (finding === undefined || !finding.isMain || finding.move !== 'ReadLog') return undefined;
  return { type: 'Guilty', reason: finding.reason, message: healthMessage(finding, pods) };
}

function podsForbidden({ refusal }: Signs): Health | undefined {
  if (refusal === undefined) return undefined;
  const message = 'the API server refuses its pods. Raise the quota or change the spec';
  return {
    type: 'Held',
    reason: 'PodsForbidden',
    message: sentence(message, { by: 'the API server', words: refusal }),
  };
}

function podsAreWrong({ pods, finding }: Signs): Health | undefined {
  if (finding === undefined) return undefined;
  const type = finding.move === 'Wait' ? 'Blocked' : 'Held';
  return { type, reason: finding.reason, message: healthMessage(finding, pods) };
}

function neverReady({ pods }: Signs, now: Date): Health | undefined {
  const starting = pods.filter((pod) => !isReady(pod));
  const [slowest] = starting;
  if (slowest === undefined) return undefined;
  const remaining = starting.flatMap((pod) => remainingOf(pod, now));
  const within = Math.min(...remaining);
  if (remaining.length === 0) return { type: 'Starting' };
  if (within > 0) return { type: 'Starting', within };
  const message =
    `the server runs but did not get ready within ${longestStart / 60_000} minutes. See whether it answers on spec.server.port ` +
    `by spec.server.protocol (${logsCommand(slowest)})`;
  return { type: 'Guilty', reason: 'NeverReady', message: sentence(message) };
}

/** Only a pod that was never ready since its server started is measured: one that lost its readiness had shown that it works. */
function remainingOf(pod: IPod, now: Date): Milliseconds[] {
  const main = mainStatus(pod);
  const startedAt = main?.state?.running?.startedAt;
  if (startedAt === undefined || main?.started === true) return [];
  return [Date.parse(startedAt) + longestStart - now.getTime()];
}

function isReady({ status }: IPod): boolean {
  return status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
}
