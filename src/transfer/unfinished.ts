import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transfer } from './command.ts';

/** Whether the container before this one of the same pod came to a good end: a note lies there from the beginning of each until that. */
export class Unfinished {
  readonly #note: string;

  constructor({ pod, scratch }: Pick<Transfer, 'pod' | 'scratch'>, command: string) {
    this.#note = join(scratch, `flyball-${command}-${pod.uid ?? ''}`);
  }

  /** @returns whether there was one before that ended badly. */
  async begin(): Promise<boolean> {
    const isAgain = existsSync(this.#note);
    await writeFile(this.#note, '');
    return isAgain;
  }

  async end(): Promise<readonly []> {
    await rm(this.#note, { force: true });
    return [];
  }
}
