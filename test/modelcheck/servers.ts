/** What the servers of a ModelDeployment's revisions do, in the pods of their Deployments. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IContainerStatus, IPod } from 'kubernetes-models/v1';
import { keyOf, ownerReference } from '../../src/api/resource.ts';
import { server } from '../builders/modeldeployment.ts';
import { replicaSetOf } from '../builders/replicaset.ts';
import type { Step } from './explore.ts';
import { isWithoutSurge, most, type ServingCluster, type ServingWorld } from './servingworld.ts';

/** Pods come and go one at a time; those of a Deployment that never had one may crash, or be ready for a moment and then never. */
export function lives(cluster: ServingCluster, world: ServingWorld, deployment: IDeployment): Step<ServingWorld>[] {
  const { name } = keyOf(deployment);
  const wanted = deployment.spec?.replicas ?? 0;
  const { readyReplicas: ready = 0, availableReplicas: available = 0 } = deployment.status ?? {};
  const failing = cluster.get(world.server, idOf(deployment)) as IPod | undefined;
  if (failing !== undefined) return isWithoutSurge(cluster) ? ends(cluster, world, deployment, failing) : [];
  if (ready > available) return [goesMute(cluster, world, deployment)];
  if (available > wanted) return [sized(cluster, world, deployment, available - 1)];
  if (available === wanted) return [];
  const up = sized(cluster, world, deployment, available + 1);
  if (deployment.status !== undefined) return [up];
  const status = { replicas: wanted, readyReplicas: wanted, availableReplicas: 0 };
  const moment: IDeployment = { ...deployment, status };
  return [
    up,
    { label: `cluster   the server of ${name} crashes`, next: withPod(cluster, world, deployment, crashing) },
    { label: `cluster   ${name} is ready, for a moment`, next: cluster.put(world, moment) },
  ];
}

/** A server that has served may crash all the same. */
export function fails(cluster: ServingCluster, world: ServingWorld, deployment: IDeployment): Step<ServingWorld>[] {
  const { extra } = world;
  const isServing = (deployment.status?.availableReplicas ?? 0) > 0 && world.server[idOf(deployment)] === undefined;
  if (!isServing || extra.failures >= most.failures) return [];
  const failed = { ...world, extra: { ...extra, failures: extra.failures + 1, reached: false } };
  return [
    {
      label: `cluster   the server of ${keyOf(deployment).name} crashes, though it served`,
      next: withPod(cluster, cluster.put(failed, silent(deployment)), deployment, crashing),
    },
  ];
}

/** Whether the server of a revision fails for good. */
export function isIll(world: ServingWorld, revision: string | undefined): boolean {
  return world.server[`Pod/fraud-${revision}-ill`] !== undefined;
}

/** Its pod goes with its place, and one that comes again fails again. */
function ends(cluster: ServingCluster, world: ServingWorld, deployment: IDeployment, pod: IPod): Step<ServingWorld>[] {
  const phase = (deployment.spec?.replicas ?? 0) > 0 ? 'Running' : 'Failed';
  if (pod.status?.phase === phase) return [];
  const replicas = phase === 'Running' ? 1 : 0;
  const after: IDeployment = { ...deployment, status: { replicas, readyReplicas: 0, availableReplicas: 0 } };
  const turned: IPod = { ...pod, status: { ...pod.status, phase } };
  return [
    {
      label: `cluster   the server of ${keyOf(deployment).name} ${phase === 'Running' ? 'crashes again' : 'is gone'}`,
      next: cluster.put(cluster.put(world, after), turned),
    },
  ];
}

function goesMute(cluster: ServingCluster, world: ServingWorld, deployment: IDeployment): Step<ServingWorld> {
  return {
    label: `cluster   ${keyOf(deployment).name} is not ready any more`,
    next: withPod(cluster, cluster.put(world, silent(deployment)), deployment, mute),
  };
}

function sized(
  cluster: ServingCluster,
  world: ServingWorld,
  deployment: IDeployment,
  pods: number,
): Step<ServingWorld> {
  const status = { replicas: pods, readyReplicas: pods, availableReplicas: pods };
  const after: IDeployment = { ...deployment, status };
  return {
    label: `cluster   ${keyOf(deployment).name} has ${pods} pods available`,
    next: cluster.put(world, after),
  };
}

function silent(deployment: IDeployment): IDeployment {
  return { ...deployment, status: { ...deployment.status, readyReplicas: 0, availableReplicas: 0 } };
}

const main = { name: 'main', image: server.image, imageID: '', ready: false };
const crashing: IContainerStatus = { ...main, restartCount: 3 };

/** It started so long ago that its time is over. */
const mute: IContainerStatus = {
  ...main,
  restartCount: 0,
  started: true,
  state: { running: { startedAt: '2026-11-24T09:00:00Z' } },
};

function idOf(deployment: IDeployment): string {
  return `Pod/${keyOf(deployment).name}-ill`;
}

/** The operator sees the pod and what owns it in any order. */
function withPod(
  cluster: ServingCluster,
  world: ServingWorld,
  deployment: IDeployment,
  status: IContainerStatus,
): ServingWorld {
  return cluster.put(cluster.put(world, replicaSetOf(deployment)), ill(deployment, status));
}

/** One pod that stands for all of a Deployment. */
function ill(deployment: IDeployment, status: IContainerStatus): IPod {
  const { namespace, name } = keyOf(deployment);
  const uid = deployment.metadata?.uid ?? '';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-ill`,
      namespace,
      labels: deployment.spec?.template.metadata?.labels ?? {},
      uid: `${uid}-ill`,
      ownerReferences: [ownerReference(replicaSetOf(deployment))],
    },
    spec: deployment.spec?.template.spec ?? { containers: [] },
    status: { phase: 'Running', containerStatuses: [status] },
  };
}
