/** How many there are, in all and by name. */
export class Tally {
  readonly #counts = new Map<string, number>();
  #total = 0;

  get total(): number {
    return this.#total;
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  more(name: string): void {
    this.#total += 1;
    this.#counts.set(name, this.of(name) + 1);
  }

  less(name: string): void {
    this.#total -= 1;
    const count = this.of(name) - 1;
    if (count > 0) this.#counts.set(name, count);
    else this.#counts.delete(name);
  }
}
