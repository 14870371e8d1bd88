import type { IDeployment } from 'kubernetes-models/apps/v1';
import { deployments, replicaSets } from '../../../../api/kinds.ts';
import { keyOf, uidOf } from '../../../../api/resource.ts';
import { buildDeployment } from '../deployment.ts';
import type { Workload } from '../workload.ts';

/** Independent pods, each of which serves the whole model. */
export const deployment: Workload<IDeployment> = {
  kind: deployments,
  makesBy: replicaSets,
  build: buildDeployment,
  pods: ({ spec, status }) => ({
    wanted: spec?.replicas ?? 1,
    present: status?.replicas ?? 0,
    ready: status?.readyReplicas ?? 0,
    available: status?.availableReplicas ?? 0,
  }),
  making: ({ spec }) => spec && { template: spec.template, minReady: spec.minReadySeconds ?? 0 },
  refusal: ({ status }) => {
    const failure = status?.conditions?.find((one) => one.type === 'ReplicaFailure' && one.status === 'True');
    return failure && (failure.message ?? 'no reason given');
  },
  scale: (object, replicas) => ({
    type: 'Patch',
    kind: deployments,
    key: keyOf(object),
    uid: uidOf(object),
    patch: { spec: { replicas } },
  }),
};
