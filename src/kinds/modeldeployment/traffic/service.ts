import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IService, IServicePort } from 'kubernetes-models/v1';
import type { IModelDeployment } from '../../../api/types.ts';
import { services } from '../../../api/kinds.ts';
import { copiedLabels, label, managedBy } from '../../../api/labels.ts';
import { keyOf, ownerReference, uidOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { isGoing } from '../children.ts';
import { revisionLabels, revisionSelector } from '../revision/deployment.ts';
import { grpcPortName } from '../revision/grpc.ts';
import { revisionName } from '../revision/revision.ts';

const servicePort = 80;

/** Whoever answers in a pod: the observer, or the server where there is none. */
const inferencePort = 'inference';

const httpPort: IServicePort = { name: 'http', port: servicePort, targetPort: inferencePort, protocol: 'TCP' };

/**
 * Where servers of the Open Inference Protocol are asked by gRPC: Triton listens there, its charts have it in their Services, and clients
 * are written with it. Port 80 is taken, and gateways look at appProtocol rather than at a number. Pods without a port of that name get none of it.
 */
const grpcPort: IServicePort = {
  name: grpcPortName,
  port: 8001,
  targetPort: grpcPortName,
  protocol: 'TCP',
  appProtocol: 'kubernetes.io/h2c',
};

/** Where clients send requests: all live revisions. Their numbers of pods make the weights. */
export function buildService(parent: IModelDeployment, takesGRPC: boolean): IService {
  const selector = { [label.modelDeployment]: keyOf(parent).name };
  return service(parent, keyOf(parent).name, { labels: labelsOf(parent), selector, takesGRPC });
}

/**
 * Adds the port for gRPC to a Service that was made without it, and takes it away where nobody listens any more. It keeps its address and all
 * that others have made of it.
 */
export function withPorts(existing: IService, takesGRPC: boolean): readonly Action[] {
  const { ports = [] } = existing.spec ?? {};
  const isTaken = ports.some(takesPlace);
  if (isGoing(existing) || (takesGRPC ? isTaken : !ports.some(isOwnGRPC))) return [];
  const wanted = takesGRPC ? [...ports, grpcPort] : ports.filter((port) => !isOwnGRPC(port));
  // A list is replaced as a whole: of another version, which has a port more, nothing may be lost.
  const patch = { metadata: { resourceVersion: existing.metadata?.resourceVersion }, spec: { ports: wanted } };
  return [{ type: 'Patch', kind: services, key: keyOf(existing), uid: uidOf(existing), patch }];
}

function isOwnGRPC({ name, port, targetPort }: IServicePort): boolean {
  return name === grpcPortName && port === grpcPort.port && targetPort === grpcPort.targetPort;
}

/** Kubernetes takes neither two ports of one name nor two of one number. */
function takesPlace({ name, port, protocol = 'TCP' }: IServicePort): boolean {
  return name === grpcPortName || (port === grpcPort.port && protocol === grpcPort.protocol);
}

/** The port of others that stands where ours for gRPC belongs. */
export function inTheWay({ spec }: IService): IServicePort | undefined {
  return spec?.ports?.find((port) => takesPlace(port) && !isOwnGRPC(port));
}

/** Whether requests to a Service of ours come to our pods still: whoever may patch it can lead them elsewhere, in its name. */
export function leadsToPods({ spec }: IService, parent: IModelDeployment): boolean {
  const wanted = buildService(parent, false).spec;
  const selector = Object.entries(spec?.selector ?? {});
  return (
    spec?.type !== 'ExternalName' &&
    spec?.selector?.[label.modelDeployment] !== undefined &&
    selector.every(([key, value]) => wanted?.selector?.[key] === value) &&
    spec.ports?.some(({ port, targetPort }) => port === servicePort && targetPort === inferencePort) === true
  );
}

/** One revision alone, for tests of it and for gateways. */
export function buildRevisionService(parent: IModelDeployment, revision: string, takesGRPC: boolean): IService {
  const labels = revisionLabels(parent, revision);
  const selector = revisionSelector(parent, revision);
  return service(parent, revisionName(keyOf(parent).name, revision), { labels, selector, takesGRPC });
}

interface ServiceParts {
  readonly labels: Record<string, string>;
  readonly selector: Record<string, string>;
  readonly takesGRPC: boolean;
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

function service(parent: IModelDeployment, name: string, { labels, selector, takesGRPC }: ServiceParts): IService {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: keyOf(parent).namespace, labels, ownerReferences: [ownerReference(parent)] },
    spec: {
      // By what is watched: a pod that gets requests is seen, whoever made it.
      selector: { [label.managedBy]: managedBy, ...selector },
      ports: takesGRPC ? [httpPort, grpcPort] : [httpPort],
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
