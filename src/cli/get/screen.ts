import type { Invocation } from '../command.ts';
import type { Output } from '../output/output.ts';
import { styled, text } from '../output/text.ts';
import { drawn } from './draw.ts';
import type { Query } from './query.ts';
import { unreadLines } from './unread.ts';
import type { Seen, View } from './view.ts';

type Update = ((frame: string) => void) & { readonly done: () => void };

const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';

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
    const { stream } = invocation.out;
    // It would show the cursor again by ending the process at the first signal, whoever else has heard it.
    stream.write(hideCursor);
    // What is no terminal has no such methods, and is never drawn on.
    return new Screen(invocation, query, createLogUpdate(stream as NodeJS.WriteStream, { showCursor: true }));
  }

  show({ tree, unread, empty }: Seen): void {
    const { width, isUnicode, height } = this.#out;

    const beneath = [
      ...(empty === undefined ? [] : [empty]),
      ...unreadLines(unread),
      ...(this.#trouble === undefined ? [] : [text`${styled('bad', 'not up to date:')} ${this.#trouble}`]),
    ];
    // One line is the cursor's.
    const room = height - 1 - beneath.length;
    const drawing = { now: this.#now(), width, height: room, isUnicode, allNamespaces: this.#allNamespaces };
    const lines = [...drawn(tree, drawing), ...beneath];
    this.#update(lines.map((line) => this.#out.rendered(line)).join('\n'));
  }

  trouble(why: string | undefined): void {
    this.#trouble = why;
  }

  end(): void {
    this.#update.done();
    this.#out.stream.write(showCursor);
  }
}
