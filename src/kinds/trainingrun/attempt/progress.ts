import { kubectl } from '../../../api/command.ts';
import { label } from '../../../api/labels.ts';
import { written } from '../../../api/message.ts';
import { type Key, keyOf } from '../../../api/resource.ts';
import { firstMatch, type Rule } from '../../../api/rules.ts';
import { isFinished } from '../../../workload/job.ts';
import { evictionProblem } from './eviction.ts';
import type { AttemptFacts } from './facts.ts';
import { gangWaits } from './gangwaits.ts';
import { endIsAwaited, jobIsEnding, jobIsSuspended, othersRunOn, podIsLeaving } from './held.ts';
import { ageOf, remembered, toldAfter } from './memory.ts';
import { lengthOf } from './length.ts';
import { podsAreMissing, untilAwaited } from './missing.ts';
import { notRunning } from './notrunning.ts';
import { moreTime, timeoutOf } from './timedout.ts';
import { type Held, podsAreWaiting } from './waiting.ts';
import type { RunReason } from '../status/reasons.ts';

/** What an attempt does to which nothing is known to be wrong. */
export interface Progress {
  /** CamelCase, the reason of a condition. */
  readonly reason: RunReason;
  readonly message: string;
}

/** Right after the start nothing is known, and of short trainings nothing has to be told. */
export const startedReason = 'Started';

/** The pod is gone, and its Job makes another one. */
export const awaitedReason = 'PodAwaited';

/** What is told at once, since it cannot be otherwise a moment later. */
const atOnce: readonly Rule<[AttemptFacts, Date], Held>[] = [gangWaits, podsAreWaiting, podsAreEvicted];

/** What is told once the Job has some age: most of it passes by itself in the ordinary course of things. */
const later: readonly Rule<[AttemptFacts, Date], Held>[] = [
  jobIsSuspended,
  jobIsEnding,
  notRunning,
  podIsLeaving,
  podsAreMissing,
  endIsAwaited,
  othersRunOn,
];

/** How an attempt whose Job is not over fares. Only while `main` runs, or has ended, does it train. */
export function fares(facts: AttemptFacts, now: Date): Held {
  const { job, run } = facts;
  if (job === undefined || run.spec.suspend === true) return {};
  const known = firstMatch(atOnce, facts, now);
  if (known?.problem !== undefined) return known;
  const left = toldAfter - ageOf(facts, now);
  const held = later.map((rule) => rule(facts, now)).filter((one) => one !== undefined);
  if (left > 0) return soonest([{ requeueAfter: left }]);
  const [first] = held.filter(({ problem }) => problem !== undefined);
  return { ...(first?.problem !== undefined && { problem: first.problem }), ...soonest(held) };
}

/** What is told of an attempt without a problem. Once `main` ran, status remembers it, and the words stay while there is a pod. */
export function progressOf(facts: AttemptFacts, now: Date): Progress {
  const { key, attempt, stage, job } = facts;
  if (job === undefined || remembered(facts).ran !== true || ageOf(facts, now) < toldAfter) {
    return hasStarted(key, attempt.name);
  }
  if (!isFinished(job) && (untilAwaited(facts, now) ?? 1) <= 0) return awaitsPod(facts, keyOf(job).name);
  const timeout = timeoutOf(facts);
  const until = timeout === undefined ? '' : `; spec.timeout ends it after ${timeout}`;
  return {
    reason: stage.reason,
    message: written({
      what: `attempt ${attempt.name} ${stage.verb}${lengthOf(facts, now).words ?? ''}${until}`,
      remedies: [
        { text: 'follow it', command: kubectl(key.namespace, 'logs', '-f', `job/${keyOf(job).name}`, '-c', 'main') },
        ...(timeout === undefined ? [] : [moreTime(facts, timeout)]),
      ],
    }),
  };
}

export function hasStarted({ namespace }: Key, attempt: string): Progress {
  const command = kubectl(namespace, 'get', 'pods', '-l', `${label.attempt}=${attempt}`);
  const message = written({
    what: `attempt ${attempt} has started`,
    remedies: [{ text: 'see its pods', command }],
  });
  return { reason: startedReason, message };
}

function awaitsPod({ key, attempt }: AttemptFacts, job: string): Progress {
  const message = written({
    what:
      `attempt ${attempt.name} has no pod at the moment. Its Job makes another one by itself, after a failure with a delay that grows to ` +
      `10 minutes, unless a quota or an admission rule denies it, which it tells by events alone`,
    remedies: [{ text: 'see what it says', command: kubectl(key.namespace, 'describe', 'job', job) }],
  });
  return { reason: awaitedReason, message };
}

function podsAreEvicted(facts: AttemptFacts): Held | undefined {
  const problem = evictionProblem(facts);
  return problem && { problem };
}

export function soonest(held: readonly Held[]): Pick<Held, 'requeueAfter'> {
  const delays = held.flatMap(({ requeueAfter }) => requeueAfter ?? []);
  return delays.length === 0 ? {} : { requeueAfter: Math.min(...delays) };
}
