/** What shows that an attack succeeded, in words; undefined while nothing shows it. */
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod, IService } from 'kubernetes-models/v1';
import { jobs, modelVersions, pods, trainingRuns } from '../../../src/api/kinds.ts';
import { keyOf } from '../../../src/api/resource.ts';
import type { IModelVersion } from '../../../src/api/types.ts';
import { evil, type Scene } from '../scene.ts';
import { runOf, servedOf } from '../victims.ts';

export const jobsOf = (scene: Scene) => scene.history.list<IJob>(jobs);

/** A Job that the operator made from what was forged. */
export const runs = (wanted: (job: IJob) => boolean, words: string) => (scene: Scene) => {
  const found = jobsOf(scene).find(wanted);
  return found && `Job ${keyOf(found).name} ${words}`;
};

const containersOf = (job: IJob) => job.spec?.template.spec?.containers ?? [];

export const runsEvil = runs((job) => containersOf(job).some(({ image }) => image === evil), `runs ${evil}`);

export const mountsSecret = runs(
  (job) => containersOf(job).some(({ env = [] }) => env.some(({ valueFrom }) => valueFrom?.secretKeyRef !== undefined)),
  'mounts a Secret that the run does not name',
);

export const mountsClaim = (claim: string) =>
  runs(
    (job) =>
      job.spec?.template.spec?.volumes?.some(
        ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim,
      ) === true,
    `mounts the claim ${claim}`,
  );

/** Something of a version that stands nowhere in its run. */
export const records = (wanted: (version: IModelVersion) => string | undefined) => (scene: Scene) =>
  scene.history
    .list<IModelVersion>(modelVersions)
    .map(wanted)
    .find((found) => found !== undefined);

/** Asks for another attempt, as people do; a second that began before the last attempt did asks for nothing. */
export const runsAgain = async (scene: Scene) => {
  const next = new Date(Date.now() + 1_000);
  const rerunAt = `${next.toISOString().slice(0, 19)}Z`;
  await scene.patch(trainingRuns, 'fraud', { spec: { rerunAt } });
};

/** What was taken from everybody if no further attempt begins. */
export const doesNotRunAgain = (scene: Scene) => {
  const attempts = runOf(scene)?.status?.attempts ?? [];
  const next = attempts.find(({ number }) => number === 2);
  return next === undefined ? `no attempt fraud-2 began, the last one is ${attempts.at(-1)?.name}` : undefined;
};

export function madeMoreThan(scene: Scene, most: number): string | undefined {
  const made = new Set(
    scene.history.changes
      .filter(({ plural, type }) => plural === 'jobs' && type === 'Added')
      .map(({ object }) => keyOf(object).name),
  );
  return made.size > most ? `${made.size} Jobs were made` : undefined;
}

export function twoLive(scene: Scene): string | undefined {
  const live = jobsOf(scene).filter(
    ({ metadata, status }) => metadata?.deletionTimestamp === undefined && (status?.active ?? 0) > 0,
  );
  return live.length > 1 ? `${live.map((job) => keyOf(job).name).join(' and ')} train at once` : undefined;
}

/** What a training's version says that its own pod did not. */
export const forgedMetrics = (scene: Scene) => {
  const found = scene.history.list<IModelVersion>(modelVersions).find(({ spec }) => spec.metrics?.['f1'] === '0.999');
  return found && `${keyOf(found).name} is registered with f1 0.999`;
};

/** A revision that was rejected for what a foreign pod did. */
export const rejected = (scene: Scene) => {
  const [found] = servedOf(scene)?.status?.rejected ?? [];
  return found && `revision ${found.revision} is rejected: ${found.reason}`;
};

/** Pods of the attacker to which the Service of a model sends requests. */
export const joins = (scene: Scene) => {
  const service = scene.history.get<IService>({ apiVersion: 'v1', kind: 'Service', plural: 'services' }, 'serve');
  const wanted = Object.entries(service?.spec?.selector ?? { none: 'none' });
  const found = scene.history
    .list<IPod>(pods)
    .filter(({ spec }) => spec?.containers.some(({ image }) => image === evil))
    .find(({ metadata }) => wanted.every(([key, value]) => metadata?.labels?.[key] === value));
  return found && `pod ${keyOf(found).name} is behind the Service serve`;
};
