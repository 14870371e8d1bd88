/** The rule about a pod that the kubelet threw out. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import { sharedMemoryVolume } from '../volumes.ts';
import { aboutPod, type Finding } from './finding.ts';
import type { Place } from './place.ts';
import { type EndRule, isEvicted } from './order.ts';
import { storageField } from './transfers.ts';
import { remoteVolumes } from '../../storage/remote.ts';

/** What helps, as far as the kubelet's words are understood: else nothing is advised but to solve what it says. */
interface Shortage {
  readonly words: RegExp;
  /** Whether it is the node's own disk that was short. */
  readonly isOfNode?: true;
  readonly move: Finding['move'];
  readonly remedy: (place: Place, of: string) => string;
  /** What to edit, where that helps. */
  readonly field?: (place: Place, of: string) => string;
}

const longestName = 128;
const diskOf = ({ container }: Place) => `${container}.resources.ephemeralStorage`;
const memoryOf = ({ container }: Place) => `${container}.resources`;
const volumeOf = (place: Place, volume: string) => {
  if (volume === remoteVolumes.storage) return `${storageField(place)}.volume`;
  return volume === sharedMemoryVolume ? `${place.pod}.sharedMemory` : `${place.pod}.volumes`;
};

const shortages: readonly Shortage[] = [
  {
    words: /Usage of EmptyDir volume "([^"]{1,63})" exceeds the limit/,
    move: 'Edit',
    remedy: (place, volume) =>
      `raise the limit of volume ${shortened(volume, longestName)} in ${volumeOf(place, volume)}, or write less to it`,
    field: volumeOf,
  },
  {
    words: /exceeds the total limit of containers|exceeded its local ephemeral storage limit/,
    isOfNode: true,
    move: 'Edit',
    remedy: (place) => `raise ${diskOf(place)}, or write what is large to a claim`,
    field: diskOf,
  },
  {
    words: /low on resource: ephemeral-storage/,
    isOfNode: true,
    move: 'Edit',
    remedy: (place) =>
      `ask for what it writes in ${diskOf(place)}, so that it gets a node that has it, or write what is large to a claim`,
    field: diskOf,
  },
  {
    words: /ephemeral|emptydir|inode|\bdisk/i,
    isOfNode: true,
    move: 'Repeat',
    remedy: () =>
      "write less to the container's own disk, and what is large to a claim; if the limit is too low or the nodes' disks are full, " +
      'the administrator has to act',
  },
  {
    words: /resource: memory|MemoryPressure/i,
    move: 'Edit',
    remedy: (place) => `ask for what it needs in ${memoryOf(place)}, so that it gets a node that has it`,
    field: memoryOf,
  },
];

/** What is fetched may be most of what the pod takes. */
function elsewhere({ isOfNode }: Shortage, { spec }: IPod, place: Place): string {
  const fetched = spec?.volumes?.find(({ name }) => name === remoteVolumes.storage);
  if (isOfNode === undefined || fetched?.emptyDir === undefined) return '';
  return `; in a claim (${storageField(place)}.volume.ephemeral) what is fetched takes none of it`;
}

/** Before the exit code, which is that of the kill. */
export const evicted: EndRule = ({ pod, at }, place) => {
  if (!isEvicted(pod)) return undefined;
  const words = pod.status?.message ?? '';
  const known = shortages.find((one) => one.words.test(words));
  const of = known?.words.exec(words)?.[1] ?? '';
  return {
    ...aboutPod(at),
    lasts: false,
    reason: 'Evicted',
    what: 'the kubelet evicted the pod',
    move: known?.move ?? 'Repeat',
    remedy:
      known === undefined ? 'solve what the kubelet says' : `${known.remedy(place, of)}${elsewhere(known, pod, place)}`,
    ...(known?.field !== undefined && { field: known.field(place, of) }),
    quote: { by: 'the kubelet', words },
  };
};
