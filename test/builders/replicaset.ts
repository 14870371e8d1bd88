import type { IDeployment, IReplicaSet } from 'kubernetes-models/apps/v1';
import { keyOf, ownerReference, uidOf } from '../../src/api/resource.ts';

/** That by which the Deployment controller makes the pods of a Deployment. */
export function replicaSetOf(deployment: IDeployment): IReplicaSet {
  const { namespace, name } = keyOf(deployment);
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-5d8f7c9b6c`,
      namespace,
      uid: `${uidOf(deployment)}-replicas`,
      labels: deployment.spec?.template.metadata?.labels ?? {},
      ownerReferences: [ownerReference(deployment)],
    },
  };
}
