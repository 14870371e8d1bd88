import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';
import { deployments, jobs, pods } from '../../../../src/api/kinds.ts';
import { jobController, label, managedBy } from '../../../../src/api/labels.ts';
import { keyOf, uidOf } from '../../../../src/api/resource.ts';
import { forgedImages, forgedPodSpec, forgedWord } from '../../forged.ts';
import type { Fault } from '../fault.ts';
import { forgery, uponLast } from './forgery.ts';

const tracking = 'batch.kubernetes.io/job-tracking';

/** As the Job controller would have it, which takes it for its own, but for what it runs. */
function asOfJob(job: IJob): IPod {
  const { name } = keyOf(job);
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    name,
    uid: uidOf(job),
    controller: true,
    blockOwnerDeletion: true,
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${forgedWord}-${name}`,
      labels: job.spec?.template.metadata?.labels ?? {},
      annotations: { [jobController.completionIndex]: '0' },
      finalizers: [tracking],
      ownerReferences: [owner],
    },
    spec: forgedPodSpec(job.spec?.template.spec ?? { containers: [] }, forgedImages.working),
  };
}

/** One that nobody else takes for its own. */
function besideJob(job: IJob): IPod {
  const { metadata, ...pod } = asOfJob(job);
  const { finalizers: _, ...rest } = metadata ?? {};
  const labels = job.metadata?.labels ?? {};
  return { ...pod, metadata: { ...rest, labels: { ...labels, [jobController.jobName]: keyOf(job).name } } };
}

/** With no more than what the operator selects by, or with all labels of a pod of the revision, so that its ReplicaSet adopts it. */
function asServer(deployment: IDeployment, labels: Readonly<Record<string, string>>): IPod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `${forgedWord}-${keyOf(deployment).name}`, labels },
    spec: forgedPodSpec(deployment.spec?.template.spec ?? { containers: [] }, forgedImages.crashing),
  };
}

function selectedLabels({ metadata }: IDeployment): Readonly<Record<string, string>> {
  const { [label.modelDeployment]: name = '', [label.revision]: revision = '' } = metadata?.labels ?? {};
  return { [label.managedBy]: managedBy, [label.modelDeployment]: name, [label.revision]: revision };
}

/** Whoever may create pods has one speak for an attempt, or crash for a revision. */
export const forgedPods: readonly Fault[] = [
  { ...forgery, name: 'pod-of-job', ...uponLast<IJob>(jobs, ({ forger }, job) => forger.create(pods, asOfJob(job))) },
  {
    ...forgery,
    name: 'pod-beside-job',
    ...uponLast<IJob>(jobs, ({ forger }, job) => forger.create(pods, besideJob(job))),
  },
  {
    ...forgery,
    name: 'pod-of-revision',
    ...uponLast<IDeployment>(deployments, ({ forger }, deployment) =>
      forger.create(pods, asServer(deployment, selectedLabels(deployment))),
    ),
  },
  {
    ...forgery,
    name: 'pod-adopted',
    ...uponLast<IDeployment>(deployments, async ({ forger }, deployment) => {
      const revision = selectedLabels(deployment)[label.revision];
      const own = (await forger.list(pods)).find(({ metadata }) => metadata?.labels?.[label.revision] === revision);
      const labels = own?.metadata?.labels ?? selectedLabels(deployment);
      await forger.create(pods, asServer(deployment, labels));
    }),
  },
];
