import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';

/**
 * Who works at something in a volume that several pods have. It only saves work: whoever believes wrongly to hold it does the same a
 * second time, in a folder of its own. So it needs no clocks that agree and no file system that locks.
 */
export class Lock {
  readonly #path: string;
  readonly #pod: string;
  readonly #owner: string;
  #beats = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What was last seen of another one's, and since when. */
  #seen = '';
  #since = 0;

  /** @param pod what no other pod is called at the same time. */
  constructor(path: string, pod: string) {
    this.#path = path;
    this.#pod = pod;
    this.#owner = `${pod} ${randomUUID()}`;
  }

  /** Takes it if nobody has it, or whoever has it shows no life for so long, or was in this pod before it. */
  async take(patience: number): Promise<boolean> {
    if (await this.#create()) return true;
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    if (text !== this.#seen || this.#since === 0) [this.#seen, this.#since] = [text, performance.now()];
    const isOurs = text.startsWith(`${this.#pod} `);
    if (!isOurs && performance.now() - this.#since < patience) return false;
    return (await this.#putAside(text)) && this.#create();
  }

  /** Whether what was read is what is gone: of two that take it over, the slower one would remove the lock of the other. */
  async #putAside(text: string): Promise<boolean> {
    const aside = `${this.#path}.${randomUUID()}`;
    try {
      await rename(this.#path, aside);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
      throw error;
    }
    const isIt = (await readFile(aside, 'utf8')) === text;
    await (isIt ? rm(aside, { force: true }) : rename(aside, this.#path));
    return isIt;
  }

  /** Shows life from time to time. */
  keep(every: number): void {
    this.#timer = setInterval(() => {
      this.#beats += 1;
      // Whether it can be written decides nothing.
      writeFile(this.#path, this.#text()).catch(() => undefined);
    }, every);
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    if (text.startsWith(this.#owner)) await rm(this.#path, { force: true });
  }

  async #create(): Promise<boolean> {
    try {
      await writeFile(this.#path, this.#text(), { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  #text(): string {
    return `${this.#owner} ${this.#beats}`;
  }
}
