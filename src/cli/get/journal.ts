import { timestamp } from '../../api/condition.ts';
import { type Change, changesBetween } from '../../product/tree/changes.ts';
import type { TreeNode } from '../../product/tree/node.ts';
import { formatOf, type Invocation } from '../command.ts';
import { documentText } from '../output/document.ts';
import { joined, styled, text, type Text } from '../output/text.ts';
import { padded } from '../output/table.ts';
import { drawn } from './draw.ts';
import type { Query } from './query.ts';
import { unreadLines } from './unread.ts';
import type { Seen, View } from './view.ts';

/** A file, a pipe or a log: the tree once, and then a line for each change. For programs each change is a document, the first tree too. */
export class Journal implements View {
  readonly #invocation: Invocation;
  readonly #allNamespaces: boolean;
  #before: readonly TreeNode[] | undefined;
  #trouble: string | undefined;
  readonly #said = new Set<string>();

  constructor(invocation: Invocation, { namespace }: Query) {
    this.#invocation = invocation;
    this.#allNamespaces = namespace === undefined;
  }

  show({ tree, unread, empty }: Seen): void {
    const { out, now } = this.#invocation;
    if (this.#before === undefined && formatOf(this.#invocation) === undefined) {
      const { width, isUnicode } = out;
      out.lines(drawn(tree, { now: now(), width, isUnicode, allNamespaces: this.#allNamespaces }));
    } else {
      for (const change of changesBetween(this.#before ?? [], tree)) this.#tell(change);
    }
    this.#before = tree;
    for (const line of [...unreadLines(unread), ...(empty === undefined ? [] : [empty])]) this.#say(line);
  }

  trouble(why: string | undefined): void {
    const { err } = this.#invocation;
    if (why !== undefined && this.#trouble === undefined) err.line(text`not up to date: ${why}`);
    if (why === undefined && this.#trouble !== undefined) err.line(text`up to date again`);
    this.#trouble = why;
  }

  end(): void {
    // Each line was written when it was known.
  }

  #tell(change: Change): void {
    const { out, now } = this.#invocation;
    const format = formatOf(this.#invocation);
    const time = timestamp(now());
    if (format === undefined) return out.line(lineOf(change, time, this.#allNamespaces, out.isUnicode ? '→' : '->'));
    const { type, node, before } = change;
    const document = { time, type, node: alone(node), ...(before !== undefined && { before: alone(before) }) };
    out.stream.write(`${format === 'yaml' ? '---\n' : ''}${documentText(document, format)}`);
  }

  /** What does not change is said once. */
  #say(line: Text): void {
    if (this.#said.has(line.words)) return;
    this.#said.add(line.words);
    this.#invocation.err.line(line);
  }
}

function lineOf({ type, node, before, parent }: Change, time: string, allNamespaces: boolean, arrow: string): Text {
  const { kind, namespace, name, state, tone, detail, due } = node;
  const isPart = kind === 'Stage' || kind === 'Check';
  const place = [...(allNamespaces ? [namespace] : []), ...(isPart && parent ? [parent.name] : []), name].join('/');
  const turned = before !== undefined && before.state !== state ? text`${before.state} ${arrow} ` : undefined;
  const what = type === 'DELETED' ? undefined : joined([turned, styled(tone, state)], '');
  const told = type === 'DELETED' ? [] : [detail, due && `${due.what} at ${due.time}`];
  const first = [time, padded(text`${type}`, 'MODIFIED'.length)];
  const object = text`${kind} ${place}`;
  return joined([...first, what === undefined ? object : padded(object, usualObject), what, ...told], '  ');
}

/** Lines come one by one: longer names stand out of line. */
const usualObject = 36;

/** Others have changes of their own. */
function alone(node: TreeNode): Omit<TreeNode, 'children'> {
  const { children: _, ...rest } = node;
  return rest;
}
