/** Rules about a container that the kubelet cannot start. */
import { type Quote, shortened } from '../../api/condition.ts';
import type { IPod } from 'kubernetes-models/v1';
import { type ContainerReport, hasWrongCommand, isUnstarted, lastWords, titleOf, withoutIDs } from './containers.ts';
import { about, type Finding, responsible, type Rule } from './finding.ts';
import { turnOf } from './times.ts';

/** Names may be hundreds of characters long, and a remedy has to follow. */
const longestName = 128;

/** What the kubelet says while all goes well, and of crashes, which are counted. Each other reason is a refusal. */
const ordinary = ['', 'ContainerCreating', 'PodInitializing', 'CrashLoopBackOff'];

/** Where nothing is understood. */
export const solve = 'solve what the kubelet says';

export const commandRefused: Rule = ({ pod, container, place }) => {
  const refusal = container && refusalOf(container);
  if (container === undefined || refusal === undefined || !hasWrongCommand(container.status.lastState?.terminated)) {
    return undefined;
  }
  return {
    ...refused(pod, container, refusal, `${place.container}.command`),
    reason: 'CommandNotStarted',
    move: 'Edit',
    remedy: told(
      container,
      container.isMain ? `correct ${place.container}.command or ${place.container}.args` : 'correct its command',
    ),
  };
};

/** Whatever else the kubelet says is quoted, not explained. */
export const containerRefused: Rule = ({ pod, container, place }) => {
  const refusal = container && refusalOf(container);
  return container && refusal && refused(pod, container, refusal, place.container);
};

function refused(pod: IPod, container: ContainerReport, { reason, quote }: Refusal, field: string): Finding {
  return {
    ...about(container, turnOf(pod, container), field),
    reason: 'ContainerRefused',
    what: `the kubelet does not start ${titleOf(container)} (${shortened(reason, longestName)})`,
    move: 'Provide',
    remedy: told(container, solve),
    quote,
    evidence: { type: 'Pods' },
  };
}

interface Refusal {
  /** The kubelet's or the container runtime's. */
  readonly reason: string;
  readonly quote: Quote;
}

/** What the kubelet says about a container that it cannot start. */
export function refusalOf(container: ContainerReport): Refusal | undefined {
  const { state, lastState } = container.status;
  const { reason = '', message = '' } = state?.waiting ?? {};
  const last = lastState?.terminated;
  // It tries again and again: between two tries it waits as after a crash.
  if (betweenTries.includes(reason) && isUnstarted(last)) {
    return { reason: last?.reason ?? reason, quote: lastWords(container, last) };
  }
  if (ordinary.includes(reason)) return undefined;
  const words = message.replace(/^Back-off pulling image "[^"]*"(?:: \w+: )?/, '');
  return { reason, quote: { by: 'the kubelet', words: withoutIDs(words) } };
}

const betweenTries = ['RunContainerError', 'CrashLoopBackOff'];

/** Who has to act, if that is not the user. */
export function told(container: ContainerReport, remedy: string): string {
  return container.owner === 'User' ? remedy : `${responsible(container)} has to ${remedy.replace(/, or /, ' or ')}`;
}
