/** Rules about a pod that failed for good, and the container for which it did. */
import type { IPod } from 'kubernetes-models/v1';
import type { Quote } from '../../api/condition.ts';
import { type ContainerReport, isUnstarted, lastWords, ofContainer, titleOf } from './containers.ts';
import { about, type Rule } from './finding.ts';

/** Whether the kubelet threw the pod out, because it took too much or its node ran short of something. */
export function isEvicted({ status }: IPod): boolean {
  return status?.phase === 'Failed' && status.reason === 'Evicted';
}

/** Before the exit code, which is that of the kill. */
export const evicted: Rule = ({ pod, place }) => {
  if (!isEvicted(pod)) return undefined;
  const words = pod.status?.message;
  const finding = { reason: 'Evicted', what: 'the kubelet evicted the pod', isMain: false } as const;
  const quote = { by: 'the kubelet', words };
  return /ephemeral|disk|inode|emptydir/i.test(words ?? '')
    ? {
        ...finding,
        move: 'Repeat',
        remedy:
          "Write less to the container's own disk, and what is large to a claim; if the limit is too low or the nodes' disks " +
          'are full, the administrator has to act',
        quote,
      }
    : {
        ...finding,
        move: 'Edit',
        remedy: `Ask for what it needs in ${place.container}.resources, so that it gets a node that has it`,
        field: `${place.container}.resources`,
        quote,
      };
};

export const outOfMemory: Rule = ({ culprit: container, place }) => {
  if (container === undefined || terminatedIn(container)?.reason !== 'OOMKilled') return undefined;
  const limit = container.spec?.resources?.limits?.['memory'];
  const field = `${place.container}.resources.memory`;
  return {
    ...about(container, field),
    reason: 'OutOfMemory',
    what: `${titleOf(container)} took more memory than ${limit === undefined ? 'what its node has' : `its limit of ${limit}`} and was killed`,
    move: 'Edit',
    remedy: `Raise ${container.isMain ? field : 'its limit'} or use less`,
  };
};

export const diskFull: Rule = ({ culprit: container }) => {
  const words = container && terminatedIn(container)?.message;
  if (container === undefined || !/no space left on device|disk quota exceeded/i.test(words ?? '')) return undefined;
  return {
    ...about(container),
    reason: 'DiskFull',
    what: `a disk${ofContainer(container)} was full`,
    move: 'Repeat',
    remedy:
      "Make room in the claims that it writes to, or enlarge them; if it was the node's own disk, the administrator has to act",
    quote: lastWordsOf(container),
  };
};

export const commandNotStarted: Rule = ({ culprit: container, place }) => {
  if (container === undefined || !isUnstarted(terminatedIn(container))) return undefined;
  return {
    ...about(container, `${place.container}.command`),
    reason: 'CommandNotStarted',
    what: `${titleOf(container)} could not start`,
    move: 'Edit',
    remedy: container.isMain ? `Correct ${place.container}.command or ${place.container}.args` : 'Correct its command',
    quote: lastWordsOf(container),
  };
};

/** The kubelet tells of a lack of memory only if the first process of the container is what was killed. */
export const commandKilled: Rule = ({ culprit: container, place }) => {
  if (container === undefined || terminatedIn(container)?.exitCode !== 137) return undefined;
  return {
    ...about(container, `${place.container}.resources.memory`),
    reason: 'CommandKilled',
    what: `the command${ofContainer(container)} was killed (exit code 137), and the kubelet does not tell why`,
    move: 'ReadLog',
    remedy: 'Read its log',
    quote: lastWordsOf(container),
  };
};

export const commandFailed: Rule = ({ culprit: container }) => {
  const exitCode = container && terminatedIn(container)?.exitCode;
  if (container === undefined || exitCode === undefined) return undefined;
  return {
    ...about(container),
    reason: 'CommandFailed',
    what: `the command${ofContainer(container)} ended with exit code ${exitCode}`,
    move: 'ReadLog',
    remedy: 'Read its log',
    quote: lastWordsOf(container),
  };
};

export const podFailed: Rule = ({ pod }) => {
  if (pod.status?.phase !== 'Failed' || pod.status.reason === undefined) return undefined;
  return {
    reason: 'PodFailed',
    what: `the pod failed with ${pod.status.reason}`,
    move: 'Repeat',
    remedy: 'Solve that',
    quote: { by: 'the kubelet', words: pod.status.message },
    isMain: false,
  };
};

function lastWordsOf(container: ContainerReport): Quote {
  return lastWords(container, terminatedIn(container));
}

function terminatedIn({ status }: ContainerReport) {
  return status.state?.terminated;
}
