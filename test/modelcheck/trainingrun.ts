import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { timestamp } from '../../src/api/condition.ts';
import { defined } from '../../src/api/defined.ts';
import type { IModelVersion, IMonitor, ITrainingRun, TrainingRunSpec } from '../../src/api/types.ts';
import { label } from '../../src/api/labels.ts';
import { isOwnedBy, keyOf, type Resource, uidOf } from '../../src/api/resource.ts';
import type { Controller } from '../../src/controller.ts';
import { canonicalJSON } from '../../src/domain/canonical.ts';
import { createTrainingRunController, type Provenance } from '../../src/kinds/trainingrun/index.ts';
import type { TrainingRunFacts } from '../../src/kinds/trainingrun/observe.ts';
import { type Snapshot, snapshotOf } from '../../src/kinds/trainingrun/start/snapshot.ts';
import { isFinished } from '../../src/workload/job.ts';
import { mainRan } from '../../src/workload/podend.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { Cluster } from './cluster.ts';
import type { Model, Step } from './explore.ts';
import { believesForger, forgeries } from './forger.ts';
import { wronglyCounted, wronglyGivenBack } from './gangs.ts';
import { halfway, lives, wronglyBlamed, wronglyContinued } from './training.ts';
import { turnsOf } from './turns.ts';
import type { Begun, Extra, TrainingCluster, TrainingWorld } from './trainingworld.ts';
import { cancel, foreignID, isTold, ownJobs, settles, takesPlace } from './settling.ts';
import type { Write } from './world.ts';

type TrainingController = Controller<ITrainingRun, TrainingRunFacts>;

type Output = TrainingRunSpec['output'];

const most = { edits: 2, requests: 2, deletes: 1, now: 3 };
const images = ['registry/fraud-train:A', 'registry/fraud-train:B'] as const;

/** One run whose recipe and pods are edited there and back, that is cancelled, asked for by a Monitor, and whose Jobs end well, badly, or below the gate. */
export function trainingModel(
  wrap: (real: TrainingController) => TrainingController = (real) => real,
  { neverReads = false, nodes = 1, provenance = 'Admission' as Provenance, output = undefined as Output } = {},
): Model<TrainingWorld> {
  const controller = wrap(createTrainingRunController({ provenance }));
  const recipe = {
    image: images[0],
    gate: [{ metric: 'f1', min: 0.9 }],
    nodes,
    timeout: '1h',
    ...(output && { output }),
  };
  const spec = { ...recipe, ...(nodes > 1 ? { retry: { limit: 1 }, gangWait: '1m' } : { retry: { limit: 0 } }) };
  const run = trainingRun({ spec });
  const cluster: TrainingCluster = new Cluster<ITrainingRun, TrainingRunFacts, Extra>({
    parent: run,
    secondsPerStep: 70,
    controller,
    told: () => '',
    committed: (write) => committed(cluster, write),
    neverReads,
  });
  const start: Extra = {
    edits: 0,
    requests: 0,
    deletes: 0,
    disruptions: 0,
    halves: 0,
    foreign: 'ToCome',
    ...(provenance === 'Compare' && { forger: 'Waits' }),
  };
  return {
    beginnings: async () => {
      const first = { label: 'the run is made', world: cluster.initial([], start) };
      return [first, ...(await turnsOf(cluster, first.world, { nodes, isSaved: output !== undefined }))];
    },
    key: (world) => cluster.key(world),
    steps: async (world) => [...(await cluster.steps(world)), ...others(cluster, world)],
    violation: (world) => violationOf(cluster, world),
    settles: (world) => settles(cluster, world),
  };
}

/** What users, the kubelet, the Monitor and the clock may do. */
function others(cluster: TrainingCluster, world: TrainingWorld): Step<TrainingWorld>[] {
  const { extra, now } = world;
  const steps: Step<TrainingWorld>[] = [];
  const jobs = ownJobs(cluster, world);
  if (now < most.now + (extra.halves > 0 ? 3 : 0))
    steps.push({ label: 'clock     70 seconds pass', next: { ...world, now: now + 1 } });
  if (extra.edits < most.edits) steps.push(...edits(cluster, world));
  if (extra.requests < most.requests) steps.push(request(cluster, world));
  if (extra.foreign !== 'Gone') steps.push(foreign(cluster, world));
  for (const job of jobs.filter((one) => !isFinished(one))) steps.push(...lives(cluster, world, job));
  if (extra.forger === 'Waits') steps.push(...forgeries(cluster, world, jobs));
  if (extra.deletes < most.deletes) steps.push(...jobs.map((job) => cancel(cluster, world, job)));
  return steps;
}

function edits(cluster: TrainingCluster, world: TrainingWorld): Step<TrainingWorld>[] {
  const { pod, ...spec } = cluster.parent(world).spec;
  const image = spec.image === images[0] ? images[1] : images[0];
  const tolerated = pod === undefined ? { tolerations: [{ operator: 'Exists' as const }] } : undefined;
  return [
    edited(cluster, world, `recipe to ${image.slice(-1)}`, defined<TrainingRunSpec>({ ...spec, image, pod })),
    edited(cluster, world, 'options of its pods', defined<TrainingRunSpec>({ ...spec, pod: tolerated })),
  ];
}

function edited(cluster: TrainingCluster, world: TrainingWorld, what: string, spec: TrainingRunSpec) {
  const run = cluster.parent(world);
  const generation = (run.metadata?.generation ?? 0) + 1;
  const extra = { ...world.extra, edits: world.extra.edits + 1 };
  const after: ITrainingRun = { ...run, metadata: { ...run.metadata, generation }, spec };
  const next = cluster.put({ ...world, extra }, after);
  return { label: `user      edits the ${what}`, next };
}

function request(cluster: TrainingCluster, world: TrainingWorld): Step<TrainingWorld> {
  const requestedAt = timestamp(cluster.date(world));
  const monitor: IMonitor = {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'Monitor',
    metadata: { name: 'watch', namespace: 'team', uid: 'uid-monitor' },
    spec: {
      modelDeploymentRef: { name: 'fraud' },
      checks: [],
      retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['drift'] },
    },
    status: { retrain: { trainingRun: 'fraud', requestedAt, check: 'drift', reason: 'drift' } },
  };
  const extra = { ...world.extra, requests: world.extra.requests + 1 };
  return { label: `monitor   asks for training at ${requestedAt}`, next: cluster.put({ ...world, extra }, monitor) };
}

function foreign(cluster: TrainingCluster, world: TrainingWorld): Step<TrainingWorld> {
  if (world.extra.foreign === 'Exists') {
    const next = cluster.remove({ ...world, extra: { ...world.extra, foreign: 'Gone' } }, foreignID);
    return { label: 'user      deletes the foreign Job fraud-2-train', next };
  }
  const isTaken = world.server[foreignID] !== undefined;
  const extra: Extra = { ...world.extra, foreign: isTaken ? 'Gone' : 'Exists' };
  const job: Resource = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'fraud-2-train', namespace: 'team', uid: 'uid-foreign' },
  };
  return isTaken
    ? { label: 'user      cannot make a Job fraud-2-train', next: { ...world, extra } }
    : { label: 'user      makes a foreign Job fraud-2-train', next: cluster.put({ ...world, extra }, job) };
}

/** Holds what the operator has written against what it may write. */
function committed(cluster: TrainingCluster, { type, world, id, before, after }: Write<Extra>) {
  const { extra } = world;
  const believed = believesForger(after);
  if (believed !== undefined) return { extra, violation: believed };
  if (type === 'Status') {
    const run = after as ITrainingRun;
    return { extra, violation: wronglySuperseded(cluster, world, run) ?? wronglyBlamed(cluster, world, run) };
  }
  if (type === 'Create' && after?.kind === 'ModelVersion')
    return { extra, violation: cutShort(after as IModelVersion) };
  if (before !== undefined && !isOwnedBy(before, 'run-uid'))
    return { extra, violation: `${type} of the foreign ${id}` };
  if (type !== 'Create' || after?.kind !== 'Job')
    return { extra, violation: wronglyGivenBack(cluster, world, before, after) };
  const snapshot = snapshotOf(after as IJob);
  if (snapshot === undefined) return { extra, violation: `${id} bears no snapshot of its attempt` };
  if (snapshot.attemptUID !== undefined)
    return {
      extra,
      violation:
        wrongRetry(cluster, world, id) ??
        otherOptions(cluster, world, id, snapshot) ??
        wronglyCounted(cluster, world, after as IJob),
    };
  const { number, coversUntil, trigger } = snapshot;
  if (isTold(cluster, world, number)) return { extra, violation: `${id} is made again, though status tells of it` };
  const newest = { number, recipeDigest: snapshot.recipeDigest, coversUntil, options: canonicalJSON(snapshot.pod) };
  const told = cluster.parent(world).status?.attempts?.find((attempt) => attempt.number === extra.newest?.number);
  const isAsked = told?.verdict === 'Superseded' || takesPlace(cluster, world, told, newest);
  const wrong = isAsked ? undefined : unasked(extra.newest, { ...newest, trigger: trigger.type });
  return { extra: { ...extra, newest }, violation: wrong };
}

/** What the cluster cut short is never registered: its results say so here. */
function cutShort({ metadata, spec }: IModelVersion): string | undefined {
  return spec.metrics['f1'] === String(halfway) ? `${metadata?.name} was cut short` : undefined;
}

/** An edit takes the place of what never ran, as far as status remembers and the operator has seen. */
function wronglySuperseded(cluster: TrainingCluster, world: TrainingWorld, after: ITrainingRun): string | undefined {
  const before = new Map(cluster.parent(world).status?.attempts?.map((attempt) => [attempt.name, attempt]));
  const ran = cluster.all<IPod>(world.cache, 'Pod').filter(mainRan);
  const wrong = after.status?.attempts?.find(({ name, verdict }) => {
    const told = before.get(name);
    const isNew = verdict === 'Superseded' && told?.verdict === undefined;
    const hasRun = told?.stages?.some((stage) => stage.ran === true) ?? false;
    // While it gives back, its last pods may be seen still, none of which trained.
    const isGivenBack = told?.stages?.at(-1)?.gang?.until !== undefined;
    const runs = !isGivenBack && ran.some(({ metadata }) => metadata?.labels?.[label.attempt] === name);
    return isNew && (hasRun || runs);
  });
  return wrong && `${wrong.name} is superseded, though it ran`;
}

/** A gang is made again at most once, and each Job once more if the cluster cut it short; not if status told of that very Job. */
function wrongRetry(cluster: TrainingCluster, world: TrainingWorld, id: string): string | undefined {
  const [, attempt = '', retry = ''] = /^Job\/(.*)-train-r(\d+)$/.exec(id) ?? [];
  const told = cluster.parent(world).status?.attempts?.find(({ name }) => name === attempt);
  const continued = wronglyContinued(cluster, world, attempt);
  if (continued !== undefined) return continued;
  if (told?.verdict !== undefined || told?.stages?.some(({ jobUID }) => jobUID?.startsWith(`${id}#`)) === true)
    return `${id} is made again, though status tells of it`;
  const limit = cluster.parent(world).spec.retry?.limit ?? 0;
  const uncounted = world.extra.disruptions + world.extra.halves;
  return Number(retry) > limit + uncounted ? `${id} is made in spite of the limit` : undefined;
}

/** All Jobs of an attempt have what it started with, whatever was edited since. What a forger wrote tells nothing. */
function otherOptions(cluster: TrainingCluster, world: TrainingWorld, id: string, made: Snapshot): string | undefined {
  const first = ownJobs(cluster, world)
    .map(snapshotOf)
    .find((other) => other?.number === made.number);
  if (first === undefined || world.extra.forger !== undefined) return undefined;
  return canonicalJSON(first.pod) === canonicalJSON(made.pod) ? undefined : `${id} has other options than its attempt`;
}

/** Why an attempt must not have begun: nothing asked for it that the one before does not answer. */
function unasked(before: Begun | undefined, begun: Begun & { readonly trigger: string }) {
  if (before?.isUntold === true && begun.number === before.number) return undefined;
  if (before === undefined) return begun.number === 1 ? undefined : `the first attempt has number ${begun.number}`;
  if (begun.number !== before.number + 1) return `attempt ${begun.number} follows attempt ${before.number}`;
  if (begun.recipeDigest !== before.recipeDigest) return undefined;
  const isLater = begun.trigger === 'Monitor' && begun.coversUntil > before.coversUntil;
  return isLater
    ? undefined
    : `attempt ${begun.number} begins by ${begun.trigger}, which attempt ${before.number} answers`;
}

function violationOf(cluster: TrainingCluster, world: TrainingWorld): string | undefined {
  const jobs = ownJobs(cluster, world);
  if (jobs.filter((job) => !isFinished(job)).length > 1) return 'two Jobs of the run are live';
  const nameless = Object.keys(world.made).find((id) => /^Job\/(?!fraud-\d+-train(-r\d+)?$)/.test(id));
  if (nameless !== undefined) return `${nameless} has no name of an attempt`;
  if (world.extra.foreign === 'Exists' && uidOf(cluster.get(world.server, foreignID) ?? noObject) !== 'uid-foreign') {
    return 'the foreign Job is gone or changed';
  }
  for (const id of Object.keys(world.made).filter((made) => made.startsWith('ModelVersion/'))) {
    const version = cluster.get(world.server, id) as IModelVersion | undefined;
    if (version === undefined) return `${id} is lost`;
    const wrong = wrongVersion(version, jobs);
    if (wrong !== undefined) return wrong;
  }
  return cluster.parent(world).spec.gate?.[0]?.min === 0.9 ? undefined : 'the spec was changed';
}

const noObject: Resource = { apiVersion: '', kind: '' };

function wrongVersion(version: IModelVersion, jobs: readonly IJob[]): string | undefined {
  const { name } = keyOf(version);
  if (Number(version.spec.metrics?.['f1'] ?? 0) < 0.9) return `${name} did not pass the gate`;
  const job = jobs.find((one) => keyOf(one).name === `${name}-train`);
  const snapshot = job && snapshotOf(job);
  if (snapshot !== undefined && snapshot.recipeDigest !== version.spec.recipeDigest)
    return `${name} tells another recipe`;
  return job !== undefined && uidOf(job) !== version.spec.attemptUID ? `${name} is of another attempt` : undefined;
}
