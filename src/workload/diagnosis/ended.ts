/** Rules about how a pod failed for good, and the container that did first. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import {
  type ContainerReport,
  type End,
  hasWrongCommand,
  isLost,
  isUnstarted,
  lastWords,
  ofContainer,
  titleOf,
} from './containers.ts';
import type { Place } from './place.ts';
import { about, aboutPod, type Evidence, type Finding } from './finding.ts';
import { evicted } from './evicted.ts';
import { inMemory, mountedMemory } from './memory.ts';
import type { EndRule } from './order.ts';
import { isGoing } from './times.ts';
import { transferFailed } from './transfers.ts';

const outOfMemory: EndRule = ({ pod, container, end, at, where }, place) => {
  if (container === undefined || end?.reason !== 'OOMKilled') return undefined;
  const limit = container.spec?.resources?.limits?.['memory'];
  const field = `${place.container}.resources.memory`;
  const bound = limit === undefined ? 'without a limit of its own' : `at its limit of ${limit}`;
  return {
    ...about(container, at, field),
    lasts: false,
    reason: 'OutOfMemory',
    what: `${titleOf(container)}${where} was killed for lack of memory (OOMKilled), ${bound}${inMemory(pod, container)}`,
    move: 'Edit',
    remedy: `raise ${container.isMain ? field : 'its limit'} or use less`,
  };
};

/** What programs say of /dev/shm: PyTorch of its data loaders, NCCL of its segments. */
const sharedMemoryFull = /insufficient shared memory|out of shared memory|\/dev\/shm\/\S+.{0,128}(?:size|No space)/i;

/** Which device that was, the container has to know: a claim, the node's disk, shared memory. */
const noSpace: EndRule = (ending, place) => {
  const { pod, container, end } = ending;
  const words = end?.message ?? '';
  const isShared = sharedMemoryFull.test(words);
  const isFull = isShared || /no space left on device|disk quota exceeded/i.test(words);
  const found = isFull && (commandNotStarted(ending, place) ?? commandFailed(ending, place));
  if (container === undefined || !found) return undefined;
  const reason = 'NoSpaceLeft';
  const field = `${place.pod}.sharedMemory`;
  if (isShared && container.isMain) return { ...found, reason, move: 'Edit', field, remedy: `raise ${field}` };
  const memory = mountedMemory(pod, container).includes('/dev/shm') ? `; if it was /dev/shm, raise ${field}` : '';
  return {
    ...found,
    reason,
    move: 'Repeat',
    remedy:
      `make room in the claims that it writes to, or enlarge them${memory}; if it was the node's own disk, ` +
      'the administrator has to act',
  };
};

const commandNotStarted: EndRule = ({ pod, container, end, at, where }, place) => {
  if (container === undefined || end === undefined || !isUnstarted(end)) return undefined;
  const isWrong = hasWrongCommand(end);
  const unwritable = unwritableResults(container, end, place);
  const correct = container.isMain
    ? `correct ${place.container}.command or ${place.container}.args`
    : 'correct its command';
  return {
    ...about(container, at, isWrong ? `${place.container}.command` : undefined),
    lasts: false,
    reason: 'CommandNotStarted',
    what: `the kubelet could not start ${titleOf(container)}${where}`,
    move: isWrong ? 'Edit' : 'Repeat',
    remedy: isWrong ? correct : 'solve what the kubelet says',
    quote: lastWords(container, end, where),
    ...seen(pod, { type: 'Pods' }),
    ...unwritable,
  };
};

/** The kubelet mounts a file of its own where the results shall be, which it cannot make on what is read-only. */
function unwritableResults({ isMain, spec }: ContainerReport, end: End, place: Place): Partial<Finding> | undefined {
  const path = spec?.terminationMessagePath;
  if (!isMain || path === undefined || end.message?.includes(`"${path}"`) !== true) return undefined;
  const field = `${place.container}.results.path`;
  const remedy = `name in ${field} a file that is on no read-only volume`;
  return { move: 'Edit', field, remedy };
}

const commandLost: EndRule = (ending, place) => {
  const { pod, container, end } = ending;
  const found = isLost(end) ? commandFailed(ending, place) : undefined;
  if (container === undefined || found === undefined) return undefined;
  return {
    ...found,
    reason: 'ContainerStatusUnknown',
    what: `the kubelet does not know how ${titleOf(container)}${ending.where} ended (${end?.reason ?? ''})`,
    move: 'Repeat',
    remedy: 'solve what the kubelet says',
    ...seen(pod, { type: 'Pods' }),
  };
};

/** The kubelet tells of a lack of memory only if the first process of the container is what was killed. */
const commandKilled: EndRule = (ending, place) => {
  const { container, end } = ending;
  const found = end?.exitCode === 137 ? commandFailed(ending, place) : undefined;
  if (container === undefined || found === undefined) return undefined;
  return {
    ...found,
    ...about(container, ending.at, `${place.container}.resources.memory`),
    lasts: false,
    reason: 'CommandKilled',
    what: `the command${ofContainer(container)}${ending.where} was killed (exit code 137), and the kubelet does not tell why`,
  };
};

const commandFailed: EndRule = ({ pod, container, end, at, where }) => {
  if (container === undefined || end === undefined) return undefined;
  return {
    ...about(container, at),
    lasts: false,
    reason: 'CommandFailed',
    what: `the command${ofContainer(container)}${where} ended with exit code ${end.exitCode}`,
    move: 'ReadLog',
    remedy: 'read its log',
    quote: lastWords(container, end, where),
    ...seen(pod, { type: 'Log', pod: pod.metadata?.name ?? '', container: container.status.name, previous: false }),
  };
};

const podFailed: EndRule = ({ pod, at, where }) => {
  const reason = pod.status?.reason;
  if (reason === undefined) return undefined;
  return {
    ...aboutPod(at),
    lasts: false,
    reason: 'PodFailed',
    what: `${where === '' ? 'the pod' : where.replace(/^ in /, '')} failed with ${shortened(reason, 128)}`,
    move: 'Repeat',
    remedy: 'solve what the kubelet says',
    quote: { by: 'the kubelet', words: pod.status?.message },
    ...seen(pod, { type: 'Pods' }),
  };
};

export const endRules: readonly EndRule[] = [
  evicted,
  transferFailed,
  outOfMemory,
  noSpace,
  commandNotStarted,
  commandLost,
  commandKilled,
  commandFailed,
  podFailed,
];

/** Of a pod that goes, nothing can be seen any more. */
function seen(pod: IPod, evidence: Evidence): Pick<Finding, 'evidence'> {
  return isGoing(pod) ? {} : { evidence };
}
