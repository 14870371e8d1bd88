/** Pods as a cluster shows them when something is wrong, or lasts. All began at ten o'clock. */
import type { IContainer, IPod } from 'kubernetes-models/v1';

type Status = NonNullable<IPod['status']>;
type Report = NonNullable<Status['containerStatuses']>[number];
type Condition = NonNullable<Status['conditions']>[number];

export const ten = '2026-11-24T10:00:00Z';

/** Conditions of a pod, such as { PodScheduled: 'True' }, since ten o'clock. */
export function since(statuses: Readonly<Record<string, 'True' | 'False' | 'Unknown'>>): Condition[] {
  return Object.entries(statuses).map(([type, status]) => ({ type, status, lastTransitionTime: ten }));
}

export function report(name: string, state: Report['state'], fields: Partial<Report> = {}): Report {
  const image = `registry/${name}:1`;
  return { name, image, imageID: image, ready: false, restartCount: 0, ...(state && { state }), ...fields };
}

/** A pod with more containers than the user's, and what the cluster says of it. */
export function ill(
  status: Status,
  { pod, init = [], beside = [] }: { pod: IPod; init?: readonly IContainer[]; beside?: readonly IContainer[] },
): IPod {
  const spec = pod.spec ?? { containers: [] };
  return {
    ...pod,
    metadata: { creationTimestamp: ten, ...pod.metadata },
    spec: {
      ...spec,
      nodeName: 'gpu-1',
      initContainers: [...init, ...(spec.initContainers ?? [])],
      containers: [...spec.containers, ...beside],
    },
    status: { startTime: ten, ...status },
  };
}

/** Makes a pod of what is tried: its status, containers beside the user's, and its place in a gang. */
export type Make = (status: Status, more?: Omit<Parameters<typeof ill>[1], 'pod'>, index?: number) => IPod;

/** What was once told wrongly or not at all of pods, as the cluster shows it. */
export type Illnesses = Readonly<Record<string, (made: Make) => IPod[]>>;

export const running = { running: { startedAt: ten } };
export const minute = '2026-11-24T10:01:00Z';
export const initializing = report('main', { waiting: { reason: 'PodInitializing' } });
export const setUp = since({ PodScheduled: 'True', PodReadyToStartContainers: 'True', Initialized: 'True' });

export function endedWith(exitCode: number, finishedAt: string, message = '') {
  return { terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', finishedAt, message } };
}

/** A container that the kubelet cannot start. */
export function refusedFor(name: string, reason: string, message: string): Status {
  return { phase: 'Pending', conditions: setUp, containerStatuses: [report(name, { waiting: { reason, message } })] };
}
