import type { Key, Kind } from '../../api/resource.ts';
import { oneLine } from '../../api/text.ts';
import type { TreeNode } from '../../product/tree/node.ts';
import { Refused } from '../command.ts';
import { styled, text, type Text } from '../output/text.ts';
import type { Query } from './query.ts';

/** @throws Refused if one object was asked for, and is not there, with what there is instead. */
export function refuseAbsent(tree: readonly TreeNode[], { kind, key }: Query): void {
  if (kind === undefined || key === undefined) return;
  const names = namesOf(tree, kind.kind);
  throw new Refused(`${title(kind, key)}; ${known(names, key.name)}`);
}

/** Why nothing is shown, with where else there may be something. */
export function absent({ kind, key, namespace, labelSelector }: Query): Text {
  if (kind !== undefined && key !== undefined) return text`${title(kind, key)} any more`;
  const what = kind === undefined ? 'Flyball keeps nothing' : `there is no ${kind.kind}`;
  const selected = labelSelector === undefined ? '' : ` that -l ${labelSelector} selects`;
  if (namespace === undefined) return text`${what} in any namespace${selected}`;
  const everywhere = styled('command', 'kubectl flyball get -A');
  return text`${what} in namespace ${namespace}${selected}; look in all of them: ${everywhere}`;
}

function title({ kind }: Kind, { namespace, name }: Key): string {
  return `there is no ${kind} ${oneLine(name)} in namespace ${oneLine(namespace)}`;
}

/** Few names are told all, of many those that are closest. */
const most = 5;

function known(names: readonly string[], wanted: string): string {
  if (names.length === 0) return 'there is none';
  const closest = names.toSorted((one, other) => distance(one, wanted) - distance(other, wanted)).slice(0, most);
  const rest = names.length - closest.length;
  return `there ${names.length === 1 ? 'is' : 'are'} ${closest.join(', ')}${rest === 0 ? '' : ` and ${rest} more`}`;
}

function namesOf(tree: readonly TreeNode[], kind: string): string[] {
  return tree.flatMap((node) => [...(node.kind === kind ? [node.name] : []), ...namesOf(node.children, kind)]);
}

/** How many characters have to be typed anew (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: Array.from(other).length + 1 }, (_, index) => index);
  for (const [at, character] of Array.from(one).entries()) {
    const next = [at + 1];
    for (const [index, wanted] of Array.from(other).entries()) {
      next.push(Math.min(row[index + 1]! + 1, next[index]! + 1, row[index]! + (character === wanted ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}
