/** What keeps a pod from each of the nodes that there are. */
import type { INode, IPod, ITaint, IToleration } from 'kubernetes-models/v1';
import { keyOf } from '../../api/resource.ts';
import { isUnfinished } from '../../workload/podend.ts';
import { allocatableOf, type Amounts, requestsOf } from './requests.ts';

/** Why one node does not take a pod. */
export type Obstacle =
  /** It could never give as much. */
  | { readonly type: 'TooSmall'; readonly resource: string; readonly has: number; readonly asked: number }
  /** It could, and others have it. */
  | {
      readonly type: 'Full';
      readonly resource: string;
      readonly has: number;
      readonly free: number;
      readonly asked: number;
    }
  | { readonly type: 'Unready'; readonly since: string | undefined; readonly words: string }
  | { readonly type: 'Cordoned' }
  | { readonly type: 'Tainted'; readonly taint: string }
  | { readonly type: 'Unselected'; readonly label: string };

export interface NodeCase {
  readonly node: INode;
  readonly name: string;
  readonly obstacles: readonly Obstacle[];
}

/** @param placed pods of all namespaces; without them nobody knows what is free. */
export function nodeCases(pod: IPod, nodes: readonly INode[], placed: readonly IPod[] | undefined): NodeCase[] {
  const asked = requestsOf(pod);
  const byNode = Map.groupBy((placed ?? []).filter(isUnfinished), ({ spec }) => spec?.nodeName ?? '');
  return nodes.map((node) => {
    const { name } = keyOf(node);
    const others = placed && (byNode.get(name) ?? []);
    const obstacles = [...usability(node, pod), ...selection(node, pod), ...room(asked, allocatableOf(node), others)];
    return { node, name, obstacles };
  });
}

/** Ours and the cluster's taints of a node that is not ready or cordoned are told as what they mean. */
const ownTaints = /^node\.kubernetes\.io\/(?:unschedulable|not-ready|unreachable)$/;

function usability({ spec, status }: INode, pod: IPod): Obstacle[] {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const isUnready = ready !== undefined && ready.status !== 'True';
  const taints = (spec?.taints ?? []).filter(
    (taint) => taint.effect !== 'PreferNoSchedule' && !ownTaints.test(taint.key) && !isTolerated(taint, pod),
  );
  return [
    ...(isUnready
      ? [
          {
            type: 'Unready' as const,
            since: ready.lastTransitionTime?.toString(),
            words: ready.message ?? ready.reason ?? '',
          },
        ]
      : []),
    ...(spec?.unschedulable === true ? [{ type: 'Cordoned' as const }] : []),
    ...taints.map((taint) => ({ type: 'Tainted' as const, taint: taintText(taint) })),
  ];
}

function isTolerated({ key, value = '', effect }: ITaint, { spec }: IPod): boolean {
  return (spec?.tolerations ?? []).some((toleration: IToleration) => {
    const isKey =
      toleration.key === undefined || toleration.key === '' ? toleration.operator === 'Exists' : toleration.key === key;
    const isValue = toleration.operator === 'Exists' || (toleration.value ?? '') === value;
    return isKey && isValue && (toleration.effect === undefined || toleration.effect === effect);
  });
}

function taintText({ key, value, effect }: ITaint): string {
  return `${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}`;
}

/** By labels alone; what affinity asks for is left to the scheduler's words. */
function selection({ metadata }: INode, { spec }: IPod): Obstacle[] {
  return Object.entries(spec?.nodeSelector ?? {})
    .filter(([key, value]) => metadata?.labels?.[key] !== value)
    .map(([key, value]) => ({ type: 'Unselected', label: `${key}=${value}` }));
}

function room(asked: Amounts, allocatable: Amounts, others: readonly IPod[] | undefined): Obstacle[] {
  const used = others?.map(requestsOf);
  return Object.entries(asked).flatMap(([resource, amount]): Obstacle[] => {
    const has = allocatable[resource] ?? 0;
    if (has < amount) return [{ type: 'TooSmall', resource, has, asked: amount }];
    if (used === undefined) return [];
    const free = has - used.reduce((sum, one) => sum + (one[resource] ?? 0), 0);
    return free < amount ? [{ type: 'Full', resource, has, free: Math.max(0, free), asked: amount }] : [];
  });
}
