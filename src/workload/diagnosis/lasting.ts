/** Rules about a living pod that does not work, or not yet. None of them knows why; each says what is seen, and where. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import { firstMatch } from '../../api/rules.ts';
import { type ContainerReport, containersOf, decidingOf, inStartOrder, titleOf } from './containers.ts';
import { about, aboutPod, type Evidence, type Finding, type LastingRule, responsible } from './finding.ts';
import type { Place } from './place.ts';
import { askedBy, isAskedForPath } from './probe.ts';
import { notSetUp } from './setup.ts';
import { beginOf, conditionOf, isGoing, latest, timeOf, turnOf } from './times.ts';
import { transferring } from './transfers.ts';

/** How long the kubelet may take to confirm a pod's end after its grace. */
const goneWithin = 60_000;

const longestName = 128;

/** What Kubernetes gives a pod that says nothing, in seconds. */
const defaultGrace = 30;

/** Its node does not say any more how it fares, or somebody else than the kubelet says that it is not ready. */
function nodeLost(pod: IPod, now: Date): Finding | undefined {
  const { metadata, spec, status } = pod;
  const ready = conditionOf(pod, 'Ready');
  const isOverdue = isGoing(pod) && timeOf(metadata?.deletionTimestamp) + goneWithin < now.getTime();
  const isContradicted =
    ready?.status === 'False' && ready.reason === undefined && conditionOf(pod, 'ContainersReady')?.status === 'True';
  const isLost = status?.phase === 'Unknown' || status?.reason === 'NodeLost' || ready?.status === 'Unknown';
  const node = spec?.nodeName;
  if (node === undefined || !(isOverdue || isContradicted || isLost)) return undefined;
  const at = shortened(node, longestName);
  return {
    ...aboutPod(isOverdue ? metadata?.deletionTimestamp : ready?.lastTransitionTime),
    reason: 'NodeLost',
    what: isOverdue
      ? `the pod has to go, and node ${at} does not confirm that it ended`
      : isContradicted
        ? `the pod is marked as not ready, though node ${at} last reported its containers as ready`
        : `node ${at} does not tell how the pod fares`,
    move: 'Wait',
    remedy: 'see whether the node answers; if it is gone for good, the administrator has to delete it',
    quote: { by: 'the cluster', words: status?.message ?? ready?.message },
    evidence: { type: 'Node', name: node },
  };
}

const gated: LastingRule = (pod) => {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.reason !== 'SchedulingGated') return undefined;
  const gates = pod.spec?.schedulingGates?.map(({ name }) => name).join(', ') ?? '';
  return {
    ...aboutPod(scheduled.lastTransitionTime ?? pod.metadata?.creationTimestamp),
    owner: 'Injected',
    reason: 'SchedulingGated',
    what: `the pod has the scheduling gate ${shortened(gates, longestName)} and gets no node until it is taken away`,
    move: 'Wait',
    remedy: 'whoever put it there has to take it away; see the pod',
    evidence: { type: 'Pods' },
  };
};

const unseen: LastingRule = (pod) => {
  if (conditionOf(pod, 'PodScheduled') !== undefined || pod.spec?.nodeName !== undefined || anyContainer(pod))
    return undefined;
  const scheduler = pod.spec?.schedulerName ?? 'default-scheduler';
  return {
    ...aboutPod(pod.metadata?.creationTimestamp),
    reason: 'NotScheduled',
    what: `the scheduler (${shortened(scheduler, longestName)}) has not said anything about the pod`,
    move: 'Wait',
    remedy: 'see the pod',
    evidence: { type: 'Pods' },
  };
};

/** What comes after it waits for its end. */
const initRuns: LastingRule = (pod, place) => {
  const container = containersOf(pod, place).find(
    ({ part, isMain, status }) => part === 'Init' && !isMain && status.state?.running,
  );
  if (container === undefined) return undefined;
  return {
    ...about(container, container.status.state?.running?.startedAt),
    reason: 'InitRunning',
    what: `init ${titleOf(container)} runs and has not ended, and the pod's other containers start after it`,
    move: 'Wait',
    remedy: 'see what it does',
    evidence: logOf(pod, container),
  };
};

/** Beside it, what comes after waits until it counts as started. */
const sidecarNotStarted: LastingRule = (pod, place) => {
  const container = containersOf(pod, place).find(
    ({ part, status }) => part === 'Sidecar' && status.state?.running && status.started !== true,
  );
  return container && notReady(pod, container, place, 'and counts as not started, so that the others wait');
};

/** It is its turn, and the kubelet says no more than that. */
const beingCreated: LastingRule = (pod, place) => {
  const containers = inStartOrder(pod, place);
  const starting = containers.find(({ status: { state } }) => (state?.running ?? state?.terminated) === undefined);
  const isBehindMain =
    starting?.saves === true && containers.some(({ isMain, status }) => isMain && status.state?.running);
  if (starting === undefined || isBehindMain) return undefined;
  const reason = starting.status.state?.waiting?.reason;
  return {
    ...about(starting, turnOf(pod, starting)),
    reason: 'ContainerCreating',
    what: `${titleOf(starting)} has not started${reason === undefined ? '' : ` (${shortened(reason, longestName)})`}`,
    move: 'Wait',
    remedy: 'see its events',
    quote: { by: 'the kubelet', words: starting.status.state?.waiting?.message },
    evidence: { type: 'Pods' },
  };
};

const unreported: LastingRule = (pod) => {
  if (anyContainer(pod)) return undefined;
  return {
    ...aboutPod(beginOf(pod)),
    reason: 'NotReported',
    what: `the kubelet${pod.spec?.nodeName === undefined ? '' : ` of node ${shortened(pod.spec.nodeName, longestName)}`} has not said anything about the pod's containers`,
    move: 'Wait',
    remedy: 'see the pod',
    evidence: { type: 'Pods' },
  };
};

/** Pods of Jobs end when all their containers have. */
const outlived: LastingRule = (pod, place) => {
  const end = decidingOf(pod)?.status.state?.terminated;
  const other = containersOf(pod, place).find(
    ({ isMain, saves, part, status }) => !isMain && !saves && part === 'Regular' && status.state?.running,
  );
  if (end === undefined || other === undefined || pod.spec?.restartPolicy !== 'Never') return undefined;
  return {
    ...about(other, end.finishedAt),
    reason: 'SidecarRunning',
    what: `the command ended with exit code ${end.exitCode}, and the pod does not end since ${titleOf(other)} runs on`,
    move: 'Wait',
    remedy: `${responsible(other)} has to let it end, or make it a sidecar (an init container with restartPolicy Always)`,
    evidence: logOf(pod, other),
  };
};

/** The kubelet ends it once the command has, and gives it the pod's time for that. */
const sidecarStays: LastingRule = (pod, place) => {
  const end = decidingOf(pod)?.status.state?.terminated;
  const other = containersOf(pod, place).find(({ part, status }) => part === 'Sidecar' && status.state?.running);
  if (end === undefined || other === undefined || pod.spec?.restartPolicy !== 'Never') return undefined;
  const grace = pod.spec.terminationGracePeriodSeconds ?? defaultGrace;
  return {
    ...about(other, end.finishedAt, place.pod),
    reason: 'SidecarRunning',
    what:
      `the command ended with exit code ${end.exitCode}, and the pod ends once sidecar ${titleOf(other)} has: the kubelet asks it to, ` +
      `and kills it after ${grace} seconds`,
    move: 'Wait',
    remedy: other.owner === 'User' ? 'let it end on SIGTERM' : `${responsible(other)} has to let it end on SIGTERM`,
    evidence: logOf(pod, other),
  };
};

/** When a training counts as ready is nobody's business. */
const serverNotReady: LastingRule = (pod, place) => {
  const main = containersOf(pod, place).find(({ isMain }) => isMain);
  if (place.serves !== true || !main?.status.state?.running || main.status.ready) return undefined;
  return notReady(pod, main, place, 'and is not ready');
};

const neighbourNotReady: LastingRule = (pod, place) => {
  if (place.serves !== true || conditionOf(pod, 'Ready')?.status === 'True') return undefined;
  const other = containersOf(pod, place).find(
    ({ isMain, part, status }) => !isMain && part !== 'Init' && !status.ready && status.state?.running,
  );
  return other && notReady(pod, other, place, 'and is not ready, so that the pod is not');
};

/** Where several apply to a pod, the first one names what the others wait for. */
const lastingRules: readonly LastingRule[] = [
  gated,
  unseen,
  notSetUp,
  transferring,
  initRuns,
  sidecarNotStarted,
  outlived,
  sidecarStays,
  beingCreated,
  unreported,
  serverNotReady,
  neighbourNotReady,
];

/** What keeps a living pod from working, as far as anything is seen; undefined if it works. */
export function waitsFor(pod: IPod, place: Place, now: Date): Finding | undefined {
  return nodeLost(pod, now) ?? (isGoing(pod) ? undefined : firstMatch(lastingRules, pod, place));
}

function notReady(pod: IPod, container: ContainerReport, place: Place, how: string): Finding {
  const { isMain, status } = container;
  const asked = askedBy(container);
  const port = `${place.container}.port`;
  const otherwise = isAskedForPath(container) ? `, or name its own path in ${place.container}.readiness.path` : '';
  const since = latest([status.state?.running?.startedAt, isMain ? notReadySince(pod) : undefined]);
  return {
    ...about(container, since, port),
    reason: 'NotReady',
    what: `${titleOf(container)} runs ${how}${asked === undefined ? '' : `: ${asked}`}`,
    move: 'Wait',
    remedy: isMain ? `see whether it listens on ${port} and answers that${otherwise}` : 'see what it does',
    evidence: logOf(pod, container),
  };
}

/** One that was ready before is not ready since it stopped to be. */
function notReadySince(pod: IPod): string | undefined {
  const ready = conditionOf(pod, 'Ready');
  return ready?.status === 'False' ? ready.lastTransitionTime : undefined;
}

function logOf(pod: IPod, { status }: ContainerReport): Evidence {
  return { type: 'Log', pod: pod.metadata?.name ?? '', container: status.name, previous: false };
}

function anyContainer({ status }: IPod): boolean {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].length > 0;
}
