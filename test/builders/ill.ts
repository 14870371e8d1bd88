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
