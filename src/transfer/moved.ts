import type { Line } from './log.ts';
import type { Further } from './patience.ts';

/** What is told while files are copied. */
export interface Watch {
  /** How much has come, whatever had to be tried again. */
  readonly moved?: (bytes: number) => void;
  /** A file has come whole. */
  readonly copied?: (path: string) => void;
}

/** A partial file of this length more than ever before is a step further. */
const stepBytes = 1024 * 1024;

/** Told how much there is, over all tries; tells of each step further. */
export function steps(): (bytes: number, further: Further) => void {
  let best = 0;
  return (bytes, further) => {
    if (bytes < best + stepBytes) return;
    best = bytes;
    further();
  };
}

/** How far a copy has come, over all tries of it. */
export class Moved {
  readonly #watch: Watch;
  #kept = 0;
  #copied = 0;
  readonly #reached = steps();

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  again(): void {
    this.#kept += this.#copied;
    this.#copied = 0;
  }

  log({ bytes, copied }: Line, further: Further): void {
    if (copied !== undefined) {
      this.#copied += copied.size;
      this.#watch.copied?.(copied.path);
      further();
    }
    if (bytes === undefined) return;
    const moved = this.#kept + bytes;
    this.#watch.moved?.(moved);
    this.#reached(moved, further);
  }
}
