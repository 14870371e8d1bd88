/** A person with rights in the namespace who passes off as the operator's what it has not made. */
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { attemptAnnotation, label } from '../../src/api/labels.ts';
import { keyOf, type Resource, uidOf } from '../../src/api/resource.ts';
import type { IModelVersion, ITrainingRun } from '../../src/api/types.ts';
import { attemptName } from '../../src/domain/versions.ts';
import { recipeDigest } from '../../src/kinds/trainingrun/start/digest.ts';
import { type Snapshot, snapshotOf, snapshotText } from '../../src/kinds/trainingrun/start/snapshot.ts';
import { completed, job as madeBy } from '../builders/job.ts';
import { podOf, results } from '../builders/pod.ts';
import type { Step } from './explore.ts';
import type { TrainingCluster, TrainingWorld } from './trainingworld.ts';

const forgedUID = 'uid-forged';
const image = 'registry/forged';
/** Better than all that is trained. */
const f1 = 0.999;

/** What may be forged once a Job of the run is there. */
export function forgeries(
  cluster: TrainingCluster,
  world: TrainingWorld,
  jobs: readonly IJob[],
): Step<TrainingWorld>[] {
  const job = jobs.at(-1);
  const snapshot = job && snapshotOf(job);
  if (job === undefined || snapshot === undefined) return [];
  const run = cluster.parent(world);
  const next = { ...snapshot, number: snapshot.number + 1 };
  const far = { ...snapshot, number: 999_999 };
  const again = { ...snapshot, attemptUID: uidOf(job) };
  const forged: readonly Resource[] = [
    forgedJob(run, next, 0),
    forgedJob(run, far, 0),
    forgedJob(run, again, 1),
    forgedVersion(snapshot, job),
    forgedVersion(next, job),
    forgedPod(job),
  ];
  const done = { ...world, extra: { ...world.extra, forger: 'Done' as const } };
  const free = forged.filter((object) => world.server[`${object.kind}/${keyOf(object).name}`] === undefined);
  return [
    {
      label: `forger    edits the annotation of Job ${keyOf(job).name}`,
      next: cluster.put(done, edited(job, snapshot)),
    },
    ...free.map((object) => ({
      label: `forger    makes ${object.kind} ${keyOf(object).name}`,
      next: cluster.put(done, object),
    })),
  ];
}

function edited(job: IJob, snapshot: Snapshot): IJob {
  const recipe = { ...snapshot.recipe, image };
  const text = snapshotText({ ...snapshot, recipe, recipeDigest: recipeDigest(recipe) });
  const annotations = { ...job.metadata?.annotations, [attemptAnnotation]: text };
  return { ...job, metadata: { ...job.metadata, annotations } };
}

/** It runs another program, and has ended well. */
function forgedJob(run: ITrainingRun, snapshot: Snapshot, retry: number): IJob {
  const like = madeBy(run, snapshot, retry);
  const [template, spec] = [like.spec?.template, like.spec?.template.spec];
  const containers = (spec?.containers ?? []).map((container) => ({ ...container, image }));
  return completed({
    ...like,
    metadata: { ...like.metadata, uid: forgedUID },
    ...(like.spec && template && { spec: { ...like.spec, template: { ...template, spec: { ...spec, containers } } } }),
  });
}

function forgedVersion({ number, recipeDigest: digest, trigger, coversUntil }: Snapshot, job: IJob): IModelVersion {
  const run = job.metadata?.labels?.[label.trainingRun] ?? '';
  const metadata = { name: attemptName(run, number), namespace: keyOf(job).namespace, uid: forgedUID };
  const attempt = { trainingRun: run, trainingRunUID: 'run-uid', attemptUID: uidOf(job) };
  const spec = { number, ...attempt, recipeDigest: digest, trigger, coversUntil, metrics: { f1: String(f1) }, image };
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'ModelVersion',
    metadata: { ...metadata, labels: { [label.trainingRun]: run } },
    spec,
  };
}

function forgedPod(job: IJob): IPod {
  const pod = podOf(job, results({ f1 }));
  const containers = (pod.spec?.containers ?? []).map((container) => ({ ...container, image, command: ['forged'] }));
  return { ...pod, metadata: { ...pod.metadata, name: 'forged', uid: forgedUID }, spec: { ...pod.spec, containers } };
}

/** Nothing that only the forger wrote is passed on, registered, or told of as the operator's. */
export function believesForger(after: Resource | undefined): string | undefined {
  if (after === undefined) return undefined;
  if (after.kind === 'TrainingRun') {
    const { attempts = [], latestVersion } = (after as ITrainingRun).status ?? {};
    const told = attempts.find(
      ({ versionUID, stages = [] }) => versionUID === forgedUID || stages.some(({ jobUID }) => jobUID === forgedUID),
    );
    if (told !== undefined) return `attempt ${told.name} is told of by what was forged`;
    return latestVersion?.uid === forgedUID
      ? `${latestVersion.name} is told of as registered, and was forged`
      : undefined;
  }
  const { metadata, spec } = after as IModelVersion;
  if (after.kind === 'ModelVersion' && spec.metrics['f1'] === String(f1))
    return `${metadata?.name} has results that only the forger reported`;
  return JSON.stringify(after).includes(image) ? `${after.kind} ${metadata?.name} passes on a forged image` : undefined;
}

/** A person does what is told: pods and versions that were forged go. Of Jobs the run says which. */
export function withoutForger(cluster: TrainingCluster, world: TrainingWorld): TrainingWorld {
  const forged = Object.keys(world.server).filter((id) => {
    const object = cluster.get(world.server, id);
    return object !== undefined && object.kind !== 'Job' && object.metadata?.uid === forgedUID;
  });
  return forged.reduce((at, id) => cluster.remove(at, id), world);
}
