import type { IContainerStatus, IPod } from 'kubernetes-models/v1';
import { mainContainer } from '../../workload/container.ts';
import { containersOf, type ContainerReport, isUnstarted } from '../../workload/diagnosis/containers.ts';
import { transferContainers } from '../../workload/transfers.ts';

/** Which containers of a pod people want to read. */
export interface ChosenContainers {
  readonly container?: string | undefined;
  readonly allContainers?: boolean | undefined;
}

interface Readable {
  readonly name: string;
  readonly isMain: boolean;
}

/**
 * The containers of a pod whose logs are read: `main`, and beside it those that fail, since else people would read a log that says nothing of
 * what is wrong, and what fetches or saves artifacts as long as it does. What never ran has no log.
 */
export function containersToRead(pod: IPod, { container, allContainers = false }: ChosenContainers): Readable[] {
  if (container !== undefined)
    return has(pod, container) ? [{ name: container, isMain: container === mainContainer }] : [];
  const reports = containersOf(pod).filter(
    (report) => report.isMain || allContainers || isFailing(report) || isTransferring(report),
  );
  const readable = reports.map(({ status, isMain }) => ({ name: status.name, isMain }));
  // The kubelet has reported nothing yet: it will.
  const isComing = readable.every(({ isMain }) => !isMain) && has(pod, mainContainer);
  return isComing ? [{ name: mainContainer, isMain: true }, ...readable] : readable;
}

/** Whether a container has a log: it ran, or runs. */
export function hasRun({ state, lastState, restartCount }: IContainerStatus): boolean {
  if (state?.running !== undefined || lastState?.terminated !== undefined || restartCount > 0) return true;
  return state?.terminated !== undefined && !isUnstarted(state.terminated);
}

/** The status of a container of a pod, whatever kind it is. */
export function statusIn({ status }: IPod, name: string): IContainerStatus | undefined {
  return [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find(
    (container) => container.name === name,
  );
}

function isFailing({ status: { state, lastState } }: ContainerReport): boolean {
  const end = state?.terminated ?? (state?.running === undefined ? lastState?.terminated : undefined);
  return end !== undefined && end.exitCode !== 0;
}

/** A sidecar that uploads checkpoints says the same again and again. */
function isTransferring({ status: { name, state }, part }: ContainerReport): boolean {
  return part !== 'Sidecar' && state?.running !== undefined && transferContainers.some((one) => one === name);
}

function has({ spec }: IPod, name: string): boolean {
  return [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])].some((container) => container.name === name);
}
