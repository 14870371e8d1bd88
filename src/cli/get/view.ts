import type { TreeNode } from '../../product/tree/node.ts';
import type { Unread } from '../cluster/cluster.ts';
import type { Text } from '../output/text.ts';

/** What is to be seen at a moment. */
export interface Seen {
  readonly tree: readonly TreeNode[];
  readonly unread: readonly Unread[];
  /** Why the tree is empty, if it is. */
  readonly empty: Text | undefined;
}

/** How a watch shows what it sees. */
export interface View {
  show(seen: Seen): void;
  /** Why what is shown may be old; undefined if it is not. */
  trouble(why: string | undefined): void;
  end(): void;
}
