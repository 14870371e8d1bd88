import type { IPod } from 'kubernetes-models/v1';
import { defined } from '../../api/defined.ts';
import { keyOf } from '../../api/resource.ts';
import { containersOf, isSaved, mainStatus } from '../../workload/diagnosis/containers.ts';
import { mainRuns } from '../../workload/podend.ts';
import { findingOf, stillWaiting } from '../../workload/diagnosis/index.ts';
import type { Place } from '../../workload/diagnosis/place.ts';
import { beginOf, latest } from '../../workload/diagnosis/times.ts';
import { clauses, figures, type Standing, type TreeNode } from './node.ts';

/** A pod: what is wrong with it, or what it waits for, in the words of the diagnosis that conditions have too; else its phase. */
export function podNode(pod: IPod, place: Place, now: Date): TreeNode {
  const containers = containersOf(pod).filter(({ part }) => part !== 'Init');
  const ready = containers.filter(({ status }) => status.ready).length;
  const restarts = containersOf(pod).reduce((sum, { status }) => sum + status.restartCount, 0);
  const total = pod.spec?.containers?.length === undefined ? containers.length : declaredOf(pod);
  const node = pod.spec?.nodeName;
  const { detail, ...standing } = standingOf(pod, place, now);
  return defined<TreeNode>({
    kind: 'Pod',
    ...keyOf(pod),
    ...standing,
    detail: clauses(
      detail,
      detail !== undefined || isOver(pod) || trains(pod) ? undefined : `${ready}/${total} ready`,
      restarts === 0 ? undefined : `${restarts} ${restarts === 1 ? 'restart' : 'restarts'}`,
      node && `node ${node}`,
    ),
    figures: figures({ phase: pod.status?.phase, ready, containers: total, restarts, node }),
    children: [],
  });
}

function standingOf(pod: IPod, place: Place, now: Date): Standing {
  const { metadata } = pod;
  const wrong = findingOf([pod], place);
  const finding = wrong ?? stillWaiting([pod], place, now);
  if (finding !== undefined) {
    const { reason, what, move, since } = finding;
    const isWaiting = wrong === undefined || move === 'Wait';
    return defined<Standing>({
      state: reason,
      tone: isWaiting ? 'waiting' : 'bad',
      detail: what,
      since: since ?? sinceOf(pod),
    });
  }
  if (metadata?.deletionTimestamp !== undefined && !isOver(pod)) {
    return { state: 'Terminating', tone: 'waiting', since: metadata.deletionTimestamp };
  }
  const phase = trains(pod) ? 'Running' : (pod.status?.phase ?? 'Unknown');
  const tone = { Running: 'good', Succeeded: 'good', Failed: 'bad' } as const;
  return defined<Standing>({ state: phase, tone: tone[phase as keyof typeof tone] ?? 'waiting', since: sinceOf(pod) });
}

/** When its container ended, or began to run; else when the pod began. */
function sinceOf(pod: IPod): string | undefined {
  const ends = containersOf(pod).map(({ status }) => status.state?.terminated?.finishedAt);
  return (isOver(pod) ? latest(ends) : mainStatus(pod)?.state?.running?.startedAt) ?? beginOf(pod);
}

/** Where its output is saved, the command runs while the pod is pending to Kubernetes and none of its containers is ready. */
function trains(pod: IPod): boolean {
  return isSaved(pod) && mainRuns(pod);
}

function isOver({ status }: IPod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** How many of its containers stay, sidecars among them. */
function declaredOf({ spec }: IPod): number {
  const sidecars = spec?.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always') ?? [];
  return (spec?.containers?.length ?? 0) + sidecars.length;
}
