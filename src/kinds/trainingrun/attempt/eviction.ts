import type { IPod } from 'kubernetes-models/v1';
import type { Key } from '../../../api/resource.ts';
import { isEvicted } from '../../../workload/diagnosis/order.ts';
import { findingOf } from '../../../workload/diagnosis/index.ts';
import { editCommand } from '../status/advice.ts';
import type { Problem } from './waiting.ts';
import { place } from './words.ts';

/** How often a node may be short of something until it is worth a word. */
const evictionsTolerated = 2;

/** A pod that is evicted again and again; the Job makes it anew, and nobody would notice. */
export function evictionProblem(run: Key, pods: readonly IPod[]): Problem | undefined {
  const evicted = pods.filter(isEvicted);
  const finding = evicted.length > evictionsTolerated ? findingOf(evicted, place) : undefined;
  if (finding === undefined) return undefined;
  const command = finding.field === undefined ? '' : `: ${editCommand(run)}`;
  return {
    reason: 'PodsEvicted',
    message: `nodes evicted the pod more than ${evictionsTolerated} times, and it is made again. ${finding.remedy}${command}`,
    isStalled: false,
  };
}
