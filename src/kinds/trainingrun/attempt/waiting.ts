import type { Milliseconds } from '../../../api/duration.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { isLiving, mainRuns } from '../../../workload/podend.ts';
import type { AttemptFacts } from './facts.ts';
import { placeOf } from './place.ts';
import { toldOf, waitingMessage } from './words.ts';
import type { RunReason } from '../status/reasons.ts';

/** Why something that was wanted does not go on. It is not an end: it goes away by itself once the cause is gone. */
export interface Problem {
  /** CamelCase, the reason of a condition. */
  readonly reason: RunReason;
  readonly message: string;
  /** Whether only a person can help, and waiting cannot. */
  readonly isStalled: boolean;
  /** Whether it lies in the spec itself, so that part of what is declared can never happen, whatever becomes of attempts. */
  readonly isOfSpec?: true;
}

/** What keeps an attempt from going on, and when that is told or its words change; without a problem it is not told yet. */
export interface Held {
  readonly problem?: Problem;
  readonly requeueAfter?: Milliseconds;
}

/** What keeps the pods of a Job from working, as kubelet and scheduler have reported it; undefined if nothing does. */
export function podsAreWaiting(facts: Waiting, now: Date): Held | undefined {
  const living = facts.pods.filter(isLiving);
  const finding = findingOf(living, placeOf(facts));
  if (finding === undefined) return undefined;
  const { reason, move } = finding;
  const { after } = toldOf(finding, facts, now);
  // What is wrong beside a `main` that runs may yet come to a good end.
  const isStalled = move !== 'Wait' && !living.every(mainRuns);
  const problem = { reason, message: waitingMessage(finding, facts, now), isStalled };
  return { problem, ...(after !== undefined && { requeueAfter: after }) };
}

type Waiting = Pick<AttemptFacts, 'attempt' | 'key' | 'stage' | 'snapshot' | 'job' | 'pods'>;
