/** What is left of logs that nobody can read any more: what was said at the end, as status and pods remember it. */
import type { IPod } from 'kubernetes-models/v1';
import { findCondition } from '../../api/condition.ts';
import { withoutRemedies } from '../../api/message.ts';
import { keyOf } from '../../api/resource.ts';
import type { Attempt, AttemptStage, IModelDeployment, ITrainingRun } from '../../api/types.ts';
import { revisionIn } from '../../kinds/modeldeployment/revision/revision.ts';
import { parseJobName, stageLabel } from '../../kinds/trainingrun/attempt/names.ts';
import { containersOf, lastWords } from '../../workload/diagnosis/containers.ts';
import { podsOf, type ProductObjects, servingPodsOf, workloadsOf } from '../objects.ts';
import { revisionTitle } from '../served.ts';
import { chosenJobs, jobPrefix, type ServingChoice, type TrainingChoice } from './sources.ts';

/** What is told in place of a log. */
export interface Gone {
  /** As that of a log. */
  readonly prefix: string;
  /** That there is no log. */
  readonly what: string;
  /** A message of ours, or what a container said; absent if nothing is known. */
  readonly lastWords?: string | undefined;
}

/** Of the Jobs of a run that are wanted and have no pods. */
export function goneOfTraining(run: ITrainingRun, objects: ProductObjects, choice: TrainingChoice): Gone[] {
  const attempts = run.status?.attempts ?? [];
  const wanted = attempts.filter(({ number }) => choice.attempt === undefined || number === choice.attempt);
  return wanted.flatMap((attempt) => {
    const stages = attempt.stages ?? [];
    if (stages.length === 0) return goneWhole(run, objects, attempt);
    return stages
      .filter(({ name }) => choice.stage === undefined || stageLabel(name) === choice.stage)
      .flatMap((stage) => goneOfStage(run, objects, attempt, stage));
  });
}

/** Of an attempt of whose stages nothing is known, since it is old or only its version tells of it. */
function goneWhole(run: ITrainingRun, objects: ProductObjects, { number, message }: Attempt): Gone[] {
  const hasPods = chosenJobs(run, objects, { attempt: number }).some(({ job }) => podsOf(job, objects).length > 0);
  return hasPods ? [] : [{ prefix: String(number), what: 'its pods are gone', lastWords: remembered(message) }];
}

function goneOfStage(run: ITrainingRun, objects: ProductObjects, attempt: Attempt, stage: AttemptStage): Gone[] {
  const { number } = attempt;
  const name = stageLabel(stage.name);
  const newest = parseJobName(keyOf(run).name, stage.job)?.retry ?? 0;
  const withPods = new Set(
    chosenJobs(run, objects, { attempt: number, stage: name })
      .filter(({ job }) => podsOf(job, objects).length > 0)
      .map(({ retry }) => retry),
  );
  const earlier = Array.from({ length: newest }, (_, retry) => retry).filter((retry) => !withPods.has(retry));
  return [
    ...goneRetries(number, name, earlier),
    ...(withPods.has(newest)
      ? []
      : [goneNewest(run, attempt, stage, jobPrefix({ number, stage: name, retry: newest }))]),
  ];
}

function goneRetries(number: number, stage: string, retries: readonly number[]): Gone[] {
  const [first] = retries;
  if (first === undefined) return [];
  const prefix = jobPrefix({ number, stage, retry: first });
  if (retries.length === 1) return [{ prefix, what: 'its pods are gone' }];
  const last = jobPrefix({ number, stage, retry: retries.at(-1) ?? first });
  return [{ prefix, what: `the pods of this and of all tries up to ${last} are gone` }];
}

function goneNewest(run: ITrainingRun, attempt: Attempt, stage: AttemptStage, prefix: string): Gone {
  if (stage.state === 'Running') {
    const summary = findCondition(run.status?.conditions, 'Succeeded');
    return { prefix, what: 'has no pod yet', lastWords: summary?.message };
  }
  const said = stage.message ?? attempt.message;
  return {
    prefix,
    what: `${stage.state === 'Passed' ? 'passed' : 'failed'}, and its pods are gone`,
    lastWords: remembered(said),
  };
}

/** Of the revisions that have a role, or were rejected last, and have no pods. */
export function goneOfServing(deployment: IModelDeployment, objects: ProductObjects, choice: ServingChoice): Gone[] {
  const { status } = deployment;
  const { name } = keyOf(deployment);
  const living = new Set(
    workloadsOf(deployment, objects)
      .filter((workload) => servingPodsOf(workload, objects).length > 0)
      .map((workload) => revisionIn(name, keyOf(workload).name)),
  );
  const ready = findCondition(status?.conditions, 'Ready')?.message;
  const serving = (['stable', 'candidate'] as const).flatMap((role) => {
    const revision = status?.[role]?.revision;
    const isWanted = choice.revision === undefined || choice.revision === role || choice.revision === revision;
    if (revision === undefined || living.has(revision) || !isWanted) return [];
    return [{ prefix: revisionTitle(deployment, revision), what: 'has no pods', lastWords: ready }];
  });
  const rejected = (status?.rejected ?? []).filter(({ revision }) => !living.has(revision));
  const told =
    choice.revision === undefined
      ? rejected.slice(-1)
      : rejected.filter(({ revision }) => revision === choice.revision);
  return [
    ...told.map(({ revision, message }) => ({
      prefix: `${revision} rejected`,
      what: 'its pods are gone',
      lastWords: remembered(message),
    })),
    ...serving,
  ];
}

/** Commands in it are about pods that are gone. */
function remembered(message: string | undefined): string | undefined {
  return message && withoutRemedies(message);
}

/** What a container said at its end, as its pod remembers it; undefined if it has not ended, or said nothing. */
export function lastWordsIn(pod: IPod, name: string): string | undefined {
  const report = containersOf(pod).find(({ status }) => status.name === name);
  const end = report?.status.state?.terminated ?? report?.status.lastState?.terminated;
  if (report === undefined || end === undefined) return undefined;
  return lastWords(report, end).words;
}
