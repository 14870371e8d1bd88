/** Rules about a container that runs and does not answer its probes. */
import type { IEvent, IPod } from 'kubernetes-models/v1';
import { keyOf } from '../../../api/resource.ts';
import { mainContainer } from '../../../workload/container.ts';
import { evidenceCommand } from '../../../workload/diagnosis/words.ts';
import type { Rule } from '../case.ts';
import { edit } from '../commands.ts';
import { eventsOfCase, proofOfEvent, timeOfEvent } from '../events.ts';

const notReady = ['NotReady', 'NeverReady', 'PodsNotReady', 'Deploying', 'Restarting'];

/** What its probe got for an answer, the kubelet tells by events alone. */
export const probeFails: Rule = (one) => {
  const { finding, focus, standing } = one;
  const isAbout = notReady.includes(finding?.reason ?? '') || notReady.includes(standing.reason ?? '');
  const container = finding?.container ?? mainContainer;
  const isCurrent = (event: IEvent) => containerIn(event) === container && !isBefore(event, finding?.since);
  // Those of a pod that is ready are of its start.
  const isOver = ({ involvedObject: { name } }: IEvent) =>
    focus?.pods.some((pod) => keyOf(pod).name === name && isReady(pod)) ?? false;
  const events = eventsOfCase(one, 'Unhealthy').filter((event) => isCurrent(event) && !isOver(event));
  const event = events.find(isOf('Liveness')) ?? events.find(isOf('Startup')) ?? events[0];
  if (!isAbout || focus === undefined || event === undefined) return undefined;
  const killed = eventsOfCase(one, 'Killing').find(({ message = '' }) =>
    /failed (?:liveness|startup) probe/.test(message),
  );
  const pod = event.involvedObject.name ?? '';
  const log = evidenceCommand({ type: 'Log', pod, container, previous: killed !== undefined }, focus.source);
  const isLiveness = isOf('Liveness')(event);
  const isStarting = isOf('Startup')(event) && isRefused(event.message) && killed === undefined;
  return {
    why: `${finding?.what ?? standing.why}; its probe was answered so: ${event.message ?? ''}${killed === undefined ? '' : ', and the kubelet started it again for that'}`,
    actor: 'Author',
    ...(finding?.since !== undefined && { since: finding.since }),
    next: [
      { text: isStarting ? 'see whether it still loads its model' : 'see what the server says', command: log },
      edit(one, isLiveness ? 'correct spec.server.liveness, or give it longer' : remedyOf(event.message)),
    ],
    proofs: [event, ...(killed === undefined ? [] : [killed])].map(proofOfEvent),
  };
};

/** The kubelet asks the pod's own address: a server that listens on 127.0.0.1 alone refuses it. */
function remedyOf(answer = ''): string {
  return isRefused(answer)
    ? 'have it listen on all addresses (0.0.0.0), if it has started, and on spec.server.port'
    : 'correct spec.server.port or spec.server.readiness';
}

function isReady({ status }: IPod): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
}

function isRefused(answer = ''): boolean {
  return answer.endsWith('connect: connection refused');
}

function isOf(probe: string) {
  return ({ message = '' }: IEvent) => message.startsWith(`${probe} probe`);
}

/** Events of before tell of what is over: a probe that fails until its container listens. */
function isBefore(event: IEvent, since: string | undefined): boolean {
  return Date.parse(timeOfEvent(event) ?? '') < Date.parse(since ?? '');
}

/** Which container of its pod an event is about: `spec.containers{main}`. */
function containerIn({ involvedObject: { fieldPath = '' } }: IEvent): string {
  return /\{(.+)\}$/.exec(fieldPath)?.[1] ?? mainContainer;
}
