import { keyOf } from '../../api/resource.ts';
import type { ProductObjects } from '../../product/objects.ts';
import type { TreeNode } from '../../product/tree/node.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { lastLine } from '../logs/last.ts';

/** Few enough to be read at once. */
const mostLogs = 8;

/** What a pod does of which its log alone tells how far it is, and the containers that may do it. */
const transfers: Readonly<Record<string, readonly string[]>> = {
  Fetching: ['fetch', 'verify', 'restore'],
  Saving: ['save'],
};

/** The tree with how far it is what fetches and saves, as far as that can be read: without it the tree is as good. */
export async function withProgress(
  tree: readonly TreeNode[],
  { pods }: ProductObjects,
  cluster: Cluster,
): Promise<readonly TreeNode[]> {
  const nodes = nodesOf(tree).filter(({ kind, state }) => kind === 'Pod' && Object.hasOwn(transfers, state));
  const lines = await Promise.all(
    nodes.slice(0, mostLogs).map(async (node) => {
      const pod = pods.find((one) => keyOf(one).name === node.name && keyOf(one).namespace === node.namespace);
      const running = [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])].find(
        ({ name, state }) => transfers[node.state]?.includes(name) === true && state?.running !== undefined,
      );
      const isThere = pod !== undefined && running !== undefined;
      const line = isThere ? await lastLine(cluster, pod, running.name).catch(() => undefined) : undefined;
      return [node, line] as const;
    }),
  );
  const told = new Map(lines.filter(([, line]) => line !== undefined));
  return told.size === 0 ? tree : tree.map((node) => replaced(node, told));
}

function nodesOf(tree: readonly TreeNode[]): TreeNode[] {
  return tree.flatMap((node) => [node, ...nodesOf(node.children)]);
}

function replaced(node: TreeNode, told: ReadonlyMap<TreeNode, string | undefined>): TreeNode {
  const detail = told.get(node) ?? node.detail;
  const children = node.children.map((child) => replaced(child, told));
  return { ...node, ...(detail !== undefined && { detail }), children };
}
