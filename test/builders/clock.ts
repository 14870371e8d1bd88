import type { Clock } from '../../src/kube/clock.ts';

/** A clock that stands still until it is told to advance; callbacks that fall due run in order. */
export class HeldClock implements Clock {
  #time = 0;
  #timers: { readonly due: number; readonly callback: () => void }[] = [];

  readonly now = (): Date => new Date(Date.UTC(2026, 10, 24) + this.#time);
  readonly monotonic = (): number => this.#time;
  readonly after = (delay: number, callback: () => void): (() => void) => {
    const timer = { due: this.#time + delay, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  advance(by: number): void {
    const end = this.#time + by;
    for (let next = this.#earliest(end); next !== undefined; next = this.#earliest(end)) {
      const timer = next;
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#time = Math.max(this.#time, timer.due);
      timer.callback();
    }
    this.#time = end;
  }

  #earliest(end: number) {
    return this.#timers.filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due)[0];
  }
}
