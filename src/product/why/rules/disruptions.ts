/** Rules about pods that were taken away. */
import type { IPod } from 'kubernetes-models/v1';
import { kubectl } from '../../../api/command.ts';
import { keyOf } from '../../../api/resource.ts';
import { isGoing } from '../../../workload/diagnosis/times.ts';
import { disruptionOf, isUnfinished } from '../../../workload/podend.ts';
import type { Case, Rule } from '../case.ts';
import { edit } from '../commands.ts';
import { beginOfEvent, eventsOf, proofOfEvent } from '../events.ts';
import type { Cause, Proof } from '../explanation.ts';
import type { Focus } from '../focus.ts';

const taken = ['Preempted', 'Evicted', 'TaintManagerEviction', 'NodeNotReady', 'NodeShutdown', 'Preempting'];

/** What took a pod away whose Job or ReplicaSet makes another one, or that has not gone yet. */
export const podTaken: Rule = (one) => {
  const { focus, evidence } = one;
  if (focus === undefined || !isOpen(one) || !lacksPods(focus)) return undefined;
  const [event] = eventsOf(evidence.seen.events, [...focus.pods, ...goneOf(one)], ...taken);
  const pod = focus.pods.find((each) => disruptionOf(each) !== undefined);
  const disruption = pod && disruptionOf(pod);
  const words = event?.message ?? disruption?.message;
  if (words === undefined) return undefined;
  const reason = event?.reason ?? disruption?.reason ?? '';
  const proofs = [
    ...(event === undefined ? [] : [proofOfEvent(event)]),
    ...(pod === undefined ? [] : [proofOfPod(pod)]),
  ];
  const since = disruption?.lastTransitionTime?.toString() ?? (event && beginOfEvent(event));
  return { ...told(one, reason, words), ...(since !== undefined && { since }), proofs };
};

function proofOfPod(pod: IPod): Proof {
  const { reason = '', message = '' } = disruptionOf(pod) ?? {};
  return { source: `condition DisruptionTarget of Pod ${keyOf(pod).name}`, words: `${reason}: ${message}` };
}

/** Failed pods stay for days: an old eviction keeps nobody from anything once there are others, or others are on their way out. */
function lacksPods({ pods, wanted }: Focus): boolean {
  return pods.filter((pod) => isUnfinished(pod) && !isGoing(pod)).length < wanted;
}

/** An attempt that has ended tells itself what for. */
function isOpen({ standing, evidence }: Case): boolean {
  return (
    standing.reason === 'PodAwaited' || standing.reason === 'PodLeaving' || evidence.asked.kind === 'ModelDeployment'
  );
}

/** Pods that are gone, by the events that are left of them: they bear the name of what made them. */
function goneOf({ focus, evidence }: Case) {
  const makers = (focus?.makers ?? []).map((maker) => keyOf(maker).name);
  const events = evidence.seen.events.filter(
    ({ involvedObject: { kind, name = '' } }) => kind === 'Pod' && makers.some((maker) => name.startsWith(`${maker}-`)),
  );
  return events.map(({ involvedObject: { name = '', uid = '' } }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, uid },
  }));
}

function told(one: Case, reason: string, words: string): Omit<Cause, 'proofs'> {
  if (/preempt/i.test(`${reason} ${words}`)) {
    return {
      why: `a pod was taken away for one of higher priority: ${words}`,
      actor: 'Nobody',
      next: [edit(one, 'wait, another one is made; or give it a higher pod.priorityClassName')],
    };
  }
  return {
    why: `a pod was taken away (${reason}): ${words}`,
    actor: 'Nobody',
    next: [{ text: 'wait, another one is made; see the nodes', command: kubectl(undefined, 'get', 'nodes') }],
  };
}
