import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IService } from 'kubernetes-models/v1';
import type { IModelDeployment } from '../../../api/types.ts';
import { copiedLabels, label, managedBy } from '../../../api/labels.ts';
import { keyOf, ownerReference } from '../../../api/resource.ts';
import { revisionLabels, revisionSelector } from '../revision/deployment.ts';
import { revisionName } from '../revision/revision.ts';

const servicePort = 80;

/** Whoever answers in a pod: the observer, or the server where there is none. */
const inferencePort = 'inference';

/** Where clients send requests: all live revisions. Their numbers of pods make the weights. */
export function buildService(parent: IModelDeployment): IService {
  return service(parent, keyOf(parent).name, labelsOf(parent), { [label.modelDeployment]: keyOf(parent).name });
}

/** Whether requests to a Service of ours come to our pods still: whoever may patch it can lead them elsewhere, in its name. */
export function leadsToPods({ spec }: IService, parent: IModelDeployment): boolean {
  const wanted = buildService(parent).spec;
  const selector = Object.entries(spec?.selector ?? {});
  return (
    spec?.type !== 'ExternalName' &&
    spec?.selector?.[label.modelDeployment] !== undefined &&
    selector.every(([key, value]) => wanted?.selector?.[key] === value) &&
    (spec.ports?.some(({ port, targetPort }) => port === servicePort && targetPort === inferencePort) ?? false)
  );
}

/** One revision alone, for tests of it and for gateways. */
export function buildRevisionService(parent: IModelDeployment, revision: string): IService {
  const name = revisionName(keyOf(parent).name, revision);
  return service(parent, name, revisionLabels(parent, revision), revisionSelector(parent, revision));
}

/** Nodes are drained pod by pod. A pod that is not ready may always go: it serves nobody. */
export function buildDisruptionBudget(parent: IModelDeployment): IPodDisruptionBudget {
  const { namespace, name } = keyOf(parent);
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace, labels: labelsOf(parent), ownerReferences: [ownerReference(parent)] },
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: { [label.modelDeployment]: name } },
    },
  };
}

function service(
  parent: IModelDeployment,
  name: string,
  labels: Record<string, string>,
  selector: Record<string, string>,
): IService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: keyOf(parent).namespace, labels, ownerReferences: [ownerReference(parent)] },
    spec: {
      // By what is watched: a pod that gets requests is seen, whoever made it.
      selector: { [label.managedBy]: managedBy, ...selector },
      ports: [{ name: 'http', port: servicePort, targetPort: inferencePort, protocol: 'TCP' }],
    },
  };
}

function labelsOf(parent: IModelDeployment): Record<string, string> {
  return {
    ...copiedLabels(parent.metadata?.labels),
    [label.managedBy]: managedBy,
    [label.modelDeployment]: keyOf(parent).name,
  };
}
