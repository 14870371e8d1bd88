import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../../../controller.ts';
import { latest, timeOf } from '../../../workload/diagnosis/times.ts';
import { isTransfer } from '../../../workload/transfers.ts';

/** How far the pods of a revision are with fetching their model. */
export interface Fetching {
  /** Whether one of them fetches now. */
  readonly isUnderWay: boolean;
  /** When the last of what has been fetched was there; 0 if nothing has. */
  readonly until: Milliseconds;
}

export function fetchingIn(pods: readonly IPod[]): Fetching {
  const states = pods.flatMap(({ spec, status }) => {
    const names = (spec?.initContainers ?? []).filter(isTransfer).map(({ name }) => name);
    return (status?.initContainerStatuses ?? []).filter(({ name }) => names.includes(name)).map(({ state }) => state);
  });
  return {
    isUnderWay: states.some((state) => state?.running !== undefined),
    until: timeOf(latest(states.map((state) => state?.terminated?.finishedAt))),
  };
}
