import type { IModelDeployment, IModelVersion } from '../../src/api/types.ts';
import { isRejected } from '../../src/domain/rejections.ts';
import { isOwnedBy } from '../../src/api/resource.ts';
import type { Controller } from '../../src/controller.ts';
import { createModelDeploymentController } from '../../src/kinds/modeldeployment/index.ts';
import type { ModelDeploymentFacts } from '../../src/kinds/modeldeployment/observe.ts';
import { revisionOf } from '../../src/kinds/modeldeployment/revision/revision.ts';
import type { PrometheusClient } from '../../src/measure/prometheus.ts';
import { artifact, modelDeployment } from '../builders/modeldeployment.ts';
import { knowing } from '../builders/knowing.ts';
import { modelVersion } from '../builders/modelversion.ts';
import { answerTo } from '../builders/requests.ts';
import { beginnings, remembering } from './beginnings.ts';
import { Cluster } from './cluster.ts';
import type { Model } from './explore.ts';
import { availableIn, deploymentsOf, others } from './serving.ts';
import { type Extra, isWithoutSurge, replicasOf, type ServingCluster, type ServingWorld } from './servingworld.ts';
import { isIll, lives } from './servers.ts';
import { heldBack, unsteered } from './steering.ts';
import { surging } from './surge.ts';
import type { Write } from './world.ts';

type ServingController = Controller<IModelDeployment, ModelDeploymentFacts>;

const first = modelVersion(1, artifact(1));
const versionIDs = ['ModelVersion/fraud-1', 'ModelVersion/fraud-2'];

/**
 * Two versions, two pods, one step with an analysis that passes, fails or has no data, a Monitor that rejects what serves, a server
 * that crashes; edits A → B → A.
 */
export function servingModel(
  wrap: (real: ServingController) => ServingController = (real) => real,
  options: ServingOptions = {},
): Model<ServingWorld> {
  const cluster = clusterOf(wrap, options);
  return {
    beginnings: async () => {
      const sound = clusterOf((real) => real, options);
      const all = await beginnings(sound, sound.initial([first, knowing(undefined, first)], start));
      return all.map(({ label, world }) => ({ label, world: cluster.adopted(world, sound) }));
    },
    key: (world) => cluster.key(world),
    steps: async (world) =>
      [...(await cluster.steps(world)), ...others(cluster, world)].map((step) => ({
        ...step,
        next: remembering(cluster, step.next),
      })),
    violation: (world) => violationOf(cluster, world),
    settles: (world) => settles(cluster, world),
  };
}

const start: Extra = {
  edits: 0,
  changes: 0,
  metrics: 'None',
  reached: false,
  steers: 0,
  failures: 0,
  proven: [],
  rejected: [],
  until: 0,
};

/** `surge: 'Never'`: one pod, and room for no other. */
type ServingOptions = Pick<NonNullable<IModelDeployment['spec']['rollout']>, 'surge'>;

function clusterOf(wrap: (real: ServingController) => ServingController, { surge }: ServingOptions): ServingCluster {
  const replicas = surge === 'Never' ? 1 : 2;
  const rollout: NonNullable<IModelDeployment['spec']['rollout']> = {
    steps: [{ weight: 50, hold: '1m' }],
    analysis: [{ name: 'errors', errors: {}, max: 0.01, minSamples: 100 }],
    ...(surge && { surge }),
  };
  const cluster: ServingCluster = new Cluster<IModelDeployment, ModelDeploymentFacts, Extra>({
    parent: modelDeployment({ spec: { replicas, rollout, observe: {} } }),
    secondsPerStep: 40,
    controller: wrap(createModelDeploymentController({ observerImage: 'registry/flyball:1', provenance: 'Compare' })),
    prometheus: prometheusOf,
    told: ({ metrics }) => metrics,
    committed: (write) => ({ extra: rejectionsOf(write), violation: wrongWrite(cluster, write) }),
  });
  return cluster;
}

function prometheusOf(told: string): PrometheusClient {
  const measured = told === 'None' ? {} : { requests: 1000, errors: told === 'Good' ? 0 : 0.5 };
  return { query: (expression) => Promise.resolve(answerTo(expression, measured)) };
}

function rejectionsOf({ type, world: { extra }, after }: Write<Extra>): Extra {
  const told = type === 'Status' ? ((after as IModelDeployment).status?.rejected ?? []) : [];
  const rejected = [...new Set([...extra.rejected, ...told.map(({ revision }) => revision)])].toSorted();
  return { ...extra, rejected };
}

/** Holds what the operator has written against what it may write. */
function wrongWrite(cluster: ServingCluster, write: Write<Extra>): string | undefined {
  const { type, world, id, before, after, told } = write;
  if (type !== 'Status') {
    if (before !== undefined && !isOwnedBy(before, 'uid-deployment')) return `${type} of the foreign ${id}`;
    return isWithoutSurge(cluster) ? surging(cluster, write) : undefined;
  }
  const held = heldBack(before as IModelDeployment, after as IModelDeployment);
  if (held !== undefined) return held;
  const { candidate } = (after as IModelDeployment).status ?? {};
  if (candidate !== undefined && world.extra.rejected.includes(candidate.revision)) {
    return `the rejected revision ${candidate.revision} becomes the candidate`;
  }
  const [old, status] = [(before as IModelDeployment).status, (after as IModelDeployment).status];
  const [from, to] = [old?.stable?.revision, status?.stable?.revision];
  if (to === undefined || from === to) return undefined;
  if (world.extra.rejected.includes(to)) return `the rejected revision ${to} becomes stable`;
  if (!world.extra.proven.includes(to)) return `${to} becomes stable, and no pod of it ever stayed ready`;
  const isWayBack = old?.previous?.revision === to && isRejected(from ?? '', status?.rejected ?? []);
  // The operator plans by the spec of then; what people promote needs no data.
  const isPromoted = (before as IModelDeployment).spec.rollout?.promotedRevision === to;
  return from === undefined || isWayBack || isPromoted || told === 'Good'
    ? undefined
    : `${to} is promoted; the metrics are: ${told}`;
}

function violationOf(cluster: ServingCluster, world: ServingWorld): string | undefined {
  const available = availableIn(cluster, world);
  const replicas = replicasOf(cluster);
  if (world.extra.reached && available < replicas && !isWithoutSurge(cluster))
    return `${available} pods are available, ${replicas} are declared and were reached`;
  const { rejected } = world.extra;
  const again = Object.entries(world.made).find(
    ([id, count]) => id.startsWith('Deployment/') && count > 1 && rejected.some((one) => id.endsWith(one)),
  );
  return again && `${again[0]} was rejected and is made again`;
}

/** The metrics are good, nothing fails any more, and nobody holds anything back: the newest version that was not rejected has to serve with all its pods. */
async function settles(cluster: ServingCluster, world: ServingWorld): Promise<string | undefined> {
  let at: ServingWorld | undefined = unsteered(cluster, { ...world, extra: { ...world.extra, metrics: 'Good' } });
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
  // The first revision has nothing behind it: one that fails is shown and kept.
  if (status?.stable === undefined && first !== undefined)
    return isIll(world, first.revision) ? undefined : 'the first revision does not get stable';
  if (first !== undefined) return 'a candidate stays';
  const rejected = status?.rejected?.map(({ revision }) => revision) ?? [];
  if (
    status?.previous &&
    rejected.includes(status.stable?.revision ?? '') &&
    !rejected.includes(status.previous.revision)
  )
    return 'a rejected revision serves, though there is one to go back to';
  if (!isRejected && status?.stable?.revision !== wanted)
    return `${wanted} is declared, stable is ${status?.stable?.revision}`;
  const stable = deploymentsOf(cluster, world).find(
    ({ metadata }) => metadata?.name === `fraud-${status?.stable?.revision}`,
  );
  if (isIll(world, status?.stable?.revision)) {
    const back = status?.previous?.revision;
    return back === undefined || rejected.includes(back) ? undefined : 'a fresh revision that fails has not gone back';
  }
  return stable?.status?.availableReplicas === replicasOf(cluster)
    ? undefined
    : 'the stable revision has not all its pods';
}
