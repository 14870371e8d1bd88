import { readFileSync } from 'node:fs';

/** Follows how much memory a process and all below it have together, and remembers the most. */
export class Memory {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #peak = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#look(), 20);
  }

  /** In MiB. */
  stop(): number {
    clearInterval(this.#timer);
    return this.#peak / 1024;
  }

  #look(): void {
    this.#peak = Math.max(this.#peak, residentOf(this.#pid));
  }
}

/** In KiB. */
function residentOf(pid: number): number {
  try {
    const own = /^VmRSS:\s+([0-9]+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    return below.reduce((sum, child) => sum + residentOf(Number(child)), Number(own ?? 0));
  } catch {
    // It has ended.
    return 0;
  }
}
