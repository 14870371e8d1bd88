import type { IJob } from 'kubernetes-models/batch/v1';
import type { IService } from 'kubernetes-models/v1';
import type { ITrainingRun } from '../../../api/types.ts';
import { attemptAnnotation, copiedLabels, label, managedBy } from '../../../api/labels.ts';
import { keyOf, ownerReference } from '../../../api/resource.ts';
import { defined } from '../../../api/defined.ts';
import { rendezvousPort } from './environment.ts';
import { attemptName } from '../../../domain/versions.ts';
import { jobName } from './names.ts';
import { trainingPod } from './pod.ts';
import { sortedJSON } from '../../../domain/canonical.ts';
import { isGang, type Recipe } from '../../../domain/recipe.ts';
import type { Snapshot } from '../start/snapshot.ts';

type JobSpec = NonNullable<IJob['spec']>;

/**
 * The Job of an attempt. What it runs comes from the snapshot alone, which it carries; how often, from the run.
 * @param retry 0 for the first Job; only a gang has others.
 */
export function trainingJob(run: ITrainingRun, snapshot: Snapshot, retry: number): IJob {
  const { namespace, name } = keyOf(run);
  const labels = attemptLabels(run, snapshot);
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(attemptName(name, snapshot.number), retry),
      namespace,
      labels,
      annotations: { [attemptAnnotation]: sortedJSON(snapshot) },
      ownerReferences: [ownerReference(run)],
    },
    spec: {
      ...(isGang(snapshot.recipe) ? gang(snapshot.recipe) : single(run)),
      template: { metadata: { labels }, spec: trainingPod(name, snapshot, retry) },
    },
  };
}

/** The headless Service that gives the pods of a gang their names, before they are ready: they meet in order to become it. */
export function gangService(run: ITrainingRun, snapshot: Snapshot, retry: number): IService {
  const { namespace, name } = keyOf(run);
  const job = jobName(attemptName(name, snapshot.number), retry);
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: job, namespace, labels: attemptLabels(run, snapshot), ownerReferences: [ownerReference(run)] },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { 'batch.kubernetes.io/job-name': job },
      ports: [{ name: 'rendezvous', port: rendezvousPort }],
    },
  };
}

/** The Job makes a failed pod again; pods that the cluster took away are not counted. */
function single(run: ITrainingRun): Omit<JobSpec, 'template'> {
  return {
    parallelism: 1,
    completions: 1,
    backoffLimit: run.spec.retry?.limit ?? 0,
    podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [disruption] }] },
  };
}

/**
 * One pod made again would wait for partners that have given up, so the Job ends with its first failure and the whole gang is
 * made again. A disruption fails it with a reason of its own, which outlives the pods and tells that it is not to be counted.
 */
function gang(recipe: Recipe): Omit<JobSpec, 'template'> {
  return defined<Omit<JobSpec, 'template'>>({
    parallelism: recipe.nodes,
    completions: recipe.nodes,
    completionMode: 'Indexed',
    backoffLimit: 0,
    podFailurePolicy: { rules: [{ action: 'FailJob', onPodConditions: [disruption] }] },
  });
}

const disruption = { type: 'DisruptionTarget', status: 'True' };

function attemptLabels(run: ITrainingRun, snapshot: Snapshot): Record<string, string> {
  const { name } = keyOf(run);
  return {
    ...copiedLabels(run.metadata?.labels),
    [label.managedBy]: managedBy,
    [label.trainingRun]: name,
    [label.attempt]: attemptName(name, snapshot.number),
    [label.stage]: 'train',
  };
}
