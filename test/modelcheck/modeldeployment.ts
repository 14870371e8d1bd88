import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment, IModelVersion } from '../../src/api/index.ts';
import { isOwnedBy, keyOf } from '../../src/api/resource.ts';
import type { Controller } from '../../src/controller.ts';
import { createModelDeploymentController } from '../../src/modeldeployment/index.ts';
import type { ModelDeploymentObserved } from '../../src/modeldeployment/observe.ts';
import { revisionOf } from '../../src/modeldeployment/revision.ts';
import type { PrometheusClient } from '../../src/prometheus/client.ts';
import { artifact, modelDeployment, server } from '../builders/modeldeployment.ts';
import { modelVersion } from '../builders/modelversion.ts';
import { Cluster, type World, type Write } from './cluster.ts';
import type { Model, Step } from './explore.ts';

type Metrics = 'None' | 'Good' | 'Bad';

/** What the cluster does not hold and the invariants need. */
interface Extra {
  readonly edits: number;
  readonly changes: number;
  /** What Prometheus says about any candidate. */
  readonly metrics: Metrics;
  /** Whether the declared capacity was ready once. */
  readonly reached: boolean;
}

type ServingWorld = World<Extra>;
type ServingController = Controller<IModelDeployment, ModelDeploymentObserved>;
type ServingCluster = Cluster<IModelDeployment, ModelDeploymentObserved, Extra>;

const replicas = 2;
const most = { edits: 2, changes: 3, now: 4 };
const versionIDs = ['ModelVersion/fraud-1', 'ModelVersion/fraud-2'];

/** Two versions, two pods, one step with an analysis that passes, fails or has no data; the server is edited A → B → A. */
export function servingModel(
  wrap: (real: ServingController) => ServingController = (real) => real,
): Model<ServingWorld> {
  const rollout: NonNullable<IModelDeployment['spec']['rollout']> = {
    steps: [{ weight: 50, hold: '1m' }],
    analysis: [{ name: 'errors', errors: {}, max: '0.01', minSamples: 100 }],
  };
  const cluster: ServingCluster = new Cluster<IModelDeployment, ModelDeploymentObserved, Extra>({
    parent: modelDeployment({ spec: { replicas, rollout, observe: {} } }),
    secondsPerStep: 40,
    controller: (told) =>
      wrap(createModelDeploymentController({ prometheus: prometheusOf(told), observerImage: 'registry/flyball:1' })),
    told: ({ metrics }) => metrics,
    committed: (write) => ({ extra: write.world.extra, violation: wrongWrite(write) }),
  });
  const start: Extra = { edits: 0, changes: 0, metrics: 'None', reached: false };
  return {
    name: 'ModelDeployment',
    initial: cluster.initial([modelVersion(1, artifact(1))], start),
    key: (world) => cluster.key(world),
    steps: async (world) =>
      [...(await cluster.steps(world)), ...others(cluster, world)].map((step) => remembering(cluster, step)),
    violation: (world) => violationOf(cluster, world),
    settles: (world) => settles(cluster, world),
  };
}

function prometheusOf(told: string): PrometheusClient {
  const value = (expression: string) => (expression.startsWith('sum') ? 1000 : told === 'Good' ? 0 : 0.5);
  return {
    query: (expression) => Promise.resolve(told === 'None' ? [] : [{ labels: {}, value: value(expression) }]),
  };
}

function others(cluster: ServingCluster, world: ServingWorld): Step<ServingWorld>[] {
  const { extra, now } = world;
  const steps: Step<ServingWorld>[] = [];
  if (now < most.now) steps.push({ label: 'clock     40 seconds pass', next: { ...world, now: now + 1 } });
  if (extra.edits < most.edits) steps.push(edit(cluster, world));
  if (world.server['ModelVersion/fraud-2'] === undefined) {
    steps.push({ label: 'training  registers fraud-2', next: cluster.put(world, modelVersion(2, artifact(2))) });
  }
  for (const metrics of (['None', 'Good', 'Bad'] as const).filter((other) => other !== extra.metrics)) {
    if (extra.changes >= most.changes) continue;
    const next = { ...world, extra: { ...extra, metrics, changes: extra.changes + 1 } };
    steps.push({ label: `metrics   become: ${metrics}`, next });
  }
  return [...steps, ...deploymentsOf(cluster, world).flatMap((one) => lives(cluster, world, one))];
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
function lives(cluster: ServingCluster, world: ServingWorld, deployment: IDeployment): Step<ServingWorld>[] {
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
  const after: IDeployment = { ...deployment, status: { replicas: readyReplicas, readyReplicas } };
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

function remembering(cluster: ServingCluster, step: Step<ServingWorld>): Step<ServingWorld> {
  const { next } = step;
  if (next.extra.reached || readyIn(cluster, next) < replicas) return step;
  return { ...step, next: { ...next, extra: { ...next.extra, reached: true } } };
}

/** Holds what the operator has written against what it may write. */
function wrongWrite({ type, id, before, after, told }: Write<Extra>): string | undefined {
  if (type !== 'Status') {
    return before === undefined || isOwnedBy(before, 'uid-deployment') ? undefined : `${type} of the foreign ${id}`;
  }
  const [old, status] = [(before as IModelDeployment).status, (after as IModelDeployment).status];
  const [from, to] = [old?.stable?.revision, status?.stable?.revision];
  if (to === undefined || from === to) return undefined;
  const rejected = [...(old?.rejected ?? []), ...(status?.rejected ?? [])];
  if (rejected.some(({ revision }) => revision === to)) return `the rejected revision ${to} becomes stable`;
  const isWayBack = old?.previous?.revision === to;
  return from === undefined || isWayBack || told === 'Good' ? undefined : `${to} is promoted; the metrics are: ${told}`;
}

function violationOf(cluster: ServingCluster, world: ServingWorld): string | undefined {
  const ready = readyIn(cluster, world);
  if (world.extra.reached && ready < replicas)
    return `${ready} pods are ready, ${replicas} are declared and were reached`;
  const rejected = cluster.parent(world).status?.rejected?.map(({ revision }) => revision) ?? [];
  const again = Object.entries(world.made).find(
    ([id, count]) => id.startsWith('Deployment/') && count > 1 && rejected.some((one) => id.endsWith(one)),
  );
  return again && `${again[0]} was rejected and is made again`;
}

/** The metrics are good, nothing fails: the newest version that was not rejected has to serve with all its pods. */
async function settles(cluster: ServingCluster, world: ServingWorld): Promise<string | undefined> {
  let at: ServingWorld | undefined = { ...world, extra: { ...world.extra, metrics: 'Good' } };
  let quiet = 0;
  for (let round = 0; round < 60 && quiet < 3; round += 1) {
    at = await cluster.rest(at, 20);
    if (at === undefined) return 'the operator does not come to rest';
    const now: ServingWorld = at;
    const step = deploymentsOf(cluster, now).flatMap((one) => lives(cluster, now, one))[0];
    quiet = step === undefined && cluster.parent(now).status?.candidate === undefined ? quiet + 1 : 0;
    at = step?.next ?? { ...now, now: now.now + 1 };
  }
  return undeclared(cluster, at);
}

function undeclared(cluster: ServingCluster, world: ServingWorld): string | undefined {
  const { spec, status } = cluster.parent(world);
  const newest = versionIDs
    .map((id) => cluster.get(world.server, id) as IModelVersion | undefined)
    .findLast((version) => version !== undefined);
  const wanted = newest && revisionOf({ uri: newest.spec.uri ?? '', digest: newest.spec.digest }, spec);
  const isRejected = status?.rejected?.some(({ revision }) => revision === wanted) ?? false;
  const first = status?.candidate;
  // The first revision has nothing behind it: one that crashes is shown and kept.
  if (status?.stable === undefined && first !== undefined) {
    const crashes = Object.keys(world.server).some((id) => id === `Pod/fraud-${first.revision}-crashes`);
    return crashes ? undefined : 'the first revision does not get stable';
  }
  if (first !== undefined) return 'a candidate stays';
  if (!isRejected && status?.stable?.revision !== wanted)
    return `${wanted} is declared, stable is ${status?.stable?.revision}`;
  const stable = deploymentsOf(cluster, world).find(
    ({ metadata }) => metadata?.name === `fraud-${status?.stable?.revision}`,
  );
  return stable?.status?.readyReplicas === replicas ? undefined : 'the stable revision has not all its pods';
}

function readyIn(cluster: ServingCluster, world: ServingWorld): number {
  return deploymentsOf(cluster, world).reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0);
}

function deploymentsOf(cluster: ServingCluster, world: ServingWorld): IDeployment[] {
  return cluster.all<IDeployment>(world.server, 'Deployment');
}
