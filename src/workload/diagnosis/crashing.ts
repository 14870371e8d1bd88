/** Rules about a container of a living pod that came to an end where it should not. */
import type { IPod } from 'kubernetes-models/v1';
import { type ContainerReport, containersOf, isUnstarted, lastWords, titleOf, works } from './containers.ts';
import { about, type Case, type Finding, type Rule } from './finding.ts';
import { inMemory } from './memory.ts';
import { endedUnlessAnswering } from './probe.ts';
import { turnOf } from './times.ts';
import { refusalOf } from './waiting.ts';

/** Restarts that a container may need until its neighbours are there, and then how many are worth another word. */
const crashesTolerated = 2;
const crashSteps = [crashesTolerated, 10, 100];

/**
 * However it fares now: a server is judged by how often it came to an end. But not where a neighbour fails as well, without which it
 * may not be able to work.
 */
export const mainCrashing: Rule = (one) => {
  const { pod, container, place } = one;
  if (container?.isMain !== true || !isCrashing(container) || refusalOf(container) !== undefined) return undefined;
  const neighbours = containersOf(pod, place).filter(({ isMain }) => !isMain);
  return neighbours.some((neighbour) => fails(pod, neighbour)) ? undefined : crashed(one, container);
};

/** One that works by now is forgiven. */
export const neighbourCrashing: Rule = (one) => {
  const { container } = one;
  const isFailing = container?.isMain === false && isCrashing(container) && !container.status.ready;
  return isFailing ? crashed(one, container) : undefined;
};

/** It is not started again, since pods of Jobs start nothing again, and the pod goes on without it. */
export const neighbourEnded: Rule = ({ pod, container }) => {
  const end = container?.status.state?.terminated;
  if (container === undefined || end === undefined || container.isMain || !isOver(pod, container)) return undefined;
  return {
    ...about(container, end.finishedAt),
    reason: 'ContainerFailed',
    what: `${titleOf(container)} ended with exit code ${end.exitCode} and is not started again`,
    move: 'ReadLog',
    remedy: 'read why',
    quote: lastWords(container, end),
    evidence: isUnstarted(end)
      ? { type: 'Pods' }
      : { type: 'Log', pod: pod.metadata?.name ?? '', container: container.status.name, previous: false },
  };
};

function isCrashing({ status }: ContainerReport): boolean {
  return status.restartCount > crashesTolerated;
}

/** Ended for good and not well. A pod that starts its containers again says so only for a moment. */
function isOver({ spec }: IPod, { status, part }: ContainerReport): boolean {
  return spec?.restartPolicy === 'Never' && part === 'Regular' && (status.state?.terminated?.exitCode ?? 0) !== 0;
}

function fails(pod: IPod, container: ContainerReport): boolean {
  return isOver(pod, container) || refusalOf(container) !== undefined || (isCrashing(container) && !works(container));
}

function crashed(one: Case, container: ContainerReport): Finding {
  return mayBeEnded(one, container) ?? crashedByItself(one, container);
}

/** How a container ends that the kubelet ends, be it that it handles SIGTERM. */
const endsOnSignal = [0, 137, 143];

/** With a livenessProbe it may be the kubelet that ends it again and again, which says so by events alone. */
function mayBeEnded({ pod }: Case, container: ContainerReport): Finding | undefined {
  const { status } = container;
  const last = status.lastState?.terminated;
  const asked = endedUnlessAnswering(container);
  if (asked === undefined || last === undefined || last.reason === 'OOMKilled') return undefined;
  if (!endsOnSignal.includes(last.exitCode)) return undefined;
  return {
    ...about(container, turnOf(pod, container)),
    lasts: false,
    reason: 'Restarting',
    what:
      `${titleOf(container)} ended more than ${timesOf(container)} times (${last.reason ?? 'Error'}, exit code ${last.exitCode}), as it does if it does not ` +
      `answer its livenessProbe, so that the kubelet ends it: that asks ${asked}`,
    move: 'ReadLog',
    remedy: 'see whether the kubelet says that',
    quote: lastWords(container, last),
    evidence: { type: 'Pods' },
  };
}

function timesOf({ status }: ContainerReport): number {
  return crashSteps.findLast((step) => step < status.restartCount) ?? crashesTolerated;
}

function crashedByItself({ pod, place }: Case, container: ContainerReport): Finding {
  const { status, owner } = container;
  const last = status.lastState?.terminated;
  const verb = last?.exitCode === 0 ? 'ended' : 'crashed';
  const how = last === undefined ? '' : ` (${last.reason ?? 'Error'}, exit code ${last.exitCode})`;
  const isOutOfMemory = last?.reason === 'OOMKilled';
  return {
    ...about(container, turnOf(pod, container), isOutOfMemory ? `${place.container}.resources.memory` : undefined),
    lasts: false,
    reason: isOutOfMemory ? 'OutOfMemory' : 'CrashLooping',
    what: `${titleOf(container)} ${verb} more than ${timesOf(container)} times${how}${isOutOfMemory ? inMemory(pod, container) : ''}`,
    move: 'ReadLog',
    remedy: owner === 'Ours' ? 'read why and tell the administrator of Flyball' : 'read why',
    quote: lastWords(container, last),
    evidence: { type: 'Log', pod: pod.metadata?.name ?? '', container: status.name, previous: last !== undefined },
  };
}
