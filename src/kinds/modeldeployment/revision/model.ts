/** How the model of a revision comes into its pods. */
import type { IContainer, IPodSecurityContext, IVolume, IVolumeMount } from 'kubernetes-models/v1';
import { joined, partsOf } from '../../../storage/index.ts';
import { type StorageInstallation, usualStorage } from '../../../storage/installation.ts';
import { remoteVolumes } from '../../../storage/remote.ts';
import type { Location } from '../../../storage/storage.ts';
import type { IModelDeployment } from '../../../api/types.ts';
import { optionsOf } from '../../../workload/container.ts';
import type { HardwareProfile } from '../../../workload/hardware.ts';
import { modelGroup } from '../../../workload/pod.ts';
import { fetchContainers, transferVolumes, volumeFor } from '../../../workload/transfers.ts';
import { isStreamed, type ServedModel, usualModelPath, verifiedDigest } from './revision.ts';

/** What decides how the model comes into a pod. */
export interface ModelTemplate {
  readonly parent: IModelDeployment;
  readonly model: ServedModel;
  /** The profile that the server's accelerator names, as it is now. */
  readonly hardware?: HardwareProfile | undefined;
  /** How the installation reaches stores; as the chart has it if absent. */
  readonly installation?: StorageInstallation | undefined;
}

export interface ModelParts {
  readonly volumes: readonly IVolume[];
  /** Where the server sees the model. */
  readonly mounts: readonly IVolumeMount[];
  /** What fetches it, before anything else starts; none where the kubelet mounts it. */
  readonly fetching: readonly IContainer[];
  /** The groups of a pod whose author does not say which. */
  readonly groups: Pick<IPodSecurityContext, 'fsGroup' | 'fsGroupChangePolicy' | 'supplementalGroups'>;
}

/** What a pod needs in order to have the model at its path. */
export function modelParts(template: ModelTemplate, at: Location): ModelParts {
  const { parent, model, installation = usualStorage, hardware } = template;
  if (isStreamed(parent.spec)) return { volumes: [], mounts: [], fetching: [], groups: groupsFor([]) };
  const { storage, pod, modelPath: mountPath = usualModelPath } = parent.spec.server;
  const mounting = {
    mountPath: usualModelPath,
    access: 'Read',
    digest: verifiedDigest(model),
    volume: volumeFor(installation, storage),
  } as const;
  const { volumes, mounts, fetches } = joined([partsOf(at, mounting)], volumeName);
  const options = optionsOf({ options: pod, hardware });
  const fetching = fetchContainers(fetches, { installation, storage, pod: options });
  const seen = options.fsGroup === undefined ? volumes : volumes.map(onlyRead);
  const own = fetching.length === 0 ? seen : [...seen, ...transferVolumes];
  return {
    volumes: own,
    mounts: mounts.map((mount) => ({ ...mount, mountPath })),
    fetching,
    groups: groupsFor(volumes),
  };
}

/** A claim belongs to root as it is made; what fetches into it is not root, and so has to be of its group. */
function groupsFor(volumes: readonly IVolume[]): ModelParts['groups'] {
  const isFetchedInto = volumes.some((volume) => isOfTransfers(volume) && volume.emptyDir === undefined);
  return isFetchedInto
    ? { fsGroup: modelGroup, fsGroupChangePolicy: 'OnRootMismatch' }
    : { supplementalGroups: [modelGroup] };
}

/** The kubelet gives all files of a claim that can be written to the pod's group, so that those who read them as another one could not any more. */
function onlyRead(volume: IVolume): IVolume {
  const { persistentVolumeClaim: claim } = volume;
  if (claim === undefined || isOfTransfers(volume)) return volume;
  return { ...volume, persistentVolumeClaim: { ...claim, readOnly: true } };
}

function isOfTransfers({ name }: IVolume): boolean {
  return Object.values<string>(remoteVolumes).includes(name);
}

/** A storage may need more volumes than one. */
function volumeName(index: number): string {
  return index === 0 ? 'model' : `model-${index}`;
}
