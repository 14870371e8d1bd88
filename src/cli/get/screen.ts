import type { Invocation } from '../command.ts';
import type { Output } from '../output/output.ts';
import { styled, type Text, text } from '../output/text.ts';
import { drawn } from './draw.ts';
import type { Query } from './query.ts';
import { unreadLines } from './unread.ts';
import type { Seen, View } from './view.ts';

type Update = ((frame: string) => void) & { readonly done: () => void };

/** A terminal on which the tree is drawn anew in its place. */
export class Screen implements View {
  readonly #out: Output;
  readonly #now: Invocation['now'];
  readonly #allNamespaces: boolean;
  readonly #update: Update;
  #trouble: string | undefined;

  private constructor({ out, now }: Invocation, { namespace }: Query, update: Update) {
    this.#out = out;
    this.#now = now;
    this.#allNamespaces = namespace === undefined;
    this.#update = update;
  }

  static async open(invocation: Invocation, query: Query): Promise<Screen> {
    const { createLogUpdate } = await import('log-update');
    // What is no terminal has no such methods, and is never drawn on.
    return new Screen(invocation, query, createLogUpdate(invocation.out.stream as NodeJS.WriteStream));
  }

  show({ tree, unread, empty }: Seen): void {
    const { width, isUnicode, height } = this.#out;
    const drawing = { now: this.#now(), width, isUnicode, allNamespaces: this.#allNamespaces };
    const beneath = [
      ...(empty === undefined ? [] : [empty]),
      ...unreadLines(unread),
      ...(this.#trouble === undefined ? [] : [text`${styled('bad', 'not up to date:')} ${this.#trouble}`]),
    ];
    const lines = [...clipped(drawn(tree, drawing), height - beneath.length), ...beneath];
    this.#update(lines.map((line) => this.#out.rendered(line)).join('\n'));
  }

  trouble(why: string | undefined): void {
    this.#trouble = why;
  }

  end(): void {
    this.#update.done();
  }
}

/** Whoever looks at a tree that is higher than the terminal sees its beginning. One line is the cursor's. */
function clipped(lines: readonly Text[], height: number): readonly Text[] {
  const room = Math.max(2, height - 1);
  if (lines.length <= room) return lines;
  const more = lines.length - room + 1;
  return [
    ...lines.slice(0, room - 1),
    styled('faint', text`${more} more lines: make the window higher, or name an object`),
  ];
}
