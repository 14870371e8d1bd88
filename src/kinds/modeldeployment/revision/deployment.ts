import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodSpec, IVolume, IVolumeMount } from 'kubernetes-models/v1';
import { defined } from '../../../api/defined.ts';
import { milliseconds } from '../../../api/duration.ts';
import type { FeatureProfile, IModelDeployment, ModelDeploymentSpec } from '../../../api/types.ts';
import { joined, locate, partsOf } from '../../../storage/index.ts';
import type { PodParts } from '../../../storage/storage.ts';
import { type StorageInstallation, usualStorage } from '../../../storage/installation.ts';
import { copiedLabels, label, managedBy } from '../../../api/labels.ts';
import { type DeclaredPod, userContainer } from '../../../workload/container.ts';
import { environment, literals } from '../../../workload/environment.ts';
import { type HardwareProfile, variablesOn } from '../../../workload/hardware.ts';
import { gracePeriod, modelGroup, podAround, podMetadata } from '../../../workload/pod.ts';
import { fetchContainers, transferVolumes } from '../../../workload/transfers.ts';
import { keyOf, ownerReference } from '../../../api/resource.ts';
import type { ObserverAmounts } from './amounts.ts';
import { observerContainer } from './observer.ts';
import { livenessProbe, noticedWithin, readinessProbe, startupProbe } from './probes.ts';
import { protocols as ownProtocols } from './protocols/index.ts';
import type { Protocol } from './protocols/protocol.ts';
import { revisionName } from './revision.ts';
import type { ServedModel } from './revision.ts';

export interface RevisionTemplate {
  readonly parent: IModelDeployment;
  readonly revision: string;
  readonly model: ServedModel;
  /** What the training data looked like, by signal. */
  readonly profile: Readonly<Record<string, FeatureProfile>>;
  readonly observerImage: string;
  readonly observerAmounts?: ObserverAmounts | undefined;
  /** The profile that the server's accelerator names, as it is now. */
  readonly hardware?: HardwareProfile | undefined;
  /** How the installation reaches stores; as the chart has it if absent. */
  readonly installation?: StorageInstallation | undefined;
  readonly replicas: number;
}

const modelPath = '/flyball/model';

/** How long a pod has to stay ready before it counts, unless spec.rollout says otherwise. */
const defaultMinReady = '10s';

/** Long enough for most requests, in seconds; people say how long the longest of theirs takes. */
const usualGracePeriod = 30;

/** A pod that is going still gets requests until every node has taken it out of the Service; so it first waits, in seconds. */
const endpointsPropagation = 5;

/** The labels of the objects that belong to one revision. */
export function revisionLabels(parent: IModelDeployment, revision: string): Record<string, string> {
  return { ...copiedLabels(parent.metadata?.labels), ...podLabels(parent, revision) };
}

/** The labels of its pods, all of them ours. Selectors use them and never change. */
function podLabels(parent: IModelDeployment, revision: string): Record<string, string> {
  return {
    [label.managedBy]: managedBy,
    [label.modelDeployment]: keyOf(parent).name,
    [label.revision]: revision,
  };
}

/** What selects the pods of one revision. */
export function revisionSelector(parent: IModelDeployment, revision: string): Record<string, string> {
  return { [label.modelDeployment]: keyOf(parent).name, [label.revision]: revision };
}

/**
 * The Deployment of a revision. Its template is never changed afterwards: another server is another revision.
 * @param protocols those that spec.server.protocol may name.
 * @returns undefined for a model that cannot be mounted.
 */
export function buildDeployment(
  template: RevisionTemplate,
  protocols: readonly Protocol[] = ownProtocols,
): IDeployment | undefined {
  const { parent, revision, model, replicas } = template;
  const at = locate(model.uri);
  if (at.type === 'Unlocated') return undefined;
  const mounting = {
    mountPath: modelPath,
    access: 'Read',
    digest: model.digest,
    volume: parent.spec.server.storage?.volume,
  } as const;
  const parts = joined([partsOf(at, mounting)], volumeName);
  const { namespace, name } = keyOf(parent);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: revisionName(name, revision),
      namespace,
      labels: revisionLabels(parent, revision),
      ownerReferences: [ownerReference(parent)],
    },
    spec: {
      replicas,
      minReadySeconds: minReadySeconds(parent.spec),
      revisionHistoryLimit: 0,
      selector: { matchLabels: revisionSelector(parent, revision) },
      template: {
        metadata: podMetadata(parent.spec.server.pod, podLabels(parent, revision)),
        spec: podSpec(template, parts, protocols),
      },
    },
  };
}

function podSpec(template: RevisionTemplate, model: PodParts, protocols: readonly Protocol[]): IPodSpec {
  const { observe } = template.parent.spec;
  const declared = declaredPod(template);
  const { installation = usualStorage, parent } = template;
  const { storage, pod = {} } = parent.spec.server;
  const fetching = fetchContainers(model.fetches, { installation, storage, pod });
  const volumes = declared.options?.fsGroup === undefined ? model.volumes : model.volumes.map(onlyRead);
  const own = fetching.length === 0 ? volumes : [...volumes, ...transferVolumes];
  const around = podAround(declared, { supplementalGroups: [modelGroup] }, own);
  const observer = observe === undefined ? [] : [observerContainer({ ...template, observe })];
  const before = [...fetching, ...observer, ...(around.initContainers ?? [])];
  return {
    ...around,
    terminationGracePeriodSeconds: gracePeriodOf(template),
    ...(before.length > 0 && { initContainers: before }),
    containers: [serverContainer(template, model.mounts, protocols)],
  };
}

/** The kubelet gives all files of a claim that can be written to the pod's group, so that those who read them as another one could not any more. */
function onlyRead({ persistentVolumeClaim: claim, ...volume }: IVolume): IVolume {
  return claim === undefined ? volume : { ...volume, persistentVolumeClaim: { ...claim, readOnly: true } };
}

function declaredPod({ parent, hardware }: RevisionTemplate): DeclaredPod {
  const { server } = parent.spec;
  return { main: server, options: server.pod, hardware };
}

function gracePeriodOf({ parent }: RevisionTemplate): number {
  return gracePeriod(parent.spec.server.pod) ?? usualGracePeriod;
}

/**
 * Not part of the template, and of no revision's identity: a Deployment that exists keeps what it has. It is longer than the kubelet takes to
 * notice that a server is not ready any more, as far as people declare how it asks.
 */
function minReadySeconds({ rollout, server }: ModelDeploymentSpec): number {
  const declared = Math.ceil((milliseconds(rollout?.minReady ?? defaultMinReady) ?? 0) / 1000);
  return server.readiness === undefined ? declared : Math.max(declared, noticedWithin(server) + 1);
}

/** A storage may need more volumes than one. */
function volumeName(index: number): string {
  return index === 0 ? 'model' : `model-${index}`;
}

function serverContainer(
  template: RevisionTemplate,
  mounts: readonly IVolumeMount[],
  protocols: readonly Protocol[],
): IContainer {
  const { parent, model, hardware } = template;
  const { server, observe } = parent.spec;
  const own = literals({
    FLYBALL_MODEL: modelPath,
    FLYBALL_MODEL_VERSION: model.version,
    FLYBALL_MODEL_DIGEST: model.digest,
    FLYBALL_PORT: String(server.port),
  });
  const env = environment(own, variablesOn(server.env, hardware));
  return defined<IContainer>({
    ...userContainer(declaredPod(template), env, mounts),
    ports: [{ ...(observe === undefined && { name: 'inference' }), containerPort: server.port, protocol: 'TCP' }],
    startupProbe: startupProbe(server, protocols),
    readinessProbe: readinessProbe(server, protocols),
    livenessProbe: livenessProbe(server, protocols, gracePeriodOf(template)),
    lifecycle: waitingFor(gracePeriodOf(template)),
  });
}

/** Its wait is part of the time that a pod has to end, and Kubernetes takes no pod that has not more than that. */
function waitingFor(gracePeriodSeconds: number): IContainer['lifecycle'] {
  const seconds = Math.min(endpointsPropagation, gracePeriodSeconds - 1);
  return seconds < 1 ? undefined : { preStop: { sleep: { seconds } } };
}
