import type { IPod } from 'kubernetes-models/v1';
import type { Milliseconds } from '../../../controller.ts';
import { latest, timeOf } from '../../../workload/diagnosis/times.ts';
import { isTransfer } from '../../../workload/transfers.ts';

/** How far the pods of a revision are with fetching their model. */
export interface Fetching {
  /** Whether one of them fetches now. */
  readonly isUnderWay: boolean;
  /** When one of them last came to an end with it, well or badly; 0 if none has. */
  readonly until: Milliseconds;
}

export function fetchingIn(pods: readonly IPod[]): Fetching {
  const statuses = pods.flatMap(({ spec, status }) => {
    const names = (spec?.initContainers ?? []).filter(isTransfer).map(({ name }) => name);
    return (status?.initContainerStatuses ?? []).filter(({ name }) => names.includes(name));
  });
  return {
    isUnderWay: statuses.some(({ state }) => state?.running !== undefined),
    until: timeOf(
      latest(statuses.map(({ state, lastState }) => (state?.terminated ?? lastState?.terminated)?.finishedAt)),
    ),
  };
}
