import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { type Key, keyOf } from '../../../api/resource.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { place, waitingMessage } from './words.ts';

/** Why something that was wanted does not go on. It is not an end: it goes away by itself once the cause is gone. */
export interface Problem {
  /** CamelCase, the reason of a condition. */
  readonly reason: string;
  readonly message: string;
  /** Whether only a person can help, and waiting cannot. */
  readonly isStalled: boolean;
  /** Whether it lies in the spec itself, so that part of what is declared can never happen, whatever becomes of attempts. */
  readonly isOfSpec?: true;
}

/** What keeps the pods of a Job from running, as kubelet and scheduler have reported it; undefined if nothing does. */
export function waitingProblem(run: Key, attempt: string, job: IJob, pods: readonly IPod[]): Problem | undefined {
  const pending = pods.filter(
    (pod) => pod.status?.phase === 'Pending' && pod.metadata?.deletionTimestamp === undefined,
  );
  const finding = findingOf(pending, place);
  if (finding === undefined) return undefined;
  const { reason, move } = finding;
  return { reason, message: waitingMessage(finding, run, attempt, keyOf(job).name), isStalled: move !== 'Wait' };
}
