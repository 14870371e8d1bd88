import type { TreeNode } from './node.ts';

/** What became of a node between two trees, in the API's words. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** As it is, or was last. */
  readonly node: TreeNode;
  /** As it was before; absent unless it was modified. */
  readonly before?: TreeNode;
  /** What it belongs to; absent for what belongs to a product alone. */
  readonly parent?: TreeNode;
}

interface Placed {
  readonly node: TreeNode;
  readonly parent?: TreeNode;
}

/** What changed from one tree to the next, in the order of the lines. Products are not told by themselves: whatever they say, their objects say. */
export function changesBetween(before: readonly TreeNode[], after: readonly TreeNode[]): Change[] {
  const [old, now] = [placed(before), placed(after)];
  const come = [...now].flatMap(([path, one]): Change[] => {
    const was = old.get(path)?.node;
    if (was === undefined) return [{ type: 'ADDED', ...one }];
    return isSame(was, one.node) ? [] : [{ type: 'MODIFIED', before: was, ...one }];
  });
  const gone = [...old].flatMap(([path, one]): Change[] => (now.has(path) ? [] : [{ type: 'DELETED', ...one }]));
  return [...come, ...gone];
}

/** By the names of all that lead to it but the product, whose name is made of others. */
function placed(tree: readonly TreeNode[]): Map<string, Placed> {
  const all = new Map<string, Placed>();
  const walk = (node: TreeNode, path: string, parent: TreeNode | undefined) => {
    const isProduct = node.kind === 'Product';
    const own = isProduct ? '' : `${path}/${node.kind} ${node.namespace} ${node.name}`;
    if (!isProduct) all.set(own, parent === undefined ? { node } : { node, parent });
    for (const child of node.children) walk(child, own, isProduct ? undefined : node);
  };
  for (const product of tree) walk(product, '', undefined);
  return all;
}

function isSame(one: TreeNode, other: TreeNode): boolean {
  return (
    one.state === other.state &&
    one.detail === other.detail &&
    one.due?.what === other.due?.what &&
    one.due?.time === other.due?.time
  );
}
