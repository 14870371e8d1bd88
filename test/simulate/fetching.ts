import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import { timestamp } from '../../src/api/condition.ts';
import { isTransfer } from '../../src/workload/transfers.ts';

type Status = NonNullable<IPod['status']>;

/** How a pod fares with the model that it has to fetch before its server starts. */
export type Fetching =
  { readonly isUnderWay: true; readonly status: Status } | { readonly isUnderWay: false; readonly until: Date };

/** @param seconds how long it takes; undefined if it fails again and again. */
export function fetching({ spec }: IDeployment, since: Date, seconds: number | undefined, now: Date): Fetching {
  if (spec?.template.spec?.initContainers?.some(isTransfer) !== true) return { isUnderWay: false, until: since };
  const until = new Date(since.getTime() + (seconds ?? Infinity) * 1000);
  if (until <= now) return { isUnderWay: false, until };
  const fails = seconds === undefined;
  const end = { exitCode: 3, reason: 'Error', message: 'There is no bucket "models".' };
  const state = fails ? { waiting: { reason: 'CrashLoopBackOff' } } : { running: { startedAt: timestamp(since) } };
  const lastState = fails ? { terminated: end } : {};
  const container = { image: 'storage', imageID: '', ready: false, started: false };
  return {
    isUnderWay: true,
    status: {
      phase: 'Pending',
      conditions: [
        { type: 'PodScheduled', status: 'True', lastTransitionTime: timestamp(since) },
        { type: 'Initialized', status: 'False', lastTransitionTime: timestamp(since) },
        { type: 'Ready', status: 'False', lastTransitionTime: timestamp(since) },
      ],
      initContainerStatuses: [{ ...container, name: 'fetch', restartCount: fails ? 4 : 0, state, lastState }],
      containerStatuses: [
        { ...container, name: 'main', restartCount: 0, state: { waiting: { reason: 'PodInitializing' } } },
      ],
    },
  };
}

/** What its pod says of that later. */
export function fetched(since: Date, until: Date): Pick<Status, 'initContainerStatuses'> {
  if (until.getTime() === since.getTime()) return {};
  const terminated = { exitCode: 0, reason: 'Completed', finishedAt: timestamp(until) };
  const done = { name: 'fetch', image: 'storage', imageID: '', ready: true, restartCount: 0, state: { terminated } };
  return { initContainerStatuses: [done] };
}
