import type { IContainer, IContainerStatus, IPod } from 'kubernetes-models/v1';
import type { Quote } from '../../api/condition.ts';
import { mainContainer } from '../container.ts';

/** A container as the kubelet reports it, with what was asked for it where that is known. */
export interface ContainerReport {
  readonly status: IContainerStatus;
  readonly spec: IContainer | undefined;
  readonly isMain: boolean;
}

/** All containers of a pod that the kubelet has reported about, the user's first, then in the order in which they start. */
export function containersOf({ spec, status }: IPod): ContainerReport[] {
  const declared = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  const reports = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].map((report) => ({
    status: report,
    spec: declared.find(({ name }) => name === report.name),
    isMain: report.name === mainContainer,
  }));
  return [...reports.filter(({ isMain }) => isMain), ...reports.filter(({ isMain }) => !isMain)];
}

/** The user's container, as far as the kubelet has reported about it. */
export function mainStatus(pod: IPod): IContainerStatus | undefined {
  return pod.status?.containerStatuses?.find(({ name }) => name === mainContainer);
}

/**
 * The container for which a pod failed: the user's if it failed; else one that is no sidecar, since sidecars are killed when the
 * others have ended.
 */
export function culpritOf(pod: IPod): ContainerReport | undefined {
  return containersOf(pod).find(
    ({ status, spec }) => (status.state?.terminated?.exitCode ?? 0) !== 0 && spec?.restartPolicy !== 'Always',
  );
}

/** How a container came to an end. */
type End = NonNullable<NonNullable<IContainerStatus['state']>['terminated']>;

/** Whether it never ran. */
export function isUnstarted(end: End | undefined): boolean {
  return ['StartError', 'ContainerCannotRun'].includes(end?.reason ?? '');
}

/** What a container said at its end. One that never ran said nothing; the kubelet did. */
export function lastWords(container: ContainerReport, end: End | undefined): Quote {
  return isUnstarted(end)
    ? { by: 'the kubelet', words: withoutIDs(end?.message ?? '') }
    : { by: titleOf(container), words: end?.message };
}

/** The kubelet's words about a container, which has another ID at every try: with it the message would change each time. */
export function withoutIDs(words: string): string {
  return words.replace(/\b[0-9a-f]{12,}\b/g, '…');
}

/** How a sentence calls a container as its subject. */
export function titleOf({ status, isMain }: ContainerReport): string {
  return isMain ? 'the container' : `container ${status.name}`;
}

/** What follows the name of something that a container has; nothing for the user's container. */
export function ofContainer({ status, isMain }: ContainerReport): string {
  return isMain ? '' : ` of container ${status.name}`;
}
