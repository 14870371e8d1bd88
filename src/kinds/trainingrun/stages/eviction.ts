import type { IPod } from 'kubernetes-models/v1';
import { type Key } from '../../../api/resource.ts';
import { editCommand, excerpt, rerunCommand } from '../status/advice.ts';
import type { Diagnosis } from './failure.ts';
import type { Problem } from './waiting.ts';

/** How often a node may be short of something until it is worth a word. */
const evictionsTolerated = 2;

/** A pod that the kubelet evicted for good: it was over a limit, since one that its node was short for is made again. */
export function evictionDiagnosis(run: Key, pod: IPod | undefined): Diagnosis | undefined {
  if (pod === undefined || !isEvicted(pod)) return undefined;
  return {
    reason: 'Evicted',
    message: `the kubelet evicted the pod${excerpt(pod.status?.message, 256)}. ${remedy(run, pod)}; then run again: ${rerunCommand(run)}`,
  };
}

/** A pod that is evicted again and again; the Job makes it anew, and nobody would notice. */
export function evictionProblem(run: Key, pods: readonly IPod[]): Problem | undefined {
  const evicted = pods.filter(isEvicted);
  const [last] = evicted;
  if (last === undefined || evicted.length <= evictionsTolerated) return undefined;
  return {
    reason: 'PodsEvicted',
    message: `nodes evicted the pod more than ${evictionsTolerated} times, and it is made again. ${remedy(run, last)}`,
    isStalled: false,
  };
}

function isEvicted({ status }: IPod): boolean {
  return status?.phase === 'Failed' && status.reason === 'Evicted';
}

function remedy(run: Key, { status }: IPod): string {
  return /ephemeral|disk|inode|emptydir/i.test(status?.message ?? '')
    ? `Write less to the container's own disk, and what is large to the claims of spec.output and spec.checkpoint; if the limit is too low or the nodes' disks are full, the administrator has to act`
    : `Ask for what it needs in spec.resources, so that it gets a node that has it: ${editCommand(run)}`;
}
