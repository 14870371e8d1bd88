import type { IJob } from 'kubernetes-models/batch/v1';
import { kubectl } from '../../../api/command.ts';
import type { Milliseconds } from '../../../api/duration.ts';
import { shortened } from '../../../api/condition.ts';
import { written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import { isUnfinished, lastEnd } from '../../../workload/podend.ts';
import type { AttemptFacts } from './facts.ts';
import { remembered, toldAfter } from './memory.ts';
import type { Held } from './waiting.ts';

/** How long the Job controller may take to make pods until that is worth a word: quotas and admission deny them silently. */
const expectedWithin: Milliseconds = 120_000;

/** A name may be hundreds of characters long, and there may be three. */
const longestName = 96;

/** How long the Job controller waits after a failed pod: 10 seconds, twice as long after each one, ten minutes at most. */
const firstBackoff: Milliseconds = 10_000;
const longestBackoff: Milliseconds = 600_000;

/**
 * Pods that a Job should have and has not: all of them, some of a gang, or the one that comes after one that failed. Once the one before is
 * gone, nothing tells since when; then no length is told, see untilAwaited.
 */
export function podsAreMissing(facts: AttemptFacts, now: Date): Held | undefined {
  const { job, pods, key } = facts;
  const wanted = job?.spec?.parallelism ?? 1;
  const there = podsOf(facts);
  if (job === undefined || isSuspended(job) || there >= wanted) return undefined;
  const awaited = untilAwaited(facts, now);
  if (awaited !== undefined && lastEndOf(facts) === 0) return undefined;
  const { startTime, failed = 0 } = job.status ?? {};
  const backoff = failed === 0 ? 0 : Math.min(longestBackoff, firstBackoff * 2 ** Math.min(failed - 1, 10));
  const since = Math.max(Date.parse(startTime ?? job.metadata?.creationTimestamp ?? '') || 0, ...pods.map(lastEnd));
  const left = since + backoff + expectedWithin - now.getTime();
  if (left > 0) return { requeueAfter: awaited !== undefined && awaited > 0 ? Math.min(awaited, left) : left };
  const name = keyOf(job).name;
  const lacking = wanted === 1 ? 'has no pod' : `has ${there} of its ${wanted} pods`;
  const why =
    startTime === undefined
      ? 'It has no startTime, so the Job controller has not begun with it, or it is left to another one'
      : `A quota or an admission rule may deny them${named(facts)}, which the Job controller tells by events alone`;
  const message = written({
    what: `Job ${name} ${lacking}, for more than 2 minutes. ${why}`,
    remedies: [
      { text: 'see what it says', command: kubectl(key.namespace, 'describe', 'job', name) },
      {
        text: 'ask the administrator of the namespace to make room',
        command: kubectl(key.namespace, 'describe', 'quota'),
      },
    ],
  });
  return { problem: { reason: 'PodsMissing', message, isStalled: true } };
}

/** What pods name that may not exist: the API server takes such a Job, and denies its pods. */
function named({ snapshot }: AttemptFacts): string {
  const { pod, hardware } = snapshot() ?? {};
  const runtime = pod?.runtimeClassName ?? hardware?.runtimeClassName;
  const names = [
    ...(pod?.serviceAccountName === undefined ? [] : [`ServiceAccount ${pod.serviceAccountName}`]),
    ...(pod?.priorityClassName === undefined ? [] : [`PriorityClass ${pod.priorityClassName}`]),
    ...(runtime === undefined ? [] : [`RuntimeClass ${runtime}`]),
  ].map((name) => shortened(name, longestName));
  return names.length === 0 ? '' : `, or what they name does not exist (${names.join(', ')})`;
}

/**
 * When it is said that a Job whose `main` ran makes another pod, if it has none; undefined if it has one. A Job that is about to fail for
 * its last pod looks the same for a moment.
 */
export function untilAwaited(facts: AttemptFacts, now: Date): Milliseconds | undefined {
  const { job } = facts;
  if (job === undefined || remembered(facts).ran !== true || isSuspended(job) || podsOf(facts) > 0) return undefined;
  return lastEndOf(facts) + toldAfter - now.getTime();
}

/** Also for the moment until the Job controller has seen that it goes on. */
function isSuspended({ spec, status }: IJob): boolean {
  return (
    spec?.suspend === true ||
    status?.conditions?.some((one) => one.type === 'Suspended' && one.status === 'True') === true
  );
}

/** How many pods a Job has that work, will, or have ended well; some of the latter may be gone. */
function podsOf({ job, pods }: AttemptFacts): number {
  const succeeded = pods.filter(({ status }) => status?.phase === 'Succeeded').length;
  return pods.filter(isUnfinished).length + Math.max(succeeded, job?.status?.succeeded ?? 0);
}

function lastEndOf({ pods }: AttemptFacts): Milliseconds {
  return Math.max(0, ...pods.map(lastEnd));
}
