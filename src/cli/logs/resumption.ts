import { type LogLine, momentOf } from './lines.ts';

/**
 * Where to go on reading a log whose connection broke. The API server takes whole seconds, so all that was written in the last one comes again;
 * of that, each line is left out once that was read before. Several lines may have one time, and the times of standard output and
 * standard error are not quite in order, so a line that is merely older than the newest may be new.
 */
export class Resumption {
  #second = -Infinity;
  /** How many lines of each time in that second were read. */
  readonly #read = new Map<string, number>();
  #again = new Map<string, number>();

  /** From when on to read; undefined before anything was read. */
  get since(): string | undefined {
    return Number.isFinite(this.#second) ? `${new Date(this.#second * 1000).toISOString().slice(0, 19)}Z` : undefined;
  }

  /** The log is read from `since` on. */
  begin(): void {
    this.#again = new Map(this.#read);
  }

  /** Whether the line was not read before. */
  isNew({ stamp }: LogLine): boolean {
    const known = this.#again.get(stamp) ?? 0;
    if (known > 0) {
      this.#again.set(stamp, known - 1);
      return false;
    }
    this.#note(stamp);
    return true;
  }

  #note(stamp: string): void {
    const second = Math.floor((momentOf(stamp)?.milliseconds ?? -Infinity) / 1000);
    if (second > this.#second) {
      this.#second = second;
      this.#read.clear();
    }
    if (second === this.#second) this.#read.set(stamp, (this.#read.get(stamp) ?? 0) + 1);
  }
}
