import { modelDeployments, modelVersions, pods, trainingRuns, wholeJobs } from '../../api/kinds.ts';
import { oneLine } from '../../api/text.ts';
import { kubectl } from '../../api/command.ts';
import { findCondition } from '../../api/condition.ts';
import { label } from '../../api/labels.ts';
import { idOf, type Key, type Kind, keyOf, type Resource, uidOf } from '../../api/resource.ts';
import type { ITrainingRun } from '../../api/types.ts';
import { noObjects, type ProductObjects } from '../../product/objects.ts';
import { knownAttempts } from '../../product/logs/attempts.ts';
import { type Gone, goneOfServing, goneOfTraining } from '../../product/logs/gone.ts';
import {
  type LogSource,
  type ServingChoice,
  servingSources,
  type TrainingChoice,
  trainingSources,
} from '../../product/logs/sources.ts';
import type { Cluster, Unread } from '../cluster/cluster.ts';
import { LabelledObjects, readServing } from '../cluster/serving.ts';
import type { Named } from '../cluster/kinds.ts';
import { Refused } from '../command.ts';

/** What there is to read at one moment. */
export interface Look {
  readonly sources: readonly LogSource[];
  readonly gone: readonly Gone[];
  readonly unread: readonly Unread[];
  /** What goes on, as a condition tells it: what people wait for where there is no log. */
  readonly goesOn: string | undefined;
  /** How it ended; undefined as long as more may come. */
  readonly ended: string | undefined;
}

/** Whose logs are read. */
export interface Subject {
  readonly namespace: string;
  /** What tells that something has changed. */
  readonly watched: readonly {
    readonly kind: Kind;
    readonly labelSelector?: string;
    readonly fieldSelector?: string;
  }[];
  look(): Promise<Look>;
}

export interface Choice extends ServingChoice, Omit<TrainingChoice, 'attempt'> {
  /** A number; `all`; by default the newest. */
  readonly attempt?: number | 'all' | undefined;
}

/** @throws Refused if there is no such object, or it has no logs. */
export async function subjectOf(cluster: Cluster, { kind, key }: Named, choice: Choice): Promise<Subject> {
  switch (kind) {
    case trainingRuns:
      return training(cluster, key, choice);
    case modelDeployments:
      return serving(cluster, key, choice);
    case modelVersions:
      return await trainingOfVersion(cluster, key, choice);
    default:
      throw new Refused(
        `a Monitor runs nothing and has no logs; what it measures, \`${kubectl(undefined, 'flyball', 'why', 'mon', key.name, '-n', key.namespace)}\` tells`,
      );
  }
}

/** The attempt that made a version has its name. */
async function trainingOfVersion(cluster: Cluster, key: Key, choice: Choice): Promise<Subject> {
  const version = await present(cluster, modelVersions, key);
  const { trainingRun, trainingRunUID, number } = version.spec;
  const made = { namespace: key.namespace, name: trainingRun };
  const run = await cluster.client.get(trainingRuns, made);
  if (run === undefined || (trainingRunUID !== undefined && uidOf(run) !== trainingRunUID)) {
    throw new Refused(`TrainingRun ${oneLine(trainingRun)}, which made ${key.name}, is gone, and its logs with it`);
  }
  return training(cluster, made, { ...choice, attempt: number });
}

function training(cluster: Cluster, key: Key, choice: Choice): Subject {
  const labelSelector = `${label.trainingRun}=${key.name}`;
  return {
    namespace: key.namespace,
    watched: [
      { kind: pods, labelSelector },
      { kind: trainingRuns, fieldSelector: `metadata.name=${key.name}` },
    ],
    look: async () => {
      const run = await present(cluster, trainingRuns, key);
      const reading = new LabelledObjects(cluster, key.namespace, labelSelector);
      const [jobs, all] = await Promise.all([reading.all(wholeJobs), reading.all(pods)]);
      const objects = { ...noObjects, jobs, pods: all };
      const wanted = { ...choice, attempt: chosenAttempt(run, objects, choice.attempt) };
      return {
        sources: trainingSources(run, objects, wanted),
        gone: goneOfTraining(run, objects, wanted),
        unread: reading.unread,
        goesOn: isInOrder(run) ? undefined : findCondition(run.status?.conditions, 'Succeeded')?.message,
        ended: endOf(run, wanted.attempt),
      };
    },
  };
}

/** Whoever reads its logs knows that it trains. */
function isInOrder({ status }: ITrainingRun): boolean {
  return ['Started', 'Training'].includes(findCondition(status?.conditions, 'Succeeded')?.reason ?? '');
}

function chosenAttempt(run: ITrainingRun, objects: ProductObjects, attempt: Choice['attempt']): number | undefined {
  if (attempt === 'all') return undefined;
  const known = knownAttempts(run, objects);
  if (attempt === undefined) return known.at(-1);
  if (known.includes(attempt)) return attempt;
  const others = known.length === 0 ? 'it has none yet' : `there are ${known.join(', ')}`;
  throw new Refused(`there is no attempt ${attempt} of ${idOf(keyOf(run))}, or none is known any more; ${others}`);
}

/** Whoever follows the newest goes on to the one after it, if that has begun. What was superseded is followed by another one for certain. */
function endOf({ status }: ITrainingRun, number: number | undefined): string | undefined {
  const attempts = status?.attempts ?? [];
  const attempt = number === undefined ? attempts.at(-1) : attempts.find((one) => one.number === number);
  if (attempt?.endTime === undefined || attempt.verdict === 'Superseded') return undefined;
  const message = attempt.message === undefined ? '' : `: ${attempt.message}`;
  return `attempt ${attempt.number} is over, ${attempt.verdict}${message}`;
}

function serving(cluster: Cluster, key: Key, choice: Choice): Subject {
  const labelSelector = `${label.modelDeployment}=${key.name}`;
  return {
    namespace: key.namespace,
    watched: [
      { kind: pods, labelSelector },
      { kind: modelDeployments, fieldSelector: `metadata.name=${key.name}` },
    ],
    look: async () => {
      const deployment = await present(cluster, modelDeployments, key);
      const { objects, unread } = await readServing(cluster, key);
      return {
        sources: servingSources(deployment, objects, choice),
        gone: goneOfServing(deployment, objects, choice),
        unread,
        goesOn: findCondition(deployment.status?.conditions, 'Ready')?.message,
        ended: undefined,
      };
    },
  };
}

async function present<R extends Resource>(cluster: Cluster, kind: Kind<R>, key: Key): Promise<R> {
  const found = await cluster.client.get(kind, key);
  if (found === undefined) throw new Refused(`there is no ${kind.kind} ${idOf(key)}`);
  return found;
}
