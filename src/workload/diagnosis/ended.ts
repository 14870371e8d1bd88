/** Rules about how a pod failed for good, and the container that did first. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import type { Rule as FirstMatchRule } from '../../api/rules.ts';
import { hasWrongCommand, isLost, isUnstarted, lastWords, ofContainer, titleOf } from './containers.ts';
import { about, aboutPod, type Evidence, type Finding, type Place } from './finding.ts';
import { type Ending, isEvicted } from './order.ts';
import { isGoing } from './times.ts';

type EndRule = FirstMatchRule<[Ending, Place], Finding>;

/** What the kubelet says of a node that is short of something, as far as it is understood: else nothing is advised but to solve it. */
const shortages: readonly {
  readonly words: RegExp;
  readonly move: Finding['move'];
  readonly remedy: (place: Place) => string;
}[] = [
  {
    words: /ephemeral|emptydir|inode|\bdisk/i,
    move: 'Repeat',
    remedy: () =>
      "write less to the container's own disk, and what is large to a claim; if the limit is too low or the nodes' disks are full, " +
      'the administrator has to act',
  },
  {
    words: /resource: memory|MemoryPressure/i,
    move: 'Edit',
    remedy: ({ container }) => `ask for what it needs in ${container}.resources, so that it gets a node that has it`,
  },
];

/** Before the exit code, which is that of the kill. */
const evicted: EndRule = ({ pod, at }, place) => {
  if (!isEvicted(pod)) return undefined;
  const words = pod.status?.message ?? '';
  const known = shortages.find((one) => one.words.test(words));
  return {
    ...aboutPod(at),
    lasts: false,
    reason: 'Evicted',
    what: 'the kubelet evicted the pod',
    move: known?.move ?? 'Repeat',
    remedy: known?.remedy(place) ?? 'solve what the kubelet says',
    ...(known?.move === 'Edit' && { field: `${place.container}.resources` }),
    quote: { by: 'the kubelet', words },
  };
};

const outOfMemory: EndRule = ({ container, end, at, where }, place) => {
  if (container === undefined || end?.reason !== 'OOMKilled') return undefined;
  const limit = container.spec?.resources?.limits?.['memory'];
  const field = `${place.container}.resources.memory`;
  const bound = limit === undefined ? 'without a limit of its own' : `at its limit of ${limit}`;
  return {
    ...about(container, at, field),
    lasts: false,
    reason: 'OutOfMemory',
    what: `${titleOf(container)}${where} was killed for lack of memory (OOMKilled), ${bound}`,
    move: 'Edit',
    remedy: `raise ${container.isMain ? field : 'its limit'} or use less`,
  };
};

/** Which device that was, the container has to know: a claim, the node's disk, shared memory. */
const noSpace: EndRule = (ending, place) => {
  const { container, end } = ending;
  const words = end?.message ?? '';
  const isFull = /no space left on device|disk quota exceeded/i.test(words);
  const found = isFull && (commandNotStarted(ending, place) ?? commandFailed(ending, place));
  if (container === undefined || !found) return undefined;
  return {
    ...found,
    reason: 'NoSpaceLeft',
    move: 'Repeat',
    remedy:
      "make room in the claims that it writes to, or enlarge them; if it was the node's own disk, the administrator has to act",
  };
};

const commandNotStarted: EndRule = ({ pod, container, end, at, where }, place) => {
  if (container === undefined || end === undefined || !isUnstarted(end)) return undefined;
  const isWrong = hasWrongCommand(end);
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
  };
};

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
