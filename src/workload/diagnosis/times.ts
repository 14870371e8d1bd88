/** When something began, by what a pod tells of itself. All times have the precision of seconds. */
import type { IPod } from 'kubernetes-models/v1';
import { type ContainerReport, containersOf } from './containers.ts';

export function conditionOf({ status }: IPod, type: string) {
  return status?.conditions?.find((condition) => condition.type === type);
}

/** Whether people or the cluster have asked for its end. */
export function isGoing({ metadata }: IPod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

/** When it got its node, or was made. */
export function beginOf(pod: IPod): string | undefined {
  const scheduled = conditionOf(pod, 'PodScheduled');
  return (
    pod.status?.startTime ??
    (scheduled?.status === 'True' ? scheduled.lastTransitionTime : undefined) ??
    pod.metadata?.creationTimestamp
  );
}

/** Since when it is this container's turn: all that start before it have ended or run. */
export function turnOf(pod: IPod, { part, status }: ContainerReport): string | undefined {
  const initialized = conditionOf(pod, 'Initialized');
  if (part === 'Regular' && initialized?.status === 'True') return initialized.lastTransitionTime ?? beginOf(pod);
  const others = containersOf(pod).filter((one) => one.part !== 'Regular' && one.status.name !== status.name);
  const times = others.flatMap(({ status: { state } }) => [state?.terminated?.finishedAt, state?.running?.startedAt]);
  return latest([beginOf(pod), ...times]);
}

/** Times that nobody knows are left out; the API server writes them as null. */
export function latest(times: readonly (string | null | undefined)[]): string | undefined {
  return times
    .filter((time) => typeof time === 'string')
    .toSorted((one, other) => timeOf(one) - timeOf(other))
    .at(-1);
}

/** In milliseconds; 0 if nobody knows. */
export function timeOf(time: string | null | undefined): number {
  return Date.parse(time ?? '') || 0;
}

/** When its end was asked for: deletionTimestamp is when its grace is over. */
export function goingSince({ metadata }: IPod): number {
  const grace = (metadata?.deletionGracePeriodSeconds ?? 0) * 1000;
  return metadata?.deletionTimestamp === undefined ? Infinity : timeOf(metadata.deletionTimestamp) - grace;
}
