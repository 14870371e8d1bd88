import type { Kind, Key } from '../../api/resource.ts';
import { subtree } from '../../product/tree/index.ts';
import type { TreeNode } from '../../product/tree/node.ts';
import { kindOf, namedObject } from '../cluster/kinds.ts';
import { type Invocation, Refused } from '../command.ts';

/** What of the tree a person wants to see. */
export interface Query {
  /** Undefined for all. */
  readonly namespace: string | undefined;
  readonly labelSelector: string | undefined;
  /** Undefined for all kinds. */
  readonly kind: Kind | undefined;
  /** Undefined for all of that kind. */
  readonly key: Key | undefined;
}

/** @throws Refused for words that name no kind or object of ours. */
export function queryOf(invocation: Invocation): Query {
  const { words, options } = invocation;
  const { namespace } = invocation.cluster();
  const [first] = words;
  const isOne = words.length > 1 || first?.includes('/') === true;
  const everywhere = options['allNamespaces'] === true;
  const labelSelector = typeof options['selector'] === 'string' ? options['selector'] : undefined;
  if (isOne && everywhere) throw new Refused('an object is named in one namespace: leave out -A, or the name', 2);
  if (isOne && labelSelector !== undefined) throw new Refused('name an object, or select by labels, not both', 2);
  const named = isOne ? namedObject(words, namespace) : undefined;
  return {
    namespace: everywhere ? undefined : namespace,
    labelSelector,
    kind: named?.kind ?? (first === undefined ? undefined : kindOf(first)),
    key: named?.key,
  };
}

/** The part of the whole tree that was asked for. */
export function asked(tree: readonly TreeNode[], { kind, key }: Query): readonly TreeNode[] {
  return kind === undefined ? tree : subtree(tree, kind.kind, key);
}
