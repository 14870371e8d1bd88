/** How a pod came to its end: by itself, or because somebody took it away, or because its node never took it. */
import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../api/duration.ts';
import { containersOf, decidingOf, type End, isLost, isUnstarted, mainStatus } from './diagnosis/containers.ts';
import { conditionOf, goingSince, isGoing, timeOf } from './diagnosis/times.ts';

/** Times have the precision of seconds, so that of two that differ by one nobody knows which was first. */
const precision: Milliseconds = 1000;

/** The condition of a pod that the cluster takes away; it stays on the pod as long as that is seen. */
export function disruptionOf(pod: IPod) {
  const disruption = conditionOf(pod, 'DisruptionTarget');
  return disruption?.status === 'True' ? disruption : undefined;
}

/**
 * Whether the cluster took a pod away before its work had ended. Its phase tells nothing: a program that saves its work when it is asked
 * to end leaves a pod that succeeded.
 */
export function isDisrupted(pod: IPod): boolean {
  const disruption = disruptionOf(pod);
  return disruption !== undefined && !endedBefore(pod, Date.parse(disruption.lastTransitionTime ?? ''));
}

/** Whether anybody, the cluster or a person, took a pod away before its work had ended. A deletion by hand sets no condition. */
export function isTakenAway(pod: IPod): boolean {
  return isDisrupted(pod) || (isGoing(pod) && !endedBefore(pod, goingSince(pod)));
}

/** Whether nobody knows how a pod's work ended, as after a crash of its node, nor does the kubelet say why the pod failed. */
export function isEndUnknown(pod: IPod): boolean {
  return isFailed(pod) && isLost(decidingOf(pod)?.status.state?.terminated) && (pod.status?.reason ?? '') === '';
}

/** Whether `main` came to its end, and nobody else brought it there. */
export function endedByItself(pod: IPod): boolean {
  const end = mainStatus(pod)?.state?.terminated;
  return end !== undefined && !isLost(end) && !isTakenAway(pod);
}

/** Whether a pod failed by what is neither the code's fault nor its success: taken away, refused, or lost. */
export function isCutShort(pod: IPod): boolean {
  return isFailed(pod) && (isTakenAway(pod) || isRefused(pod) || isEndUnknown(pod));
}

/** Whether the kubelet did not take a pod: it failed, and no container of it ever started. */
export function isRefused(pod: IPod): boolean {
  return isFailed(pod) && !isTakenAway(pod) && !hasStarted(pod);
}

/** Whether `main` runs or ran, as far as its pod tells. */
export function mainRan(pod: IPod): boolean {
  const { state, lastState } = mainStatus(pod) ?? {};
  if (state?.running !== undefined || lastState?.terminated !== undefined) return true;
  const end = state?.terminated;
  return end !== undefined && !isUnstarted(end) && !isUnknown(pod, end.reason) && !isMadeUp(pod, end);
}

/** What the kubelet writes of a container that never ran when its pod has to go: it found none to tell of. */
function isMadeUp(pod: IPod, end: End): boolean {
  const { containerID = '' } = mainStatus(pod) ?? {};
  return isGoing(pod) && end.reason === 'ContainerStatusUnknown' && containerID === '' && timeOf(end.startedAt) <= 0;
}

/** A pod whose `main` is an init container is pending as long as that runs. */
export function mainRuns(pod: IPod): boolean {
  const isThere = ['Running', 'Pending'].includes(pod.status?.phase ?? '');
  return isThere && mainStatus(pod)?.state?.running !== undefined;
}

/** When `main` ended; undefined if that is not known, of which runtimes make the year 1970. */
export function mainEnd(pod: IPod): Milliseconds | undefined {
  const time = Date.parse(mainStatus(pod)?.state?.terminated?.finishedAt ?? '');
  return time > 0 ? time : undefined;
}

/**
 * When the work of a pod was done, or had failed; undefined if that is not known. Whatever befalls the pod afterwards does no harm: what was
 * saved is all that `main` had left by then.
 */
export function workEnd(pod: IPod): Milliseconds | undefined {
  const { status, saves } = decidingOf(pod) ?? {};
  const end = status?.state?.terminated;
  if (saves === true && end?.exitCode === 0) return mainEnd(pod);
  return timeOf(end?.finishedAt) > 0 ? timeOf(end?.finishedAt) : undefined;
}

/** Whether the pod is neither over nor about to be. */
export function isLiving(pod: IPod): boolean {
  return !isGoing(pod) && isUnfinished(pod);
}

export function isUnfinished({ status }: IPod): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** When the last container of a pod ended; 0 if none has. */
export function lastEnd(pod: IPod): Milliseconds {
  return Math.max(
    0,
    ...containersOf(pod).map(({ status }) => Date.parse(status.state?.terminated?.finishedAt ?? '') || 0),
  );
}

function endedBefore(pod: IPod, time: Milliseconds): boolean {
  const end = workEnd(pod);
  return end !== undefined && end + lagOf(pod) + precision < time;
}

/**
 * How far the clock of a pod's node is behind that of the API server, at least. The kubelet dates ends, the API server dates evictions
 * and deletions. No node starts a pod before it was given it.
 */
function lagOf(pod: IPod): Milliseconds {
  const started = pod.status?.startTime;
  return started === undefined
    ? 0
    : Math.max(0, timeOf(conditionOf(pod, 'PodScheduled')?.lastTransitionTime) - timeOf(started));
}

export function isFailed({ status }: IPod): boolean {
  return status?.phase === 'Failed';
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
