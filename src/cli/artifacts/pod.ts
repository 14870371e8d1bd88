import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../api/kinds.ts';
import { type Key, keyOf, type Kind, uidOf, type Resource } from '../../api/resource.ts';
import { hasReason, errorMessage, KubernetesError } from '../../kube/errors.ts';
import { containersOf, hasWrongCommand } from '../../workload/diagnosis/containers.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type Invocation, Refused } from '../command.ts';
import { text } from '../output/text.ts';

const podInterval = 400;

/** How long before people learn what the pod waits for. */
const patience = 5_000;

/** How long whoever has seen enough waits for the word that the pod is there; less than the process then has. */
const lastWait = 200;

/** Of what the pod prints: a run has thousands of folders at most. */
const mostBytes = 4 * 1024 * 1024;

/** The program is not in the image. */
export class NotInImage extends Refused {}

/** Makes a pod, gives what it prints, and deletes it whatever happens, also on Ctrl-C. @throws Refused if it does not come to its end. */
export async function runPod(invocation: Invocation, pod: IPod, timeout: number): Promise<string> {
  const cluster = invocation.cluster();
  let left: IPod | undefined = pod;
  try {
    const made = await create(cluster, pod, invocation.stop);
    left = made;
    const ended = await ending(invocation, cluster, made, timeout);
    if (ended.status?.phase !== 'Succeeded') throw failure(ended);
    return await printed(cluster, keyOf(made), invocation.stop);
  } catch (error) {
    if (left === pod && isRefusal(error)) left = undefined;
    throw error;
  } finally {
    if (left !== undefined) await remove(invocation, cluster, left);
  }
}

async function create({ client }: Cluster, pod: IPod, stop: AbortSignal): Promise<IPod> {
  stop.throwIfAborted();
  const stopped = once(stop, 'abort').then(() => sleep(lastWait));
  const made = await Promise.race([client.create(pods, pod), stopped]);
  if (made !== undefined) return made;
  throw stop.reason;
}

/** Whether the API server has said that it made nothing. Where it said nothing in time, the pod may be there. */
function isRefusal(error: unknown): boolean {
  return error instanceof KubernetesError && error.code < 500;
}

async function ending(invocation: Invocation, cluster: Cluster, made: IPod, timeout: number): Promise<IPod> {
  const begun = performance.now();
  let told = '';
  for (;;) {
    invocation.stop.throwIfAborted();
    const pod = await cluster.client.get(pods, keyOf(made));
    if (pod === undefined || uidOf(pod) !== uidOf(made))
      throw new Refused(`pod ${keyOf(made).name} was deleted before it had ended`);
    if (['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')) return pod;
    const lasted = performance.now() - begun;
    const waits = lasted > patience || lasted > timeout ? await whyWaiting(cluster, pod) : '';
    if (lasted > timeout) throw new Refused(`pod ${keyOf(made).name} has not ended in time${waits && `: ${waits}`}`);
    if (waits !== told && waits !== '') invocation.err.line(text`the pod waits: ${waits}`);
    told = waits;
    await sleep(podInterval, undefined, { signal: invocation.stop });
  }
}

interface PodEvent extends Resource {
  readonly type?: string;
  readonly message?: string;
}
const events: Kind<PodEvent> = { apiVersion: 'v1', kind: 'Event', plural: 'events' };

/** In the words of the scheduler, the kubelet or whoever attaches the claim. */
async function whyWaiting(cluster: Cluster, pod: IPod): Promise<string> {
  const { waiting } = pod.status?.containerStatuses?.[0]?.state ?? {};
  const unscheduled = pod.status?.conditions?.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled?.message !== undefined) return unscheduled.message;
  if (waiting?.message !== undefined) return `${waiting.reason}: ${waiting.message}`;
  const fieldSelector = `involvedObject.uid=${uidOf(pod)},type=Warning`;
  const { namespace } = keyOf(pod);
  const reading = await cluster.reading('events', () => cluster.client.list(events, { namespace, fieldSelector }));
  const warning = reading.type === 'Read' ? reading.value.items.at(-1)?.message : undefined;
  return warning ?? waiting?.reason ?? '';
}

function failure(pod: IPod): Refused {
  const { status } = pod;
  const report = containersOf(pod)[0];
  const end = report?.status.state?.terminated;
  const told = `pod ${keyOf(pod).name} failed: ${status?.message ?? end?.message ?? `exit code ${end?.exitCode}`}`;
  return hasWrongCommand(end) ? new NotInImage(told) : new Refused(told);
}

async function printed(cluster: Cluster, { namespace, name }: Key, stop: AbortSignal): Promise<string> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/log`;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await cluster.stream({ method: 'GET', path, timeout: cluster.timeout }, stop)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > mostBytes) break;
  }
  return Buffer.concat(chunks).toString();
}

/** Deletes a pod that was made, or that may have been. */
async function remove({ err }: Invocation, { client }: Cluster, pod: IPod): Promise<void> {
  try {
    const there = pod.metadata?.uid === undefined ? await client.get(pods, keyOf(pod)) : pod;
    if (there !== undefined) await client.delete(pods, keyOf(there), uidOf(there), 'Background');
  } catch (error) {
    if (hasReason(error, 'NotFound', 'Conflict')) return;
    err.line(text`pod ${keyOf(pod).name} was not deleted: ${errorMessage(error)}`);
  }
}
