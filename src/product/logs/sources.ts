/** Whose logs there are: of each container that has one, what it is called and what it belongs to. */
import type { IPod } from 'kubernetes-models/v1';
import { jobController } from '../../api/labels.ts';
import { keyOf, uidOf } from '../../api/resource.ts';
import type { IModelDeployment, ITrainingRun } from '../../api/types.ts';
import { revisionIn } from '../../kinds/modeldeployment/revision/revision.ts';
import type { PlacedJob } from '../../kinds/trainingrun/attempt/names.ts';
import { revisionTitle, roleOf } from '../served.ts';
import { jobsOf, podsOf, type ProductObjects, servingPodsOf, workloadsOf } from '../objects.ts';
import { type ChosenContainers, containersToRead } from './containers.ts';

/** One container of a pod, whose log can be asked for. */
export interface LogSource {
  /** What stands before each line: `3/train/0`, `v4 stable/x7k2p`. */
  readonly prefix: string;
  readonly pod: IPod;
  readonly container: string;
  /** Of what comes one after the other, such as the Jobs of attempts, the place; what has the same place ran side by side. */
  readonly place: number;
}

/** Which logs of a run are wanted. What is absent is not asked about. */
export interface TrainingChoice extends ChosenContainers {
  /** The number of an attempt. */
  readonly attempt?: number | undefined;
  /** In lower case. */
  readonly stage?: string | undefined;
  /** The place of a pod in its gang. */
  readonly rank?: number | undefined;
}

export interface ServingChoice extends ChosenContainers {
  /** A role or the digits of a revision. */
  readonly revision?: string | undefined;
}

/** The Jobs of a run that are wanted, in the order in which they ran. */
export function chosenJobs(
  run: ITrainingRun,
  objects: ProductObjects,
  { attempt, stage }: TrainingChoice,
): PlacedJob[] {
  return jobsOf(run, objects).filter(
    (job) => (attempt === undefined || job.number === attempt) && (stage === undefined || job.stage === stage),
  );
}

/** The logs of a run. */
export function trainingSources(run: ITrainingRun, objects: ProductObjects, choice: TrainingChoice): LogSource[] {
  return chosenJobs(run, objects, choice).flatMap((placed, place) => {
    const pods = podsOf(placed.job, objects).toSorted(byCreation);
    const wanted = pods.filter((pod) => choice.rank === undefined || rankOf(pod) === choice.rank);
    return wanted.flatMap((pod) => {
      // The Job controller makes pods that failed again; the first keeps the short name.
      const isFirst = pods.find((other) => rankOf(other) === rankOf(pod)) === pod;
      const prefix = `${jobPrefix(placed)}${rankSuffix(pod)}${isFirst ? '' : `/${suffixOf(pod)}`}`;
      return sourcesOf(pod, prefix, choice, place);
    });
  });
}

/** `3/train`, and `3/train-r1` of a retry. */
export function jobPrefix({ number, stage, retry }: Pick<PlacedJob, 'number' | 'stage' | 'retry'>): string {
  return `${number}/${stage}${retry === 0 ? '' : `-r${retry}`}`;
}

/** The logs of all pods of a ModelDeployment's revisions. */
export function servingSources(
  deployment: IModelDeployment,
  objects: ProductObjects,
  choice: ServingChoice,
): LogSource[] {
  const { name } = keyOf(deployment);
  return workloadsOf(deployment, objects).flatMap((workload) => {
    const revision = revisionIn(name, keyOf(workload).name);
    if (revision === undefined || !isChosen(deployment, revision, choice.revision)) return [];
    return servingPodsOf(workload, objects)
      .toSorted(byCreation)
      .flatMap((pod) => sourcesOf(pod, `${revisionTitle(deployment, revision)}/${suffixOf(pod)}`, choice, 0));
  });
}

function isChosen(deployment: IModelDeployment, revision: string, wanted: string | undefined): boolean {
  return wanted === undefined || wanted === revision || wanted === roleOf(deployment, revision);
}

function sourcesOf(pod: IPod, prefix: string, choice: ChosenContainers, place: number): LogSource[] {
  return containersToRead(pod, choice).map(({ name, isMain }) => ({
    prefix: isMain ? prefix : `${prefix} ${name}`,
    pod,
    container: name,
    place,
  }));
}

/** Its place in its gang; undefined if it is none of one. */
export function rankOf({ metadata }: IPod): number | undefined {
  const index = metadata?.annotations?.[jobController.completionIndex];
  return index === undefined || !/^[0-9]{1,6}$/.test(index) ? undefined : Number(index);
}

function rankSuffix(pod: IPod): string {
  const rank = rankOf(pod);
  return rank === undefined ? '' : `/${rank}`;
}

/** What its controller put behind its own name, by which people tell the pods of one apart. */
function suffixOf(pod: IPod): string {
  const { name } = keyOf(pod);
  return name.slice(name.lastIndexOf('-') + 1);
}

function byCreation(one: IPod, other: IPod): number {
  return timeOf(one) - timeOf(other) || (keyOf(one).name < keyOf(other).name ? -1 : 1);
}

function timeOf({ metadata }: IPod): number {
  return Date.parse(metadata?.creationTimestamp ?? '') || 0;
}

/** By which a log is known again, also when its pod was read anew. */
export function idOfSource({ pod, container }: LogSource): string {
  return `${uidOf(pod)}/${container}`;
}
