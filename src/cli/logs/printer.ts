import { lanes, type Lane, message, asWritten, joined, styled, text, type Style, type Text } from '../output/text.ts';
import type { Output } from '../output/output.ts';
import { sizeText } from '../output/size.ts';
import type { LogEntry, Mark } from './entry.ts';

const styles = { Note: 'faint', Gone: 'waiting', Unread: 'bad' } as const satisfies Record<Mark, Style>;

/** Prints lines of several logs, each behind what it is called. */
export class LogPrinter {
  readonly #out: Output;
  readonly #isStamped: boolean;
  readonly #lanes = new Map<string, Lane>();
  #width = 0;
  #isComplete = true;

  constructor(out: Output, isStamped: boolean) {
    this.#out = out;
    this.#isStamped = isStamped;
  }

  /** Whether nothing was left unread that may be there. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** A log is left out. */
  leaveOut(): void {
    this.#isComplete = false;
  }

  /** Resolves when there is room for more. */
  async print(entries: readonly (readonly [prefix: string, entry: LogEntry])[]): Promise<void> {
    await this.#out.pour(entries.map(([prefix, entry]) => this.#line(prefix, entry)));
  }

  #line(prefix: string, { stamp, words, cut, mark }: LogEntry): Text {
    if (mark === 'Unread') this.leaveOut();
    return joined([
      this.#title(prefix),
      this.#isStamped && stamp !== '' ? styled('faint', stamp) : undefined,
      mark === undefined ? asWritten(words) : styled(styles[mark], message(`— ${words}`)),
      cut === 0 ? undefined : styled('faint', `… (${sizeText(cut)} more are not shown)`),
    ]);
  }

  /** Wide enough for the widest so far. */
  #title(prefix: string): Text {
    this.#width = Math.max(this.#width, prefix.length);
    const lane = this.#lanes.get(prefix) ?? lanes[this.#lanes.size % lanes.length]!;
    this.#lanes.set(prefix, lane);
    return text`${styled(lane, prefix)}${' '.repeat(this.#width - prefix.length)}`;
  }
}
