/** How pods fared, by what the API server told of them. */
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../../src/api/kinds.ts';
import { jobController } from '../../../src/api/labels.ts';
import { type Resource, uidOf } from '../../../src/api/resource.ts';
import { isForged } from '../forged.ts';
import { mainContainer } from '../../../src/workload/container.ts';
import { type Evidence, lives } from './evidence.ts';

type States = readonly IPod[];

/** The states of each pod, oldest first, but for those that run what a hostile user wrote. */
export function podLives({ changes }: Pick<Evidence, 'changes'>): readonly States[] {
  return [...lives(changes, pods.plural).values()]
    .map((states) => states.map(({ object }) => object as IPod))
    .filter((states) => !states.some(isForged));
}

/** The pods of a Job. */
export function podsOf(all: readonly States[], job: Resource): readonly States[] {
  return all.filter((states) =>
    states.some(({ metadata }) => metadata?.ownerReferences?.some(({ uid }) => uid === uidOf(job))),
  );
}

/** The place of a pod in its gang; 0 for one that is in none. */
export function indexOf([first]: States): number {
  return Number(first?.metadata?.annotations?.[jobController.completionIndex] ?? 0);
}

/** Whether the user's container ended well, and nobody had asked the pod to end by then. */
export function isDoneByItself(states: States): boolean {
  const end = states.find((pod) => endOf(pod) !== undefined);
  return end !== undefined && endOf(end)?.exitCode === 0 && !isAskedBefore(end, endOf(end)?.finishedAt);
}

/** Whether a pod failed since a container that had started failed, and not since the cluster took it or would not have it. */
export function isFailedByItself(states: States): boolean {
  const failed = states.find(({ status }) => status?.phase === 'Failed');
  if (failed === undefined) return false;
  const ends = statusesOf(failed).flatMap(({ state }) => state?.terminated ?? []);
  const first = ends.filter(({ exitCode }) => exitCode !== 0).map(({ finishedAt }) => finishedAt ?? '');
  return first.length > 0 && !isAskedBefore(failed, first.toSorted()[0]);
}

/** Whether the user's container runs or has run. */
export function hasMain(pod: IPod): boolean {
  const { state, lastState } = mainOf(pod) ?? {};
  return [state?.running, state?.terminated, lastState?.terminated].some((told) => told !== undefined);
}

/** Whether a pod was to go, or was taken by the cluster, when a container of it ended. */
function isAskedBefore({ metadata, status }: IPod, ended: string | undefined): boolean {
  const disrupted = status?.conditions?.find(({ type, status: is }) => type === 'DisruptionTarget' && is === 'True');
  const grace = (metadata?.deletionGracePeriodSeconds ?? 0) * 1_000;
  const asked = [
    ...(disrupted === undefined ? [] : [Date.parse(disrupted.lastTransitionTime ?? '')]),
    ...(metadata?.deletionTimestamp === undefined ? [] : [Date.parse(metadata.deletionTimestamp) - grace]),
  ];
  // Of what happened in the same second one cannot tell which was first.
  return asked.some((time) => !(Date.parse(ended ?? '') < time));
}

function endOf(pod: IPod) {
  return mainOf(pod)?.state?.terminated;
}

function mainOf({ status }: IPod) {
  return status?.containerStatuses?.find(({ name }) => name === mainContainer);
}

function statusesOf({ status }: IPod) {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
}
