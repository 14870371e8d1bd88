import type { IContainer, IContainerStatus, IPod } from 'kubernetes-models/v1';
import type { Quote } from '../../api/condition.ts';
import { mainContainer } from '../container.ts';
import type { TransferContainer } from '../transfers.ts';
import type { Place } from './place.ts';

/** Whose a container is: what the user declares, what the operator puts beside it, what others add to pods. */
export type Owner = 'User' | 'Ours' | 'Injected';

/** A container as the kubelet reports it, with what was asked for it where that is known. */
export interface ContainerReport {
  readonly status: IContainerStatus;
  readonly spec: IContainer | undefined;
  readonly isMain: boolean;
  /** Whether it saves what the user's left, and starts when that has ended; then the user's is the last init container. */
  readonly saves: boolean;
  readonly owner: Owner;
  /** The field that declares it, of one that the user declares beside their own. */
  readonly field?: string;
  /** Whether it runs to its end before others start, stays beside them, or is one of those. */
  readonly part: 'Init' | 'Sidecar' | 'Regular';
}

/**
 * All containers of a pod that the kubelet has reported about, the user's first, then in the order in which they start.
 * @param place whose they are; without it those beside the user's are anybody's.
 */
export function containersOf(pod: IPod, place?: Known): ContainerReport[] {
  const reports = inStartOrder(pod, place);
  return [...reports.filter(({ isMain }) => isMain), ...reports.filter(({ isMain }) => !isMain)];
}

type Known = Pick<Place, 'pod' | 'ours' | 'declared'>;

/** As `containersOf`, the user's in its place among the others. */
export function inStartOrder(pod: IPod, place?: Known): ContainerReport[] {
  const { spec, status } = pod;
  return [
    ...reportsOf(pod, spec?.initContainers, status?.initContainerStatuses, place, true),
    ...reportsOf(pod, spec?.containers, status?.containerStatuses, place, false),
  ];
}

function reportsOf(
  pod: IPod,
  declared: readonly IContainer[] | undefined,
  reported: readonly IContainerStatus[] | undefined,
  place: Known | undefined,
  isInit: boolean,
): ContainerReport[] {
  return (reported ?? []).filter(hasName).map((status) => {
    const spec = declared?.find(({ name }) => name === status.name);
    const isMain = status.name === mainContainer && isInit === isSaved(pod);
    const saves = status.name === saveName && !isInit && isSaved(pod);
    const part = !isInit ? 'Regular' : spec?.restartPolicy === 'Always' ? 'Sidecar' : 'Init';
    return { status, spec, isMain, saves, part, ...ownerOf(status.name, isMain, part, place) };
  });
}

/** The container that saves what the user's left. */
export const saveName: TransferContainer = 'save';

/** Whether the user's container is the last init container of a pod, so that it is saved what it leaves. */
export function isSaved({ spec }: IPod): boolean {
  return spec?.initContainers?.some(({ name }) => name === mainContainer) === true;
}

/**
 * The container that decides how a pod ends: the first one that failed without which the others are in vain, else what saves, or the user's.
 * Undefined if the kubelet has not reported about it.
 */
export function decidingOf(pod: IPod): ContainerReport | undefined {
  const own = inStartOrder(pod).filter(({ part, isMain, saves }) => part === 'Init' || isMain || saves);
  const failed = own.find(({ status }) => (status.state?.terminated?.exitCode ?? 0) !== 0);
  return failed ?? own.find(({ isMain, saves }) => (isSaved(pod) ? saves : isMain));
}

function ownerOf(
  name: string,
  isMain: boolean,
  part: ContainerReport['part'],
  place: Known | undefined,
): Pick<ContainerReport, 'owner' | 'field'> {
  if (isMain) return { owner: 'User' };
  if (place?.ours?.includes(name) === true) return { owner: 'Ours' };
  if (place?.declared?.includes(name) !== true || part === 'Regular') return { owner: 'Injected' };
  return { owner: 'User', field: `${place.pod}.${part === 'Init' ? 'initContainers' : 'sidecars'}` };
}

/** The API server takes names that are none in a status; no command could have one. */
function hasName({ name }: IContainerStatus): boolean {
  return /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name);
}

/** The user's container, as far as the kubelet has reported about it. */
export function mainStatus(pod: IPod): IContainerStatus | undefined {
  const { containerStatuses, initContainerStatuses } = pod.status ?? {};
  return (isSaved(pod) ? initContainerStatuses : containerStatuses)?.find(({ name }) => name === mainContainer);
}

/** Whether it does what it is there for: it ended well, or runs and answers its probes. */
export function works({ status, part, isMain, saves }: ContainerReport): boolean {
  const end = status.state?.terminated;
  if (part === 'Sidecar') return status.started === true && status.state?.running !== undefined;
  // Those that nobody probes are never ready, or at once.
  if (end === undefined && (saves || (isMain && part === 'Init'))) return status.state?.running !== undefined;
  return end === undefined ? part === 'Regular' && status.ready : end.exitCode === 0;
}

/** How a container came to an end. */
export type End = NonNullable<NonNullable<IContainerStatus['state']>['terminated']>;

/** Whether it never ran. */
export function isUnstarted(end: End | undefined): boolean {
  return ['StartError', 'ContainerCannotRun'].includes(end?.reason ?? '');
}

/** Whether kubelet or runtime lost sight of it, as after a crash of its node, and made up its exit code. containerd says Unknown. */
export function isLost(end: End | undefined): boolean {
  return ['ContainerStatusUnknown', 'Unknown'].includes(end?.reason ?? '');
}

/** The kubelet's words for a command that is not in the image or cannot be executed. */
const wrongCommand =
  /executable file not found|exec:? .*(?:no such file or directory|permission denied|is a directory)/;

/** Whether it never ran since its command cannot be run; what else may keep it from running is not understood. */
export function hasWrongCommand(end: End | undefined): boolean {
  return isUnstarted(end) && wrongCommand.test(end?.message ?? '');
}

/**
 * What a container said at its end. One that never ran or was lost said nothing; the kubelet did.
 * @param where which of several pods it was in.
 */
export function lastWords(container: ContainerReport, end: End | undefined, where = ''): Quote {
  return isUnstarted(end) || isLost(end)
    ? { by: 'the kubelet', words: withoutIDs(end?.message ?? '') }
    : { by: `${titleOf(container)}${where}`, words: end?.message, telling: 'End' };
}

/** The kubelet's words about a container, without what is another at every try: with it the message would change each time. */
export function withoutIDs(words: string): string {
  return words.replace(/\b[0-9a-f]{12,}\b/g, '…').replace(/:\d{4,5}->/g, '->');
}

/** How a sentence calls a container as its subject. */
export function titleOf({ status, isMain }: ContainerReport): string {
  return isMain ? 'the container' : `container ${status.name}`;
}

/** What follows the name of something that a container has; nothing for the user's container. */
export function ofContainer({ status, isMain }: ContainerReport): string {
  return isMain ? '' : ` of container ${status.name}`;
}
