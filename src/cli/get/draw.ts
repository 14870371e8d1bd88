import { age } from '../../product/age.ts';
import type { NodeKind, TreeNode } from '../../product/tree/node.ts';
import { cut, cutInside } from '../output/cut.ts';
import { table } from '../output/table.ts';
import { joined, styled, Text, text } from '../output/text.ts';
import { widthOf } from '../output/width.ts';

/** How a tree is drawn. */
export interface Drawing {
  readonly now: Date;
  /** How many columns there are; as many as it takes if undefined. */
  readonly width?: number | undefined;
  readonly isUnicode: boolean;
  /** How many lines there is room for, with the heading; all of them if undefined. */
  readonly height?: number | undefined;
  /** Whether products are told by their namespaces too. */
  readonly allNamespaces: boolean;
}

interface Glyphs {
  readonly branch: string;
  readonly last: string;
  readonly through: string;
  readonly space: string;
  readonly ellipsis: string;
}

const unicode: Glyphs = { branch: '├─ ', last: '└─ ', through: '│  ', space: '   ', ellipsis: '…' };
const ascii: Glyphs = { branch: '|- ', last: '`- ', through: '|  ', space: '   ', ellipsis: '...' };

/** The columns. What goes on comes last, since it is the longest, and nothing has to be in line behind it. */
const heading = ['name', 'state', 'since', 'detail'];
const gaps = 2 * (heading.length - 1);
const longestState = 24;
const longestSince = 6;
/** The least that there is for names and for what goes on, however narrow it is. */
const shortest = 16;

/** The tree as lines beneath a heading, each of them as long as there is room; without products none. */
export function drawn(tree: readonly TreeNode[], drawing: Drawing): Text[] {
  const glyphs = drawing.isUnicode ? unicode : ascii;
  const all = tree.flatMap((product) => linesOf(product, '', '', glyphs));
  const room = Math.max(3, drawing.height ?? Infinity);
  const shown = all.length < room ? all : all.slice(0, room - 2);
  const rows = shown.map((line) => rowOf(line, glyphs, drawing));
  const lines = table(heading, fitted(rows, drawing.width, glyphs));
  const rest = all.length - shown.length;
  return rest === 0
    ? lines
    : [...lines, styled('faint', text`${rest} more lines: make the window higher, or name an object`)];
}

/** Several of a kind that are past, as one line. */
interface Fold {
  readonly kind: NodeKind;
  readonly all: readonly TreeNode[];
}

/** What a line is about, and the glyphs before it. Its words are made only if it is seen. */
interface Line {
  readonly lead: string;
  readonly of: TreeNode | Fold;
}

function linesOf(node: TreeNode, lead: string, below: string, glyphs: Glyphs): Line[] {
  const shown = folded(node.children);
  const rest = shown.flatMap((child, index) => {
    const isLast = index === shown.length - 1;
    const [branch, next] = isLast ? [glyphs.last, glyphs.space] : [glyphs.branch, glyphs.through];
    return 'all' in child
      ? [{ lead: `${below}${branch}`, of: child }]
      : linesOf(child, `${below}${branch}`, `${below}${next}`, glyphs);
  });
  return [{ lead, of: node }, ...rest];
}

type Row = readonly [name: Text, state: Text, since: Text, detail: Text];

function rowOf({ lead, of }: Line, glyphs: Glyphs, drawing: Drawing): Row {
  if ('all' in of) return foldedRow(of, lead, glyphs, drawing);
  const name = joined([lineOf(lead), titleOf(of, drawing)], '');
  return [name, styled(of.tone, of.state), text`${age(of.since, drawing.now)}`, detailOf(of, drawing)];
}

/** Our own lines, whose spaces stay. */
function lineOf(words: string): Text {
  return new Text([{ words, style: 'faint' }]);
}

/** What is past stands in one line for each kind, where the first of them would; one alone stands for itself, without what lies below. */
function folded(children: readonly TreeNode[]): (TreeNode | Fold)[] {
  const past = Map.groupBy(
    children.filter(({ isPast }) => isPast),
    ({ kind }) => kind,
  );
  return children.flatMap((child): (TreeNode | Fold)[] => {
    const all = child.isPast ? (past.get(child.kind) ?? []) : [];
    if (all.length === 0) return [child];
    if (all.length === 1) return [{ ...child, children: [] }];
    return all[0] === child ? [{ kind: child.kind, all }] : [];
  });
}

const plurals: Readonly<Partial<Record<NodeKind, string>>> = {
  Attempt: 'attempts',
  ModelVersion: 'versions',
  Revision: 'revisions',
  Job: 'Jobs',
};

function foldedRow({ kind, all }: Fold, lead: string, glyphs: Glyphs, { now }: Drawing): Row {
  const counts = [...Map.groupBy(all, ({ state }) => state)].map(([state, { length }]) => text`${length} ${state}`);
  const title = styled('faint', text`${glyphs.ellipsis} ${all.length} earlier ${plurals[kind] ?? kind}`);
  const name = joined([lineOf(lead), title], '');
  return [name, text``, text`${age(all[0]?.since, now)}`, styled('faint', joined(counts, ', '))];
}

function titleOf({ kind, namespace, name }: TreeNode, { allNamespaces }: Drawing): Text {
  if (kind === 'Product') return styled('strong', allNamespaces ? `${namespace}/${name}` : name);
  return text`${styled('faint', kind)} ${name}`;
}

function detailOf({ detail, due, kind }: TreeNode, { now }: Drawing): Text {
  const told = detail === undefined ? undefined : kind === 'Product' ? text`${detail}` : styled('faint', detail);
  return joined([told, due && dueText(due, now)], '; ');
}

function dueText({ what, time }: NonNullable<TreeNode['due']>, now: Date): Text {
  const isOver = Date.parse(time) <= now.getTime();
  return styled('faint', isOver ? text`${what} now` : text`${what} in ${age(time, now)}`);
}

/** Names and details share what the other columns leave: details get almost half of it, if they are long. */
function fitted(rows: readonly Row[], width: number | undefined, { ellipsis }: Glyphs): Row[] {
  if (width === undefined) return [...rows];
  const widest = (column: 0 | 1) => Math.max(0, ...rows.map((row) => widthOf(row[column])));
  const state = Math.min(longestState, Math.max('state'.length, widest(1)));
  const left = Math.max(2 * shortest, width - gaps - state - longestSince);
  const name = Math.min(widest(0), Math.max(shortest, left - Math.max(shortest, Math.floor(0.45 * left))));
  return rows.map((row) => [
    cutInside(row[0], name, ellipsis),
    cut(row[1], state, ellipsis),
    row[2],
    cut(row[3], left - name, ellipsis),
  ]);
}
