import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { kubectl, patchCommand } from '../../../api/command.ts';
import { suspendedAnnotation } from '../../../api/labels.ts';
import { lasting } from '../../../api/lasting.ts';
import { timestamp } from '../../../api/condition.ts';
import { type Remedy, written } from '../../../api/message.ts';
import type { Milliseconds } from '../../../api/duration.ts';
import { keyOf } from '../../../api/resource.ts';
import { goingSince } from '../../../workload/diagnosis/times.ts';
import {
  disruptionOf,
  endedByItself,
  isLiving,
  isUnfinished,
  mainEnd,
  mainRan,
  mainRuns,
  workEnd,
} from '../../../workload/podend.ts';
import { indexOf } from '../../../workload/job.ts';
import { cancelCommand, describeCommand } from '../status/advice.ts';
import type { AttemptFacts } from './facts.ts';
import { toldAfter } from './memory.ts';
import type { Held } from './waiting.ts';
import type { RunReason } from '../status/reasons.ts';

/** How long the others of a gang may work on when its first pod has ended: it alone reports. */
const othersTolerated: Milliseconds = 600_000;

/** Somebody else than us holds the Job back: a queue, or a person. */
export function jobIsSuspended({ job, key, attempt }: AttemptFacts, now: Date): Held | undefined {
  if (job?.spec?.suspend !== true || job.metadata?.annotations?.[suspendedAnnotation] !== undefined) return undefined;
  const name = keyOf(job).name;
  return lastingState(
    now,
    conditionOf(job, 'Suspended')?.lastTransitionTime,
    'JobSuspended',
    `attempt ${attempt.name} does not run: somebody else than Flyball, such as a queue, suspended its Job ${name}`,
    [
      {
        text: 'wait for the queue, if there is one; see the Job',
        command: kubectl(key.namespace, 'describe', 'job', name),
      },
      { text: 'let it go on', command: patchCommand('job', { ...key, name }, { suspend: false }) },
    ],
  );
}

/** The Job's end is decided, and the pods that are left have still to go. */
export function jobIsEnding({ job, key, attempt }: AttemptFacts, now: Date): Held | undefined {
  const ending = job && (conditionOf(job, 'FailureTarget') ?? conditionOf(job, 'SuccessCriteriaMet'));
  if (job === undefined || ending === undefined) return undefined;
  return lastingState(
    now,
    ending.lastTransitionTime,
    'JobEnding',
    `Job ${keyOf(job).name} is about to end (${ending.type}, ${ending.reason ?? 'no reason'}) and waits for its last pods to go`,
    [{ text: 'see which one does not', command: describeCommand(key, attempt.name) }],
    { by: 'the Job controller', words: ending.message },
  );
}

/** A pod that has to go and does not, such as one whose node is lost, keeps the Job from making another one. */
export function podIsLeaving({ pods, key, attempt }: AttemptFacts, now: Date): Held | undefined {
  const leaving = pods.find((pod) => isUnfinished(pod) && (!isLiving(pod) || disruptionOf(pod) !== undefined));
  if (leaving === undefined) return undefined;
  const disruption = disruptionOf(leaving);
  return lastingState(
    now,
    disruption?.lastTransitionTime ?? mayTakeUntil(leaving),
    'PodLeaving',
    `pod ${keyOf(leaving).name} of attempt ${attempt.name} is being taken away and does not end, so that its Job makes no other one`,
    [
      {
        text: 'see the pod and its node; if the node is gone for good, its administrator has to delete it',
        command: describeCommand(key, attempt.name),
      },
    ],
    { by: 'the cluster', words: disruption?.message },
  );
}

/** A main that runs may take all the grace of its pod to end; one that never ran has nothing to do. */
function mayTakeUntil(pod: IPod): string | undefined {
  const { deletionTimestamp } = pod.metadata ?? {};
  return deletionTimestamp === undefined || mainRan(pod) ? deletionTimestamp : timestamp(new Date(goingSince(pod)));
}

/** `main` has ended, and the pod or its Job is not over: kubelet or Job controller has still to say so. */
export function endIsAwaited({ job, pods, key, attempt }: AttemptFacts, now: Date): Held | undefined {
  const left = pods.filter(({ status }) => status?.phase !== 'Failed');
  const ends = left.flatMap((pod) => workEnd(pod) ?? []);
  if (job === undefined || ends.length === 0 || ends.length < left.length) return undefined;
  const phases = [...new Set(left.map(({ status }) => status?.phase ?? 'Unknown'))].join(' and ');
  return lastingState(
    now,
    timestamp(new Date(Math.max(...ends))),
    'EndAwaited',
    `main of attempt ${attempt.name} has ended, and its Job ${keyOf(job).name} is not over; the phase of what main ran in is ${phases}`,
    [
      { text: 'see the Job', command: kubectl(key.namespace, 'describe', 'job', keyOf(job).name) },
      { text: 'see its pods', command: describeCommand(key, attempt.name) },
    ],
  );
}

/** The first pod of a gang has ended and reported, and others go on for long: they may wait for it for ever. */
export function othersRunOn({ job, pods, key, attempt }: AttemptFacts, now: Date): Held | undefined {
  const first = pods.find((pod) => indexOf(pod) === 0 && endedByItself(pod));
  const end = first && mainEnd(first);
  const others = pods.filter(mainRuns).filter((pod) => indexOf(pod) !== 0);
  if (job === undefined || end === undefined || others.length === 0) return undefined;
  const left = end + othersTolerated - now.getTime();
  if (left > 0) return { requeueAfter: left };
  const names = others.slice(0, 3).map((pod) => keyOf(pod).name);
  return lastingState(
    now,
    timestamp(new Date(end)),
    'OthersRunOn',
    `the pod with index 0 of attempt ${attempt.name} has ended and reported, and ${others.length} others still run, so that the attempt does not end`,
    [
      { text: 'see what one of them does', command: kubectl(key.namespace, 'logs', names[0] ?? '', '-c', 'main') },
      { text: 'end the attempt without its results', command: cancelCommand(key, keyOf(job).name) },
    ],
  );
}

/** A state that lasts, with its length; most pass by themselves before they are worth a word. */
function lastingState(
  now: Date,
  since: string | undefined,
  reason: RunReason,
  what: string,
  remedies: readonly Remedy[],
  quote?: { readonly by: string; readonly words: string | undefined },
): Held {
  const early = (Date.parse(since ?? '') || 0) + toldAfter - now.getTime();
  if (early > 0) return { requeueAfter: early };
  const { words, after } = lasting(since, now);
  const message = written({ what: words === undefined ? what : `${what}, ${words}`, remedies, quote });
  const next = after === undefined ? {} : { requeueAfter: after };
  return { problem: { reason, message, isStalled: false }, ...next };
}

function conditionOf({ status }: IJob, type: string) {
  return status?.conditions?.find((condition) => condition.type === type && condition.status === 'True');
}
