/** How far what fetches and saves artifacts is, which its log alone tells: the operator reads none. */
import type { IPod } from 'kubernetes-models/v1';
import { containersOf } from '../../workload/diagnosis/containers.ts';
import type { Place } from '../../workload/diagnosis/place.ts';
import { transferOf } from '../../workload/diagnosis/transfers.ts';
import { isLiving } from '../../workload/podend.ts';

/** A container of ours that is at work, whose log says how far it is. */
export interface AtWork {
  readonly pod: IPod;
  readonly container: string;
}

/** The last line of its log. */
export interface Progress extends AtWork {
  readonly line: string;
}

/** What is at work in pods. Checkpoints are uploaded beside the command all the time. */
export function transfersAtWork(pods: readonly IPod[], place: Place): AtWork[] {
  return pods.filter(isLiving).flatMap((pod) =>
    containersOf(pod, place)
      .filter(
        (one) => transferOf(one) !== undefined && one.part !== 'Sidecar' && one.status.state?.running !== undefined,
      )
      .map(({ status }) => ({ pod, container: status.name })),
  );
}
