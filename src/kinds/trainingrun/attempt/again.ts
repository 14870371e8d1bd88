import type { Milliseconds } from '../../../api/duration.ts';
import { kubectl } from '../../../api/command.ts';
import { written } from '../../../api/message.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import { defined } from '../../../api/defined.ts';
import { endOf, isFinished } from '../../../workload/job.ts';
import { mainStatus } from '../../../workload/diagnosis/containers.ts';
import { disruptionOf, isDisrupted, isEndUnknown, isRefused } from '../../../workload/podend.ts';
import { rerunCommand } from '../status/advice.ts';
import type { Snapshot } from '../start/snapshot.ts';
import { cancelled, type Conclusion, failed, soon } from './conclusion.ts';
import { type Cause, type Ending, endingOf } from './ending.ts';
import type { AttemptFacts } from './facts.ts';
import { pauseOf } from './gang.ts';
import { gangGaveUp } from './gangwaits.ts';
import { creations } from './job.ts';
import { mayHaveRun } from './memory.ts';
import { mostRetries } from './names.ts';
import { hasStarted } from './progress.ts';
import { superseded } from './superseded.ts';
import { spentUntil } from './timedout.ts';

const longestDelay: Milliseconds = 300_000;
const firstDelay: Milliseconds = 10_000;

/** How often a stage is made again for pods that are not its Job's: what makes them may be there to stay, such as a webhook. */
const mostForged = 3;

/**
 * A Job that is made again is of the same attempt with the same recipe. What the cluster cut short is not counted, and made again after a
 * delay that grows, since the same may befall it again. An attempt that another one followed was over before that: status was lost,
 * and what came next here was cancelled.
 */
export function stageIsMadeAgain(facts: AttemptFacts, now: Date): Conclusion | undefined {
  const { attempt, job, run } = facts;
  const snapshot = job && isFinished(job) ? facts.snapshot() : undefined;
  if (snapshot === undefined) return undefined;
  const ending = endingOf(facts, snapshot, now);
  switch (ending.type) {
    case 'Own':
      return undefined;
    case 'Unseen':
      return { attempt, requeueAfter: ending.requeueAfter };
    case 'Lost':
      return { attempt: failed(facts, lost(facts), now) };
    case 'Again':
      if (!facts.isNewest) return { attempt: failed(facts, cancelled(facts), now) };
      if (facts.edit() !== undefined && !ranUntil(facts, snapshot, ending)) return superseded(facts, now);
      if (facts.retry >= mostRetries) return { attempt: failed(facts, tooOften(facts, ending), now) };
      if (ending.cause === 'Forged' && (snapshot.forged ?? 0) >= mostForged) {
        return { attempt: failed(facts, forgedAgain(facts), now) };
      }
      return run.spec.suspend === true ? { attempt } : again(facts, snapshot, ending, now);
  }
}

function again(facts: AttemptFacts, snapshot: Snapshot, ending: Again, now: Date): Conclusion {
  const { cause, failures } = ending;
  const { run, attempt, stage, job, retry } = facts;
  const isCounted = cause === 'Failed';
  const uncounted = Math.max(0, retry - (stage.isGang?.(snapshot.recipe) === true ? failures : 0));
  const delay = cause === 'GangWaits' ? pauseOf(run, uncounted + 1) : delayOf(uncounted);
  const left = isCounted ? 0 : endedAt(facts) + delay - now.getTime();
  const problem = cause === 'GangWaits' ? gangGaveUp(facts, uncounted + 1) : waits(facts, cause, uncounted);
  if (left > 0) return { attempt, problem, requeueAfter: left };
  const attemptUID = facts.uid() ?? (job && uidOf(job));
  const ran = ranUntil(facts, snapshot, ending) ? true : undefined;
  const forged = cause === 'Forged' ? (snapshot.forged ?? 0) + 1 : snapshot.forged;
  const next = defined<Snapshot>({
    ...snapshot,
    attemptUID,
    failures,
    ran,
    forged,
    spent: spentUntil(facts, snapshot),
  });
  const actions = creations(stage, run, next, retry + 1) ?? [];
  // What was told while it waited need not be told again.
  const told = !isCounted && uncounted === 0 ? { problem } : { progress: hasStarted(facts.key, attempt.name) };
  return { attempt, actions, ...told, requeueAfter: soon };
}

type Again = Extract<Ending, { type: 'Again' }>;

/** At once for the first time, then 10 seconds, and twice as long each time. */
export function delayOf(uncounted: number): Milliseconds {
  return uncounted === 0 ? 0 : Math.min(longestDelay, firstDelay * 2 ** Math.min(uncounted - 1, 10));
}

/** Whether `main` ran in that Job or one before; what gave up before its gang was whole has not. */
function ranUntil(facts: AttemptFacts, { ran }: Snapshot, { cause }: Again): boolean {
  return cause === 'GangWaits' ? ran === true : mayHaveRun(facts);
}

function endedAt({ job }: AttemptFacts): Milliseconds {
  return Date.parse((job && endOf(job)) ?? '') || 0;
}

function waits(facts: AttemptFacts, cause: Cause, uncounted: number) {
  const seconds = delayOf(uncounted) / 1000;
  const when = seconds === 0 ? '' : ` after ${seconds} seconds, since that is time ${uncounted + 1}`;
  const message = written({
    what: `${whatBefell(facts, cause)}. It is not counted as a failure, and the Job is made again${when}`,
    remedies: [
      {
        text: 'if it happens again and again, ask the administrator of the nodes; see the nodes',
        command: kubectl(undefined, 'describe', 'nodes'),
      },
    ],
    quote: quoteOf(facts),
  });
  return { reason: cause, message, isStalled: false };
}

function tooOften(facts: AttemptFacts, { cause }: Again) {
  const message = written({
    what: `${whatBefell(facts, cause)}, and its Job was made again more than ${mostRetries} times`,
    remedies: [{ text: 'ask the administrator of the nodes, then run it again', command: rerunCommand(facts.key) }],
    quote: quoteOf(facts),
  });
  return { verdict: 'Failed', reason: cause, message } as const;
}

function forgedAgain({ key, attempt, forgedPods }: AttemptFacts) {
  const pod = forgedPods.map((one) => keyOf(one).name)[0] ?? '';
  const message = written({
    what:
      `time and again a pod of attempt ${attempt.name} did not run what its Job says: another command, other arguments or variables than ` +
      `declared. Somebody makes such pods, or a webhook of the cluster changes them`,
    remedies: [
      { text: 'see what it runs', command: kubectl(key.namespace, 'get', 'pod', pod, '-o', 'yaml') },
      { text: 'once it is as declared, run it again', command: rerunCommand(key) },
    ],
  });
  return { verdict: 'Failed', reason: 'Forged', message } as const;
}

function whatBefell({ attempt }: AttemptFacts, cause: Cause): string {
  switch (cause) {
    case 'Refused':
      return `a node refused the pod of attempt ${attempt.name} before any container of it started`;
    case 'Forged':
      return `a pod that Job ${attempt.stages?.at(-1)?.job ?? ''} did not make bore its UID, and was counted as if it were of attempt ${attempt.name}`;
    case 'GangWaits':
      return `main of attempt ${attempt.name} gave up before all pods of its gang had a place`;
    case 'EndUnknown':
      return `the kubelet does not know how main of attempt ${attempt.name} ended, as after a crash of its node`;
    default:
      return `a pod of attempt ${attempt.name} was taken away before main had ended`;
  }
}

function quoteOf({ pods }: AttemptFacts) {
  const disruption = pods.filter(isDisrupted).map(disruptionOf)[0];
  if (disruption !== undefined) return { by: 'the cluster', words: disruption.message ?? disruption.reason };
  const refused = pods.find(isRefused)?.status;
  const lost = pods.filter(isEndUnknown).map(mainStatus)[0]?.state?.terminated;
  const { reason, message } = refused ?? lost ?? {};
  return reason === undefined ? undefined : { by: 'the kubelet', words: [reason, message].filter(Boolean).join(': ') };
}

function lost(facts: AttemptFacts) {
  const { job, key } = facts;
  const name = job === undefined ? '' : keyOf(job).name;
  const message = written({
    what:
      `Job ${name} completed, but nobody saw each of its pods end by itself, and a pod that was evicted can look the same: they are gone, ` +
      `and the results with them. The model, if there is one, is not registered`,
    remedies: [
      { text: 'train again', command: rerunCommand(key) },
      { text: 'see the Job', command: kubectl(key.namespace, 'describe', 'job', name) },
    ],
  });
  return { verdict: 'ResultsLost', reason: 'ResultsLost', message } as const;
}
