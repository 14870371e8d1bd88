import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { defined } from '../../../api/defined.ts';
import { milliseconds } from '../../../api/duration.ts';
import type { FeatureProfile, IModelDeployment, ModelDeploymentSpec } from '../../../api/types.ts';
import { locate } from '../../../storage/index.ts';
import { copiedLabels, label, managedBy } from '../../../api/labels.ts';
import { type DeclaredPod, userContainer } from '../../../workload/container.ts';
import { environment, literals } from '../../../workload/environment.ts';
import { variablesOn } from '../../../workload/hardware.ts';
import { gracePeriod, podAround, podMetadata } from '../../../workload/pod.ts';
import { keyOf, ownerReference } from '../../../api/resource.ts';
import type { ObserverAmounts } from './amounts.ts';
import { grpcPorts } from './grpc.ts';
import { type ModelParts, modelParts, type ModelTemplate } from './model.ts';
import { observerContainer } from './observer.ts';
import { livenessProbe, noticedWithin, readinessProbe, startupProbe } from './probes.ts';
import { protocols as ownProtocols } from './protocols/index.ts';
import type { Protocol } from './protocols/protocol.ts';
import { isStreamed, modelVariable, revisionName, usualModelPath } from './revision.ts';

export interface RevisionTemplate extends ModelTemplate {
  readonly revision: string;
  /** What the training data looked like, by signal. */
  readonly profile: Readonly<Record<string, FeatureProfile>>;
  readonly observerImage: string;
  readonly observerAmounts?: ObserverAmounts | undefined;
  readonly replicas: number;
}

/** How long a pod has to stay ready before it counts, unless spec.rollout says otherwise. */
const defaultMinReady = '10s';

/** Long enough for most requests, in seconds; people say how long the longest of theirs takes. */
const usualGracePeriod = 30;

/** A pod that is going still gets requests until every node has taken it out of the Service; so it first waits, in seconds. */
const endpointsPropagation = 5;

/** What Kubernetes takes for none, in seconds. */
const noDeadline = 2_147_483_647;

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
  const parts = modelParts(template, at);
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
      // A large model takes hours, and we tell how it goes; what watches Deployments would take it for failed after ten minutes.
      ...(parts.fetching.length > 0 && { progressDeadlineSeconds: noDeadline }),
      revisionHistoryLimit: 0,
      selector: { matchLabels: revisionSelector(parent, revision) },
      template: {
        metadata: podMetadata(parent.spec.server.pod, podLabels(parent, revision)),
        spec: podSpec(template, parts, protocols),
      },
    },
  };
}

function podSpec(template: RevisionTemplate, model: ModelParts, protocols: readonly Protocol[]): IPodSpec {
  const { observe } = template.parent.spec;
  const around = podAround(declaredPod(template), model.groups, model.volumes);
  const observer = observe === undefined ? [] : [observerContainer({ ...template, observe })];
  const before = [...model.fetching, ...observer, ...(around.initContainers ?? [])];
  return {
    ...around,
    terminationGracePeriodSeconds: gracePeriodOf(template),
    ...(before.length > 0 && { initContainers: before }),
    containers: [serverContainer(template, model, protocols)],
  };
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

function serverContainer(
  template: RevisionTemplate,
  { mounts }: ModelParts,
  protocols: readonly Protocol[],
): IContainer {
  const { parent, model, hardware } = template;
  const { server, observe } = parent.spec;
  const own = literals({
    [modelVariable]: isStreamed(parent.spec) ? model.uri : (server.modelPath ?? usualModelPath),
    FLYBALL_MODEL_VERSION: model.version,
    FLYBALL_MODEL_DIGEST: model.digest,
    FLYBALL_PORT: String(server.port),
  });
  const env = environment(own, variablesOn(server.env, hardware));
  return defined<IContainer>({
    ...userContainer(declaredPod(template), env, mounts),
    ports: [
      { ...(observe === undefined && { name: 'inference' }), containerPort: server.port, protocol: 'TCP' },
      ...grpcPorts(server),
    ],
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
