/** Pods that bear our labels and that none of our workloads has made. */
import type { IPod } from 'kubernetes-models/v1';
import { kubectl } from '../../../api/command.ts';
import { label } from '../../../api/labels.ts';
import { controllerOf, type Key, keyOf, type OwnerReference, uidOf } from '../../../api/resource.ts';
import type { Reader } from '../../../controller.ts';
import { type Program, runsAsDeclared } from '../../../workload/origin.ts';
import type { Report } from './health.ts';
import { revisionName } from './revision.ts';
import { sentence } from './words.ts';
import type { Workload } from './workload.ts';
import { workloads } from './workloads/index.ts';

/**
 * Those that are certainly none of ours. Of one whose owner is not seen nothing is known: the watch may be behind, or the owner is gone,
 * and then the garbage collector takes its pods. In either case nothing is judged by it.
 */
export function strangersAmong(pods: readonly IPod[], parent: Key, read: Pick<Reader, 'get'>): readonly IPod[] {
  return pods.filter((pod) => isAlive(pod) && isStrange(pod, parent, read));
}

/** Clients reach them, and metrics stores take their numbers for those of the revision whose label they bear. */
export function toldOfStrangers(strangers: readonly IPod[], parent: Key): Report | undefined {
  return told(
    strangers,
    parent,
    'bears the labels of this ModelDeployment and was not made by it: it may get requests',
  );
}

/** Pods of ours in which something else runs than they were made with. */
export function toldOfAltered(altered: readonly IPod[], parent: Key): Report | undefined {
  return told(altered, parent, 'does not run what its Deployment says');
}

/** Those of a workload's pods that do not run its program: an image can be changed while a pod runs. */
export function alteredAmong(pods: readonly IPod[], program: Program | undefined): readonly IPod[] {
  return pods.filter((pod) => isAlive(pod) && !runsAsDeclared(pod, program, { images: true }));
}

function told(pods: readonly IPod[], { namespace }: Key, wrong: string): Report | undefined {
  const [first, ...more] = pods.map((pod) => keyOf(pod).name).toSorted();
  if (first === undefined) return undefined;
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  const parts = {
    what: `Pod "${first}"${others} ${wrong}, and while it is there nothing is promoted, nor rejected as long as something serves`,
    remedies: [{ text: 'delete it', command: kubectl(namespace, 'delete', 'pod', first) }],
  };
  return { reason: 'Forged', message: sentence(parts), told: parts };
}

function isStrange(pod: IPod, parent: Key, read: Pick<Reader, 'get'>): boolean {
  const owner = controllerOf(pod);
  const maker = owner && workloads.find(({ kind, makesBy = kind }) => isOfKind(owner, makesBy));
  if (owner === undefined || maker === undefined) return true;
  const top = maker.makesBy === undefined ? owner : ownerOf(owner, maker, parent.namespace, read);
  if (top === 'NotSeen') return false;
  const wanted = revisionName(parent.name, pod.metadata?.labels?.[label.revision] ?? '');
  return top === undefined || !isOfKind(top, maker.kind) || top.name !== wanted;
}

/** What controls that by which a workload makes its pods. */
function ownerOf({ name, uid }: OwnerReference, { makesBy }: Workload, namespace: string, read: Pick<Reader, 'get'>) {
  const between = makesBy && read.get(makesBy, { namespace, name });
  return between === undefined || uidOf(between) !== uid ? 'NotSeen' : controllerOf(between);
}

function isOfKind({ apiVersion, kind }: OwnerReference, wanted: Workload['kind']): boolean {
  return kind === wanted.kind && apiVersion === wanted.apiVersion;
}

function isAlive({ metadata, status }: IPod): boolean {
  const isOver = status?.phase === 'Failed' || status?.phase === 'Succeeded';
  return metadata?.deletionTimestamp === undefined && !isOver;
}
