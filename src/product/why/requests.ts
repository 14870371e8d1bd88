import type { IContainer, INode, IPod } from 'kubernetes-models/v1';
import { bytesOf } from '../../domain/quantity.ts';

/** By resource, in its base unit. */
export type Amounts = Readonly<Record<string, number>>;

/**
 * What a pod asks of its node, as Kubernetes counts: what is asked at once at the end, by its containers and all sidecars, or before by an init
 * container and the sidecars that were started until then, whichever is more; and what its runtime takes.
 */
export function requestsOf({ spec }: IPod): Amounts {
  const { containers = [], initContainers = [], overhead = {} } = spec ?? {};
  const isSidecar = ({ restartPolicy }: IContainer): boolean => restartPolicy === 'Always';
  const before = initContainers.flatMap((container, index) =>
    isSidecar(container) ? [] : [[container, ...initContainers.slice(0, index).filter(isSidecar)]],
  );
  const together = [[...containers, ...initContainers.filter(isSidecar)], ...before];
  const most = together.map(summed).reduce(greatest);
  return { ...added(most, summed([{ name: '', resources: { requests: overhead } }])), pods: 1 };
}

export function allocatableOf({ status }: INode): Amounts {
  return Object.fromEntries(
    Object.entries(status?.allocatable ?? {}).map(([resource, amount]) => [resource, bytesOf(amount) ?? 0]),
  );
}

function summed(containers: readonly IContainer[]): Amounts {
  const sum: Record<string, number> = {};
  for (const { resources } of containers) {
    for (const [resource, amount] of Object.entries({ ...resources?.limits, ...resources?.requests })) {
      // What is limited and not requested is requested as it is limited.
      sum[resource] = (sum[resource] ?? 0) + (bytesOf(amount) ?? 0);
    }
  }
  return sum;
}

function added(one: Amounts, other: Amounts): Amounts {
  const sums = Object.entries(other).map(([resource, amount]) => [resource, (one[resource] ?? 0) + amount] as const);
  return { ...one, ...Object.fromEntries(sums) };
}

function greatest(one: Amounts, other: Amounts): Amounts {
  const resources = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...resources].map((resource) => [resource, Math.max(one[resource] ?? 0, other[resource] ?? 0)]),
  );
}
