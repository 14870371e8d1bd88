import { timestamp } from '../../src/api/condition.ts';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IMonitor, ITrainingRun } from '../../src/api/types.ts';
import { artifact, server } from '../builders/modeldeployment.ts';
import { knowing } from '../builders/knowing.ts';
import { modelVersion } from '../builders/modelversion.ts';
import type { Step } from './explore.ts';
import { fails, lives } from './servers.ts';
import { steered } from './steering.ts';
import { most, type ServingCluster, type ServingWorld } from './servingworld.ts';

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
    const next = rejecting(cluster, world);
    steps.push({ label: `monitor   rejects ${stable.version}`, next });
  }
  for (const metrics of (['None', 'Good', 'Bad'] as const).filter((other) => other !== extra.metrics)) {
    if (candidate === undefined || extra.changes >= most.changes) continue;
    const next = { ...world, extra: { ...extra, metrics, changes: extra.changes + 1 } };
    steps.push({ label: `metrics   become: ${metrics}`, next });
  }
  const servers = deploymentsOf(cluster, world).flatMap((one) => [
    ...lives(cluster, world, one),
    ...fails(cluster, world, one),
  ]);
  return [...steps, ...steered(cluster, world), ...servers];
}

export function registers(cluster: ServingCluster, world: ServingWorld): ServingWorld {
  const version = modelVersion(2, artifact(2));
  const run = cluster.get(world.server, 'TrainingRun/fraud') as ITrainingRun;
  return cluster.put(cluster.put(world, version), knowing(run, version));
}

/** A Monitor says of what serves that it shall not. */
export function rejecting(cluster: ServingCluster, world: ServingWorld): ServingWorld {
  const revision = cluster.parent(world).status?.stable?.revision ?? '';
  const monitor: IMonitor = {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'Monitor',
    metadata: { name: 'watch', namespace: 'team', uid: 'uid-monitor' },
    spec: { modelDeploymentRef: { name: 'fraud' }, checks: [], rollback: { onChecks: ['errors'] } },
    status: { rejections: [{ revision, check: 'errors', time: timestamp(cluster.date(world)), message: 'too many' }] },
  };
  return cluster.put(world, monitor);
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

export function availableIn(cluster: ServingCluster, world: ServingWorld): number {
  return deploymentsOf(cluster, world).reduce((sum, { status }) => sum + (status?.availableReplicas ?? 0), 0);
}

export function deploymentsOf(cluster: ServingCluster, world: ServingWorld): IDeployment[] {
  return cluster.all<IDeployment>(world.server, 'Deployment');
}
