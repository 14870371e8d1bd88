/** Rules about what others than pods hold: a Job that somebody suspended, a node that does not answer. */
import type { IJob } from 'kubernetes-models/batch/v1';
import { kubectl, patchCommand } from '../../../api/command.ts';
import { roughly } from '../../../api/lasting.ts';
import { keyOf } from '../../../api/resource.ts';
import { isUnfinished } from '../../../workload/podend.ts';
import type { Rule } from '../case.ts';

/** What Kueue and its like put on the Jobs that they queue. */
const queueLabel = 'kueue.x-k8s.io/queue-name';

/** A queue lets it go on by itself, and a person does not. */
export const jobSuspended: Rule = ({ standing, focus }) => {
  const job = focus?.makers[0] as IJob | undefined;
  if (standing.reason !== 'JobSuspended' || job?.spec?.suspend !== true) return undefined;
  const key = keyOf(job);
  const queue = job.metadata?.labels?.[queueLabel];
  const letGo = { text: 'let it go on', command: patchCommand('job', key, { suspend: false }) };
  const proofs = [
    { source: `Job ${key.name}`, words: `suspend: true, ${queue === undefined ? 'no queue' : `queue ${queue}`}` },
  ];
  if (queue === undefined) {
    const why = `${standing.why}. It bears no label of a queue: a person has suspended it, or a queue that asks for no label`;
    return { why, actor: 'Author', next: [letGo], proofs };
  }
  const command = kubectl(key.namespace, 'get', 'workloads.kueue.x-k8s.io');
  return {
    why: `${standing.why}. It waits in queue ${queue}`,
    actor: 'Administrator',
    next: [{ text: 'wait for the queue; see what it waits for', command }],
    proofs,
  };
};

/** Until the cluster takes the pod away, its own status says nothing of it. */
export const nodeUnready: Rule = ({ focus, evidence }) => {
  const names = focus?.pods.filter(isUnfinished).map(({ spec }) => spec?.nodeName);
  for (const node of evidence.seen.nodes ?? []) {
    const { name } = keyOf(node);
    const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
    if (names?.includes(name) !== true || ready === undefined || ready.status === 'True') continue;
    const since = ready.lastTransitionTime?.toString();
    const words = ready.message ?? ready.reason ?? '';
    return {
      why: `node ${name}, on which the pod is, is not ready: ${words}`,
      actor: 'Administrator',
      ...(since !== undefined && { since }),
      next: [
        { text: 'bring the node back; see what is known of it', command: kubectl(undefined, 'describe', 'node', name) },
        {
          text: 'if it is gone for good, delete it, and its pods are made anew elsewhere',
          command: kubectl(undefined, 'delete', 'node', name),
        },
      ],
      proofs: [
        { source: `condition Ready of Node ${name}`, words: `${ready.status}, ${ready.reason ?? ''}: ${words}` },
      ],
    };
  }
  return undefined;
};

/** A kubelet says something of a new pod within a second or two. */
const silence = 20_000;

/** The cluster takes 40 seconds and more to call a node lost. */
export const kubeletSilent: Rule = ({ focus, finding, evidence }, now) => {
  const pod = focus?.pods.filter(isUnfinished).find(({ spec }) => spec?.nodeName !== undefined);
  const lasted = now.getTime() - Date.parse(finding?.since ?? '');
  if (finding?.reason !== 'NotReported' || pod === undefined || !(lasted > silence)) return undefined;
  const name = pod.spec?.nodeName ?? '';
  const node = evidence.seen.nodes?.find((one) => keyOf(one).name === name);
  const ready = node?.status?.conditions?.find(({ type }) => type === 'Ready');
  const heartbeat = ready?.lastHeartbeatTime?.toString();
  return {
    why: `${finding.what}, for ${roughly(lasted)}: either the node does not answer any more, or its kubelet is stuck`,
    actor: 'Administrator',
    ...(finding.since !== undefined && { since: finding.since }),
    next: [{ text: 'see whether the node answers', command: kubectl(undefined, 'describe', 'node', name) }],
    proofs:
      ready === undefined
        ? []
        : [
            {
              source: `last heartbeat of Node ${name}`,
              words: `Ready=${ready.status}, ${ready.message ?? ''}`,
              ...(heartbeat !== undefined && { at: heartbeat }),
            },
          ],
  };
};
