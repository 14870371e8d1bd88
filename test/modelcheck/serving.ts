import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment, IMonitor } from '../../src/api/types.ts';
import { keyOf } from '../../src/api/resource.ts';
import type { ModelDeploymentFacts } from '../../src/kinds/modeldeployment/observe.ts';
import { artifact, server } from '../builders/modeldeployment.ts';
import { modelVersion } from '../builders/modelversion.ts';
import type { Cluster } from './cluster.ts';
import type { Step } from './explore.ts';
import type { World } from './world.ts';

export type Metrics = 'None' | 'Good' | 'Bad';

/** What the cluster does not hold and the invariants need. */
export interface Extra {
  readonly edits: number;
  readonly changes: number;
  /** What Prometheus says about any candidate. */
  readonly metrics: Metrics;
  /** Whether the declared capacity was ready once. */
  readonly reached: boolean;
  /** The revisions that ever were rejected. */
  readonly rejected: readonly string[];
  /** When the clock stops. */
  readonly until: number;
}

export type ServingWorld = World<Extra>;
export type ServingCluster = Cluster<IModelDeployment, ModelDeploymentFacts, Extra>;

export const replicas = 2;
const most = { edits: 2, changes: 2 };
const monitorID = 'Monitor/watch';

/** What users, training, a Monitor, Prometheus, the pods and the clock may do. */
export function others(cluster: ServingCluster, world: ServingWorld): Step<ServingWorld>[] {
  const { extra, now } = world;
  const { stable, candidate } = cluster.parent(world).status ?? {};
  const steps: Step<ServingWorld>[] = [];
  if (now < extra.until) steps.push({ label: 'clock     40 seconds pass', next: { ...world, now: now + 1 } });
  if (extra.edits < most.edits) steps.push(edit(cluster, world));
  if (world.server['ModelVersion/fraud-2'] === undefined) {
    steps.push({ label: 'training  registers fraud-2', next: registers(cluster, world) });
  }
  if (stable !== undefined && world.server[monitorID] === undefined) {
    const next = cluster.put(world, rejecting(stable.revision));
    steps.push({ label: `monitor   rejects ${stable.version}`, next });
  }
  for (const metrics of (['None', 'Good', 'Bad'] as const).filter((other) => other !== extra.metrics)) {
    if (candidate === undefined || extra.changes >= most.changes) continue;
    const next = { ...world, extra: { ...extra, metrics, changes: extra.changes + 1 } };
    steps.push({ label: `metrics   become: ${metrics}`, next });
  }
  return [...steps, ...deploymentsOf(cluster, world).flatMap((one) => lives(cluster, world, one))];
}

export function registers(cluster: ServingCluster, world: ServingWorld): ServingWorld {
  return cluster.put(world, modelVersion(2, artifact(2)));
}

export function rejecting(revision: string): IMonitor {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'Monitor',
    metadata: { name: 'watch', namespace: 'team', uid: 'uid-monitor' },
    spec: { modelDeploymentRef: { name: 'fraud' }, checks: [], rollback: { onChecks: ['errors'] } },
    status: { rejections: [{ revision, check: 'errors', time: '2026-11-24T10:00:00Z', message: 'too many' }] },
  };
}

function edit(cluster: ServingCluster, world: ServingWorld): Step<ServingWorld> {
  const parent = cluster.parent(world);
  const edits = world.extra.edits + 1;
  const image = edits % 2 === 1 ? 'registry/server:B' : server.image;
  const generation = (parent.metadata?.generation ?? 0) + 1;
  const spec = { ...parent.spec, server: { ...server, image } };
  const edited = { ...parent, metadata: { ...parent.metadata, generation }, spec };
  return {
    label: `user      edits the server to ${image}`,
    next: cluster.put({ ...world, extra: { ...world.extra, edits } }, edited),
  };
}

/** Pods come and go one at a time; those of a Deployment that never was ready may crash. */
export function lives(cluster: ServingCluster, world: ServingWorld, deployment: IDeployment): Step<ServingWorld>[] {
  const { name } = keyOf(deployment);
  const wanted = deployment.spec?.replicas ?? 0;
  const ready = deployment.status?.readyReplicas ?? 0;
  const pod = `Pod/${name}-crashes`;
  if (world.server[pod] !== undefined) return [];
  if (ready > wanted) return [sized(cluster, world, deployment, ready - 1)];
  if (ready === wanted) return [];
  const up = sized(cluster, world, deployment, ready + 1);
  return ready > 0 || deployment.status !== undefined
    ? [up]
    : [up, { label: `cluster   the server of ${name} crashes`, next: cluster.put(world, crashing(deployment)) }];
}

function sized(
  cluster: ServingCluster,
  world: ServingWorld,
  deployment: IDeployment,
  readyReplicas: number,
): Step<ServingWorld> {
  const status = { replicas: readyReplicas, readyReplicas, availableReplicas: readyReplicas };
  const after: IDeployment = { ...deployment, status };
  return {
    label: `cluster   ${keyOf(deployment).name} has ${readyReplicas} pods ready`,
    next: cluster.put(world, after),
  };
}

function crashing(deployment: IDeployment): IPod {
  const { namespace, name } = keyOf(deployment);
  const main = { name: 'main', image: server.image, imageID: '', ready: false, restartCount: 3 };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-crashes`,
      namespace,
      labels: deployment.spec?.template.metadata?.labels ?? {},
      uid: `${deployment.metadata?.uid}-crashes`,
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'Deployment', name, uid: deployment.metadata?.uid ?? '', controller: true },
      ],
    },
    status: { phase: 'Running', containerStatuses: [main] },
  };
}

export function readyIn(cluster: ServingCluster, world: ServingWorld): number {
  return deploymentsOf(cluster, world).reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0);
}

export function deploymentsOf(cluster: ServingCluster, world: ServingWorld): IDeployment[] {
  return cluster.all<IDeployment>(world.server, 'Deployment');
}
