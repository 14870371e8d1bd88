/** What the driver writes: the runs of users, and the pods and Jobs' status that nodes and the Job controller would. */
import type { ITrainingRun } from '../../src/api/types.ts';

/** How the training of a run ends: with results, which make a ModelVersion, or without. */
export type Outcome = 'Results' | 'NoResults';

export interface JobFacts {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of its pods, as the template has it. */
  readonly podSpec: object;
}

const image = `registry.example.com/fraud/train@sha256:${'0123456789abcdef'.repeat(4)}`;

/** A run such as people write, already in the form in which its recipe is digested: no default is spelled out, and no number is a text. */
export function trainingRun(namespace: string, name: string): ITrainingRun {
  return {
    apiVersion: 'flyball.dev/v1alpha1',
    kind: 'TrainingRun',
    metadata: { namespace, name },
    spec: {
      image,
      command: ['python', '-m', 'train'],
      args: ['--epochs=3'],
      resources: { cpu: '1000m', memory: '2Gi' },
      accelerator: { resource: 'nvidia.com/gpu', count: 1 },
      datasets: [{ name: 'train', uri: 'pvc://data/fraud/train' }],
      parameters: { optimizer: 'adamw' },
      seed: 42,
      output: { uri: 'pvc://models/fraud' },
    },
  };
}

/** The pod that the Job controller makes. */
export function pod(job: JobFacts): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${job.name}-x7k2p`,
      namespace: job.namespace,
      labels: {
        ...job.labels,
        'batch.kubernetes.io/job-name': job.name,
        'batch.kubernetes.io/controller-uid': job.uid,
      },
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          name: job.name,
          uid: job.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: job.podSpec,
  };
}

/** What a training reports. */
export const results = JSON.stringify({
  metrics: { f1: 0.93 },
  model: { digest: `sha256:${'fedcba9876543210'.repeat(4)}` },
});

/** The status of a pod whose container ended well, with the results in its termination message. */
export function succeededPodStatus(outcome: Outcome, now: string): object {
  const terminated = {
    exitCode: 0,
    reason: 'Completed',
    startedAt: now,
    finishedAt: now,
    containerID: 'containerd://0',
    ...(outcome === 'Results' ? { message: results } : {}),
  };
  const container = { name: 'main', image, imageID: image, ready: false, restartCount: 0, state: { terminated } };
  return { status: { phase: 'Succeeded', startTime: now, containerStatuses: [container] } };
}

/** The status of a Job that completed; the API server asks for SuccessCriteriaMet before Complete. */
export function completeJobStatus(now: string): object {
  const condition = (type: string): object => ({
    type,
    status: 'True',
    reason: 'CompletionsReached',
    message: 'Reached expected number of succeeded pods',
    lastProbeTime: now,
    lastTransitionTime: now,
  });
  return {
    status: {
      startTime: now,
      completionTime: now,
      succeeded: 1,
      conditions: [condition('SuccessCriteriaMet'), condition('Complete')],
    },
  };
}
