import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainer, IEnvVar, IVolumeMount } from 'kubernetes-models/v1';
import type { FeatureProfile, IModelDeployment, ServerSpec } from '../../../api/types.ts';
import { joined, locate, partsOf } from '../../../storage/index.ts';
import { copiedLabels, label, managedBy } from '../../../api/labels.ts';
import { containerResources, productSelector, restrictedContainer } from '../../../workload/container.ts';
import { keyOf, ownerReference } from '../../../api/resource.ts';
import { observerContainer } from './observer.ts';
import { startupProbe, readinessProbe } from './probes.ts';
import { revisionName } from './revision.ts';
import type { ServedModel } from './revision.ts';

export interface RevisionTemplate {
  readonly parent: IModelDeployment;
  readonly revision: string;
  readonly model: ServedModel;
  /** What the training data looked like, by signal. */
  readonly profile: Readonly<Record<string, FeatureProfile>>;
  readonly observerImage: string;
  readonly replicas: number;
}

const modelPath = '/flyball/model';

/** The group that training pods write as, so that a model which is readable for its group is readable here. */
const trainingGroup = 65532;

/** Long enough for the longest request that a load balancer lets through, in seconds. */
const terminationGracePeriod = 30;

/** A pod that is going still gets requests until every node has taken it out of the Service; so it first waits, in seconds. */
const endpointsPropagation = 5;

/** The labels of everything that belongs to one revision. Selectors use them and never change. */
export function revisionLabels(parent: IModelDeployment, revision: string): Record<string, string> {
  return {
    ...copiedLabels(parent.metadata?.labels),
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
 * @returns undefined for a model that cannot be mounted.
 */
export function buildDeployment(template: RevisionTemplate): IDeployment | undefined {
  const { parent, revision, model, replicas } = template;
  const at = locate(model.uri);
  if (at.type === 'Problem') return undefined;
  const { volumes, mounts } = joined([partsOf(at, modelPath, 'Read')], () => 'model');
  const { namespace, name } = keyOf(parent);
  const { server } = parent.spec;
  const labels = revisionLabels(parent, revision);
  const nodeSelector = productSelector(server.accelerator);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: revisionName(name, revision),
      namespace,
      labels,
      ownerReferences: [ownerReference(parent)],
    },
    spec: {
      replicas,
      revisionHistoryLimit: 0,
      selector: { matchLabels: revisionSelector(parent, revision) },
      template: {
        metadata: { labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: terminationGracePeriod,
          securityContext: {
            runAsNonRoot: true,
            supplementalGroups: [trainingGroup],
            seccompProfile: { type: 'RuntimeDefault' },
          },
          ...(nodeSelector !== undefined && { nodeSelector }),
          ...(parent.spec.observe !== undefined && {
            initContainers: [observerContainer({ ...template, observe: parent.spec.observe })],
          }),
          containers: [serverContainer(template, mounts)],
          volumes: [...volumes],
        },
      },
    },
  };
}

function serverContainer({ parent, model }: RevisionTemplate, mounts: readonly IVolumeMount[]): IContainer {
  const { server, observe } = parent.spec;
  const resources = containerResources(server.resources, server.accelerator);
  return {
    name: 'main',
    image: server.image,
    ...(server.command !== undefined && { command: [...server.command] }),
    ...(server.args !== undefined && { args: [...server.args] }),
    env: environmentOf(server, model),
    ports: [{ ...(observe === undefined && { name: 'inference' }), containerPort: server.port, protocol: 'TCP' }],
    ...(resources !== undefined && { resources }),
    startupProbe: startupProbe(server),
    readinessProbe: readinessProbe(server),
    lifecycle: { preStop: { sleep: { seconds: endpointsPropagation } } },
    volumeMounts: [...mounts],
    securityContext: restrictedContainer,
  };
}

/** The operator's variables come first, so that the user's may refer to them. */
function environmentOf(server: ServerSpec, { version, digest }: ServedModel): IEnvVar[] {
  const own: IEnvVar[] = [
    { name: 'FLYBALL_MODEL', value: modelPath },
    ...(version === undefined ? [] : [{ name: 'FLYBALL_MODEL_VERSION', value: version }]),
    ...(digest === undefined ? [] : [{ name: 'FLYBALL_MODEL_DIGEST', value: digest }]),
    { name: 'FLYBALL_PORT', value: String(server.port) },
  ];
  const users = (server.env ?? []).map(({ name, value, secretKeyRef }): IEnvVar =>
    secretKeyRef === undefined ? { name, value: value ?? '' } : { name, valueFrom: { secretKeyRef } },
  );
  return [...own, ...users];
}
