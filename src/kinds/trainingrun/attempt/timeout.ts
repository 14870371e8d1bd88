import { milliseconds } from '../../../api/duration.ts';
import { timeoutAnnotation } from '../../../api/labels.ts';
import type { ITrainingRun } from '../../../api/types.ts';
import type { JobSpec } from '../stages/stage.ts';
import type { Snapshot } from '../start/snapshot.ts';

/**
 * How many seconds a Job of an attempt has, of what spec.timeout gives to all of them together; undefined if that has no end. A Job has one at
 * least, so that it is the Job which tells that they are over.
 */
export function deadlineOf({ spec }: ITrainingRun, { spent = 0 }: Pick<Snapshot, 'spent'>): number | undefined {
  const timeout = milliseconds(spec.timeout ?? '');
  return timeout === undefined ? undefined : Math.max(1, Math.ceil(timeout / 1000) - spent);
}

/** What is our own of a Job's deadline: the annotation tells it from one that others set, which is left to them. */
export function timeoutParts(deadline: number | undefined): {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: Pick<JobSpec, 'activeDeadlineSeconds'>;
} {
  if (deadline === undefined) return {};
  return {
    annotations: { [timeoutAnnotation]: String(deadline) },
    spec: { activeDeadlineSeconds: deadline },
  };
}
