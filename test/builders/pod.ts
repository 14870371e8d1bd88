import type { IJob } from 'kubernetes-models/batch/v1';
import type { IPod } from 'kubernetes-models/v1';

type PodStatus = NonNullable<IPod['status']>;
type ContainerState = NonNullable<NonNullable<PodStatus['containerStatuses']>[number]['state']>;

/** A pod that the Job controller made for a Job. */
export function podOf(owner: IJob, status: PodStatus = { phase: 'Pending' }, index?: number): IPod {
  const name = owner.metadata?.name ?? '';
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: index === undefined ? `${name}-abcde` : `${name}-${index}-abcde`,
      namespace: owner.metadata?.namespace ?? '',
      uid: `uid-${name}-pod-${index ?? 0}`,
      ...(owner.metadata?.labels && { labels: owner.metadata.labels }),
      ...(index !== undefined && { annotations: { 'batch.kubernetes.io/job-completion-index': String(index) } }),
      ownerReferences: [
        { apiVersion: 'batch/v1', kind: 'Job', name, uid: owner.metadata?.uid ?? '', controller: true },
      ],
    },
    spec: {
      ...(owner.spec?.template.spec ?? { containers: [] }),
      ...(index !== undefined && { hostname: `${name}-${index}` }),
    },
    status,
  };
}

/** A pod that ended well and left this termination message. */
export function succeeded(message: string): PodStatus {
  return { phase: 'Succeeded', containerStatuses: main({ terminated: { exitCode: 0, message } }) };
}

/** Results with these metrics, and more fields of the document. */
export function results(metrics: Record<string, number>, more: object = {}): PodStatus {
  return succeeded(JSON.stringify({ metrics, ...more }));
}

export function exited(exitCode: number, fields: { reason?: string; message?: string } = {}): PodStatus {
  return { phase: 'Failed', containerStatuses: main({ terminated: { exitCode, ...fields } }) };
}

export function waiting(reason: string, message = ''): PodStatus {
  return { phase: 'Pending', containerStatuses: main({ waiting: { reason, message } }) };
}

export function unschedulable(message: string): PodStatus {
  return {
    phase: 'Pending',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }],
  };
}

/** The same, of a pod that got its node at that time. */
export function placed(status: PodStatus, at: string): PodStatus {
  const scheduled = { type: 'PodScheduled', status: 'True', lastTransitionTime: at };
  return { ...status, conditions: [...(status.conditions ?? []), scheduled] };
}

/** The same, of a container that ended at that time. */
export function endedAt(status: PodStatus, finishedAt: string): PodStatus {
  const statuses = status.containerStatuses?.map((one) => {
    const { terminated } = one.state ?? {};
    return terminated === undefined ? one : { ...one, state: { terminated: { ...terminated, finishedAt } } };
  });
  return { ...status, containerStatuses: statuses ?? [] };
}

/** The same, of a pod that the cluster takes away. */
export function taken(status: PodStatus, at = '2026-11-24T10:04:00Z'): PodStatus {
  const message = 'Eviction API: evicting';
  const condition = { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message };
  return { ...status, conditions: [...(status.conditions ?? []), { ...condition, lastTransitionTime: at }] };
}

/** A pod that its node did not take. */
export function refused(reason = 'UnexpectedAdmissionError', message = 'Allocate failed'): PodStatus {
  return { phase: 'Failed', reason, message };
}

export function running(): PodStatus {
  return { phase: 'Running', containerStatuses: main({ running: { startedAt: '2026-11-24T10:01:00Z' } }) };
}

/** The same, with what the kubelet says of one more container, which somebody injected or which is our sidecar. */
export function beside(
  status: PodStatus,
  list: 'initContainerStatuses' | 'containerStatuses',
  name: string,
  state: ContainerState,
  fields: { ready?: boolean; restartCount?: number; lastState?: ContainerState } = {},
): PodStatus {
  const image = `registry/${name}:1`;
  const other = { name, image, imageID: '', ready: false, restartCount: 0, state, ...fields };
  return { ...status, [list]: [...(status[list] ?? []), other] };
}

function main(state: ContainerState): NonNullable<PodStatus['containerStatuses']> {
  const image = 'registry/fraud-train:1';
  return [{ name: 'main', image, imageID: `${image}@sha256:1f`, ready: false, restartCount: 0, state }];
}
