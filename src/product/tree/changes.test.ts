import { describe, expect, it } from '@jest/globals';
import { now, product } from '../../../test/builders/product.ts';
import { changesBetween } from './changes.ts';
import { treeOf } from './index.ts';
import type { TreeNode } from './node.ts';

const leaf = (kind: TreeNode['kind'], name: string, fields: Partial<TreeNode> = {}): TreeNode => ({
  kind,
  namespace: 'team',
  name,
  state: 'Good',
  tone: 'good',
  children: [],
  ...fields,
});
const tree = (...children: readonly TreeNode[]) => [leaf('Product', 'fraud', { children })];
const told = (before: readonly TreeNode[], after: readonly TreeNode[]) =>
  changesBetween(before, after).map(({ type, node, before: was }) => [type, node.name, was?.state]);

describe('The changes from one tree to the next', () => {
  it('are what came, what is otherwise and what went', () => {
    const before = tree(leaf('Job', 'a'), leaf('Job', 'b'));
    const after = tree(leaf('Job', 'b', { state: 'Bad' }), leaf('Job', 'c'));
    expect(told(before, after)).toEqual([
      ['MODIFIED', 'b', 'Good'],
      ['ADDED', 'c', undefined],
      ['DELETED', 'a', undefined],
    ]);
  });

  it('are those of parts, too, which are told apart by what they belong to', () => {
    const attempts = (state: string) =>
      tree(
        leaf('Attempt', 'fraud-1', { children: [leaf('Stage', 'Train')] }),
        leaf('Attempt', 'fraud-2', { children: [leaf('Stage', 'Train', { state })] }),
      );
    expect(changesBetween(attempts('Good'), attempts('Bad'))).toMatchObject([
      { node: { name: 'Train' }, parent: { name: 'fraud-2' } },
    ]);
  });

  it('are none where only time has passed', () => {
    const later = new Date(now.getTime() + 30 * 60_000);
    expect(told(treeOf(product(), now), treeOf(product(), later))).toEqual([]);
  });

  it('are none of a product, whose objects tell what it tells', () => {
    const named = (name: string) => [leaf('Product', name, { state: name, children: [leaf('Monitor', 'a')] })];
    expect(told(named('fraud'), named('beta, fraud'))).toEqual([]);
  });

  it('are also that something comes at another time', () => {
    const due = (time: string) => tree(leaf('Revision', 'a', { due: { what: 'the hold ends', time } }));
    expect(told(due('2026-11-24T10:00:00Z'), due('2026-11-24T11:00:00Z'))).toEqual([['MODIFIED', 'a', 'Good']]);
  });
});
