/** When a line was written: milliseconds since 1970, and nanoseconds beyond them. */
export interface Moment {
  readonly milliseconds: number;
  readonly nanoseconds: number;
}

/** One line of a log. */
export interface LogLine {
  /** As the kubelet wrote it; empty where it wrote none, as before its own complaints. */
  readonly stamp: string;
  readonly words: string;
  /** How many bytes of it were left out. */
  readonly cut: number;
}

/** Of a line, in bytes: nobody reads more, and 64 pods have such lines at the same time. */
const longestLine = 100 * 1024;

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

/**
 * Takes the bytes of a log that the kubelet stamped apart. Of a line that a progress bar draws anew again and again only what it showed at
 * last is kept, however long it goes on; bytes that are no UTF-8 become �.
 */
export class LineReader {
  #pieces: Buffer[] = [];
  #size = 0;
  #cut = 0;

  /** The lines that these bytes complete. */
  push(chunk: Buffer): LogLine[] {
    const lines: LogLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#taken());
      start = end + 1;
    }
    // The chunk is much longer than its rest may be, and would be kept with it.
    if (start < chunk.length) this.#keep(Buffer.from(chunk.subarray(start)));
    return lines;
  }

  /** What a progress bar shows that has not come to the end of its line; undefined where none is drawn. */
  progress(): LogLine | undefined {
    if (this.#pieces.every((piece) => !piece.includes(carriageReturn))) return undefined;
    const { stamp, content } = parted(Buffer.concat(this.#pieces));
    const whole = content.subarray(0, content.lastIndexOf(carriageReturn));
    const words = lastShown(whole.toString());
    this.#replace(Buffer.concat([headOf(stamp), content.subarray(content.lastIndexOf(carriageReturn))]));
    return words === '' ? undefined : { stamp, words, cut: 0 };
  }

  /** The last line, where the log does not end with a line's end. */
  end(): LogLine[] {
    return this.#size + this.#cut === 0 ? [] : [this.#taken()];
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return;
    const redrawn = this.#cut === 0 ? -1 : piece.lastIndexOf(carriageReturn, -2);
    if (redrawn >= 0) {
      const { stamp } = parted(Buffer.concat(this.#pieces));
      this.#replace(headOf(stamp));
      this.#cut = 0;
    }
    this.#pieces.push(redrawn >= 0 ? piece.subarray(redrawn) : piece);
    this.#size += piece.length;
    if (this.#size > longestLine) this.#shorten();
  }

  #shorten(): void {
    const { stamp, content } = parted(Buffer.concat(this.#pieces));
    // Before the last byte: what stands behind the last one is not shown yet.
    const redrawn = content.lastIndexOf(carriageReturn, -2);
    const shown = redrawn < 0 ? content : content.subarray(redrawn + 1);
    this.#cut += Math.max(0, shown.length - longestLine);
    this.#replace(Buffer.concat([headOf(stamp), shown.subarray(0, longestLine)]));
  }

  #replace(kept: Buffer): void {
    this.#pieces = [kept];
    this.#size = kept.length;
  }

  #taken(): LogLine {
    const { stamp, content } = parted(Buffer.concat(this.#pieces));
    const line = { stamp, words: lastShown(content.toString()), cut: this.#cut };
    this.#pieces = [];
    this.#size = 0;
    this.#cut = 0;
    return line;
  }
}

/** What a terminal would show in the end of a line that was drawn several times. */
function lastShown(line: string): string {
  if (!line.includes('\r')) return line;
  return (
    line
      .split('\r')
      .findLast((drawn) => drawn.trim() !== '')
      ?.trimEnd() ?? ''
  );
}

const stampForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;
const longestStamp = 40;

function parted(line: Buffer): { readonly stamp: string; readonly content: Buffer } {
  const end = line.subarray(0, longestStamp).indexOf(space);
  const stamp = line.toString('latin1', 0, end < 0 ? Math.min(line.length, longestStamp) : end);
  if (!stampForm.test(stamp)) return { stamp: '', content: line };
  return { stamp, content: end < 0 ? Buffer.alloc(0) : line.subarray(end + 1) };
}

function headOf(stamp: string): Buffer {
  return Buffer.from(stamp === '' ? '' : `${stamp} `);
}

/** Lines of one second follow each other, and reading a time costs more than the rest of a line. */
let known = { second: '', zone: '', milliseconds: Number.NaN };

/** @param stamp as the kubelet writes it; undefined for an empty one. */
export function momentOf(stamp: string): Moment | undefined {
  if (stamp === '') return undefined;
  const second = stamp.slice(0, wholeSeconds);
  const [fraction, zone] = fractionAndZone(stamp.slice(wholeSeconds));
  if (second !== known.second || zone !== known.zone) {
    known = { second, zone, milliseconds: Date.parse(`${second}${zone}`) };
  }
  if (Number.isNaN(known.milliseconds)) return undefined;
  const nanoseconds = Number(fraction.padEnd(9, '0'));
  return {
    milliseconds: known.milliseconds + Math.floor(nanoseconds / 1_000_000),
    nanoseconds: nanoseconds % 1_000_000,
  };
}

/** `2026-11-24T10:00:00` */
const wholeSeconds = 19;

function fractionAndZone(rest: string): [fraction: string, zone: string] {
  if (!rest.startsWith('.')) return ['', rest];
  const end = rest.search(/[^.0-9]/);
  return end < 0 ? [rest.slice(1), ''] : [rest.slice(1, end), rest.slice(end)];
}

export function compareMoments(one: Moment, other: Moment): number {
  return one.milliseconds - other.milliseconds || one.nanoseconds - other.nanoseconds;
}
