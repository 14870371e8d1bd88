import type { IContainer, INode, IPod } from 'kubernetes-models/v1';
import { bytesOf } from '../../domain/quantity.ts';

/** By resource, in its base unit. */
export type Amounts = Readonly<Record<string, number>>;

/** What a pod asks of its node; sidecars count beside its containers. */
export function requestsOf({ spec }: IPod): Amounts {
  const sidecars = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  const others = (spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy !== 'Always');
  const sum = summed([...(spec?.containers ?? []), ...sidecars]);
  return others.reduce<Amounts>((most, container) => greatest(most, summed([container])), { ...sum, pods: 1 });
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

function greatest(one: Amounts, other: Amounts): Amounts {
  const resources = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...resources].map((resource) => [resource, Math.max(one[resource] ?? 0, other[resource] ?? 0)]),
  );
}
