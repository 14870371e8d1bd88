import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IService } from 'kubernetes-models/v1';
import type { IModelDeployment } from '../../../api/types.ts';
import { copiedLabels, label, managedBy } from '../../../api/labels.ts';
import { keyOf, ownerReference } from '../../../api/resource.ts';
import { revisionLabels, revisionSelector } from '../revision/deployment.ts';
import { revisionName } from '../revision/revision.ts';

/** Where clients send requests: all live revisions. Their numbers of pods make the weights. */
export function buildService(parent: IModelDeployment): IService {
  return service(parent, keyOf(parent).name, labelsOf(parent), { [label.modelDeployment]: keyOf(parent).name });
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
    spec: { selector, ports: [{ name: 'http', port: 80, targetPort: 'inference', protocol: 'TCP' }] },
  };
}

function labelsOf(parent: IModelDeployment): Record<string, string> {
  return {
    ...copiedLabels(parent.metadata?.labels),
    [label.managedBy]: managedBy,
    [label.modelDeployment]: keyOf(parent).name,
  };
}
