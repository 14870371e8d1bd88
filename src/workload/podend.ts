/** How a pod came to its end: by itself, or because somebody took it away, or because its node never took it. */
import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../api/duration.ts';
import { containersOf, isUnstarted, mainStatus } from './diagnosis/containers.ts';
import { conditionOf, goingSince, isGoing } from './diagnosis/times.ts';

/** The condition of a pod that the cluster takes away; it stays on the pod as long as that is seen. */
export function disruptionOf(pod: IPod) {
  const disruption = conditionOf(pod, 'DisruptionTarget');
  return disruption?.status === 'True' ? disruption : undefined;
}

/**
 * Whether the cluster took a pod away before `main` had ended. Its phase tells nothing: a program that saves its work when it is asked
 * to end leaves a pod that succeeded.
 */
export function isDisrupted(pod: IPod): boolean {
  const disruption = disruptionOf(pod);
  return disruption !== undefined && !endedBefore(pod, Date.parse(disruption.lastTransitionTime ?? ''));
}

/** Whether `main` came to its end before anybody, the cluster or a person, set out to take its pod away. */
export function endedByItself(pod: IPod): boolean {
  if (mainStatus(pod)?.state?.terminated === undefined || isDisrupted(pod)) return false;
  return !isGoing(pod) || endedBefore(pod, goingSince(pod));
}

/** Whether the kubelet did not take a pod: it failed, and no container of it ever started. */
export function isRefused(pod: IPod): boolean {
  return pod.status?.phase === 'Failed' && !isDisrupted(pod) && !hasStarted(pod);
}

/** Whether `main` runs or ran, as far as its pod tells. */
export function mainRan(pod: IPod): boolean {
  const { state, lastState } = mainStatus(pod) ?? {};
  if (state?.running !== undefined || lastState?.terminated !== undefined) return true;
  return state?.terminated !== undefined && !isUnstarted(state.terminated) && !isUnknown(pod, state.terminated.reason);
}

export function mainRuns(pod: IPod): boolean {
  return pod.status?.phase === 'Running' && mainStatus(pod)?.state?.running !== undefined;
}

/** When `main` ended; undefined if that is not known. */
export function mainEnd(pod: IPod): Milliseconds | undefined {
  const time = Date.parse(mainStatus(pod)?.state?.terminated?.finishedAt ?? '');
  return Number.isNaN(time) ? undefined : time;
}

/** Whether the pod is neither over nor about to be. */
export function isLiving(pod: IPod): boolean {
  const { status } = pod;
  return !isGoing(pod) && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** When the last container of a pod ended; 0 if none has. */
export function lastEnd(pod: IPod): Milliseconds {
  return Math.max(
    0,
    ...containersOf(pod).map(({ status }) => Date.parse(status.state?.terminated?.finishedAt ?? '') || 0),
  );
}

function endedBefore(pod: IPod, time: Milliseconds): boolean {
  const end = mainEnd(pod);
  return end !== undefined && end < time;
}

/** A container that could not be started counts: the node took the pod. */
function hasStarted(pod: IPod): boolean {
  return containersOf(pod).some(({ status: { state, lastState, restartCount } }) => {
    if (state?.running !== undefined || lastState?.terminated !== undefined || restartCount > 0) return true;
    return state?.terminated !== undefined && !isUnknown(pod, state.terminated.reason);
  });
}

/** What the kubelet writes of each container of a pod that it did not take, and of one that it lost: the pod says which it was. */
function isUnknown({ status }: IPod, reason: string | undefined): boolean {
  return reason === 'ContainerStatusUnknown' && status?.reason !== undefined;
}
