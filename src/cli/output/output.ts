import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { type ConnectionOptions, through } from '../../api/command.ts';
import { type Span, type Style, Text } from './text.ts';

/** A stream to people or to a program: a terminal, a pipe or a file. */
export type Stream = Writable & { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number };

const colours = {
  good: 'green',
  bad: 'red',
  waiting: 'yellow',
  faint: 'gray',
  strong: 'bold',
  command: 'cyan',
  lane1: 'cyan',
  lane2: 'yellow',
  lane3: 'magenta',
  lane4: 'blue',
  lane5: 'green',
  lane6: 'cyanBright',
} as const satisfies Record<Style, Parameters<typeof styleText>[0]>;

/** Whether a stream gets colours: by --color, else by FORCE_COLOR and NO_COLOR, else if it is a terminal that has them. */
export function isColoured(
  { isTTY }: Stream,
  when: 'auto' | 'always' | 'never',
  { FORCE_COLOR: forced, NO_COLOR: unwanted, TERM: terminal }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (when !== 'auto') return when === 'always';
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return isTTY === true && !unwanted && terminal !== 'dumb';
}

/** Whether a pipe's other end or a terminal is there no more. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'EIO');
}

/** Where a call chose neither cluster nor user. */
const unchosen: ConnectionOptions = { cluster: [], user: [] };

/** Writes texts for people, in colours where the stream shows them, with commands that act on the cluster of the call. */
export class Output {
  readonly stream: Stream;
  readonly #isColoured: boolean;
  /** Whether characters beyond ASCII are shown, so that lines may be drawn by them. */
  readonly isUnicode: boolean;

  readonly #connection: ConnectionOptions;

  constructor(stream: Stream, isColoured: boolean, isUnicode = true, connection = unchosen) {
    this.stream = stream;
    this.#isColoured = isColoured;
    this.isUnicode = isUnicode;
    this.#connection = connection;
  }

  /** Whether somebody looks on as it is written, so that it may be drawn anew. */
  get isTerminal(): boolean {
    return this.stream.isTTY === true;
  }

  /** How many characters have room beside each other; undefined where nobody counts them. */
  get width(): number | undefined {
    return this.isTerminal ? this.stream.columns : undefined;
  }

  /** How many lines have room below each other, as terminals begin where nobody says. */
  get height(): number {
    return this.stream.rows ?? 24;
  }

  line(text: Text = new Text([])): void {
    this.stream.write(`${this.rendered(text)}\n`);
  }

  lines(texts: readonly Text[]): void {
    for (const text of texts) this.line(text);
  }

  /** Many lines, as fast as whoever reads them takes them: what they do not take yet is not kept in memory. */
  async pour(texts: readonly Text[]): Promise<void> {
    const words = texts.map((text) => `${this.rendered(text)}\n`).join('');
    if (this.stream.write(words)) return;
    await once(this.stream, 'drain').catch((error: unknown) => {
      if (!isReaderGone(error)) throw error;
    });
  }

  rendered(text: Text): string {
    return text.spans.map((span) => this.#shown(span)).join('');
  }

  /** A command as it works wherever it is pasted; undefined if it cannot be written so. Texts need no such care. */
  runnable(command: string): string | undefined {
    return through(this.#connection, command);
  }

  #shown({ words: given, style }: Span): string {
    const words = style === 'command' ? (this.runnable(given) ?? '…') : given;
    return style === undefined || words === '' || !this.#isColoured
      ? words
      : styleText(colours[style], words, { validateStream: false });
  }
}
